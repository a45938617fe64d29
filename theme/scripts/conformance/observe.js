// What the script of the questionnaires says of some answers, in the short form of the published cases.

import * as engine from '../tree/engine.js';
import { render } from '../tree/texts.js';

/** FNV-1a over the UTF-8 bytes, as at build. */
export function sum(text) {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

function conclusion(walked, voice, index) {
  const outcome = walked.tree.outcomes[index];
  const plain = (body, options) => render(walked, body, { voice, ...options })
    .map(([kind, text]) => (kind === '?' ? `[${text}]` : text)).join('');
  const letters = (outcome.letters || []).map(([letter]) => {
    const found = walked.tree.letters[letter];
    return plain(found.body, { letter: found });
  });
  return plain(outcome.summary, { outcome: index }) + plain(outcome.body, { outcome: index }) + letters.join('');
}

/** `[question, outcomes, asked, facts, figures, sum of the texts]` for `id=value|id=value` on a day. */
export function observe(tree, today, written) {
  const answers = {};
  for (const pair of written ? written.split('|') : []) {
    const at = pair.indexOf('='), id = pair.slice(0, at);
    const question = tree.questions.find((known) => known.id === id);
    answers[id] = engine.readAnswer(tree, question, pair.slice(at + 1), today).answer;
  }
  const walked = engine.walk(tree, answers, today);
  const voice = engine.voiceOf(tree, answers);
  const fact = (_, index) => ({ true: '1', false: '0', null: '?' })[engine.truth(walked, { f: index })];
  return [
    walked.question,
    walked.outcomes,
    walked.asked,
    tree.facts.map(fact).join(''),
    tree.figures.map((_, index) => engine.range(walked, { c: index })),
    sum(walked.outcomes.map((index) => conclusion(walked, voice, index)).join('\n')),
  ];
}
