// What the page of a result says when it is opened again on a later day.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readDate as parseDate, voiceOf, walk } from '../../theme/scripts/tree/engine.js';
import { since } from '../../theme/scripts/tree/since.js';

const NO_TEXT = { parts: [], values: [], conditions: [] };
const outcome = (id, title, si, figures) => ({
  id, title: { base: title }, si, deadlines: [], body: NO_TEXT,
  summary: { parts: [], conditions: [], values: figures.map(([unit, c]) => ({ e: [unit, { c }] })) },
});

/** Late after one month; each month begun costs 70 €. */
const TREE = {
  version: '1', voices: ['locataire'], parameters: [], letters: [],
  questions: [{ id: 'cles', kind: 'date', choices: [] }],
  facts: [{ name: 'en retard', expr: { '<': [{ mois: [{ q: 0 }, { n: 1 }] }, 'j'] } }],
  figures: [
    { name: 'date limite', unit: 'date', expr: { mois: [{ q: 0 }, { n: 1 }] } },
    { name: 'majoration', unit: 'euro', expr: { '*': [{ n: 7000 }, { entames: [{ mois: [{ q: 0 }, { n: 1 }] }, 'j'] }] } },
  ],
  outcomes: [
    outcome('retard', 'Réclamez le dépôt', { f: 0 }, [['date', 0], ['euro', 1]]),
    outcome('attente', 'Attendez la date limite', undefined, [['date', 0]]),
  ],
};
const FIGURES = [[0, 'Date limite'], [1, 'Majoration']];

function told(today, then, was, figures = FIGURES) {
  const answers = { cles: parseDate('2026-08-10') };
  const way = { ...walk(TREE, answers, parseDate(today)), voice: voiceOf(TREE, answers) };
  return since(way, way.outcomes[0], parseDate(then), was, figures).map((line) => line.replaceAll('\u00a0', ' '));
}

test('nothing is said when nothing has changed', () => {
  assert.deepEqual(told('2026-10-09', '2026-09-20', 'retard'), []);
  assert.deepEqual(told('2026-09-10', '2026-08-11', 'attente'), []);
});

test('a sum that grew is told with both days', () => {
  assert.deepEqual(told('2026-11-23', '2026-09-20', 'retard'), [
    'Majoration : 70,00 € le 20 septembre 2026 ; 210,00 € aujourd’hui.',
  ]);
});

test('another conclusion is told; a figure that its page did not give is not compared', () => {
  assert.deepEqual(told('2026-11-23', '2026-09-01', 'attente'), [
    'Le 1er septembre 2026, la conclusion était « Attendez la date limite ». Aujourd’hui, elle est « Réclamez le dépôt ».',
  ]);
});

test('an outcome that the questionnaire no longer has is not named', () => {
  assert.deepEqual(told('2026-11-23', '2026-09-01', 'ancienne'), [
    'La conclusion n’est plus celle du 1er septembre 2026. Aujourd’hui, elle est « Réclamez le dépôt ».',
  ]);
});

test('changed rules leave the sums of that day unsaid', () => {
  assert.deepEqual(told('2026-11-23', '2026-09-20', 'retard', []), []);
});
