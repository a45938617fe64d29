// A composed letter keeps no bracket for what is optional to say, and keeps every other one.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pieces, said } from '../../theme/scripts/letter/lines.js';

const optional = new Set(['telephone', 'raisons']);
const text = (parts) => said(parts, optional).replaceAll('\x01', '');

test('an optional line that is empty is left out, with its end of line', () => {
  const parts = [['v', 'Camille Martin'], ['t', '\n'], ['?', 'Téléphone', 'telephone'], ['t', '\n\nMadame, Monsieur,']];
  assert.equal(text(parts), 'Camille Martin\n\nMadame, Monsieur,');
});

test('words of the same line go with the missing ones, the lines around stay', () => {
  const parts = [['t', 'Avant.\nMes raisons : '], ['?', 'Raisons', 'raisons'], ['t', '.\nAprès.']];
  assert.equal(text(parts), 'Avant.\nAprès.');
});

test('what must be said keeps its bracket', () => {
  const parts = [['t', 'Objet : '], ['?', 'Objet', 'objet'], ['t', '\n'], ['?', 'à compléter'], ['t', '.']];
  assert.equal(text(parts), 'Objet : [Objet]\n[à compléter].');
});

test('an optional field that is filled stays, on all its lines', () => {
  const parts = [['v', 'Une trace.\nUn trou.', 'raisons'], ['t', '\nFin.']];
  assert.equal(text(parts), 'Une trace.\nUn trou.\nFin.');
});

test('paragraphs are parted by empty lines, and what is missing stands apart', () => {
  const parts = [['t', 'Objet : '], ['?', 'Objet', 'objet'], ['t', '\nFait.\n\n\n'], ['?', 'Raisons', 'raisons'], ['t', '\n\nFin.']];
  assert.deepEqual(pieces(said(parts, optional)), [['Objet : ', '\x01[Objet]\x01', '', '\n', 'Fait.'], ['Fin.']]);
});
