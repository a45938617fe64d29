// The single answers that would change the conclusion.

import { walk } from './engine.js';

/** The single answers that would change the conclusion at once: `[{ question, choice, outcomes }]`. */
export function changes(walked) {
  const { tree, answers, outcomes, worlds: [{ today }] } = walked, found = [];
  for (const question of walked.asked) {
    const { id, kind, choices } = tree.questions[question];
    if (kind !== 'choix' || id === 'profil') continue;
    for (const choice of choices.keys()) {
      const other = choice === answers[id] ? null : walk(tree, { ...answers, [id]: choice }, today);
      if (other && other.question === null && String(other.outcomes) !== String(outcomes)) {
        found.push({ question, choice, outcomes: other.outcomes });
      }
    }
  }
  return found;
}
