// Texts with conditions and values: summaries, bodies, letters.

import { answerText, format, truth, valueText } from './engine.js';
import { parseAmount, parseDate } from './typed.js';

/** A field of a letter as it stands in the letter, or null: what is typed, else the answer to the question of its name. */
export function fieldText(walked, { id, kind }, text = '', voice) {
  const typed = text.trim();
  if (!typed) return answerText(walked, walked.tree.questions.findIndex((question) => question.id === id), voice);
  const value = kind === 'date' ? parseDate(typed) : kind === 'montant' ? parseAmount(typed) : null;
  return value === null ? typed : format(kind === 'date' ? 'date' : 'euro', value);
}

/**
 * A text as parts `[kind, text]`: `t` words, `v` a value, `?` what is missing, with the id of its field if it has
 * one. A block whose condition is not true is left out. `letter` and `fields` (id -> text) fill the fields of a letter.
 */
export function render(walked, body, { outcome, voice, letter, fields = {} } = {}) {
  const parts = [];
  const add = (list = []) => {
    // A helper reads what is said to the tenant where nothing is said to helpers.
    const asTenant = voice === 'aidant' && !list.some((part) => part.voix && part.voix[0] === voice);
    for (const part of list) {
      if ('t' in part) parts.push(['t', part.t]);
      else if ('si' in part) truth(walked, body.conditions[part.si[0]], outcome) && add(part.si[1]);
      else if ('voix' in part) (part.voix[0] === voice || (asTenant && part.voix[0] === 'locataire')) && add(part.voix[1]);
      else {
        const value = body.values[part.v], field = 'champ' in value && letter ? letter.fields[value.champ] : null;
        const text = field ? fieldText(walked, field, fields[field.id], voice) : valueText(walked, value, outcome, voice);
        parts.push(text === null ? ['?', field ? field.label : 'à compléter', field?.id] : ['v', text]);
      }
    }
  };
  add(body.parts);
  return parts;
}
