// The script of the browser agrees with the crate `decision-tree` on every case that it gives.
//
//   cargo run -q -p decision-tree --example vectors > vectors.json
//   ENGINE_VECTORS=vectors.json node --test tests/js/
//
// The file holds `{ tables, trees: [{ tree, vectors: [{ today, cases }] }] }`.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as engine from '../../theme/scripts/tree/engine.js';

const path = process.env.ENGINE_VECTORS;
assert.ok(path, 'ENGINE_VECTORS must name the file of vectors');
const { tables, trees } = JSON.parse(readFileSync(path, 'utf8'));

function conclusions(walked, voice) {
  return walked.outcomes.map((index) => {
    const outcome = walked.tree.outcomes[index];
    const plain = (body, options) => engine.render(walked, body, { voice, ...options })
      .map(([kind, text]) => (kind === '?' ? `[${text}]` : text)).join('');
    const letters = (outcome.letters || []).map(([letter]) => {
      const found = walked.tree.letters[letter];
      return plain(found.body, { letter: found });
    });
    return plain(outcome.summary, { outcome: index }) + plain(outcome.body, { outcome: index }) + letters.join('');
  });
}

function observed(tree, today, given) {
  const read = (id, text) => {
    const { answer, fault } = engine.readAnswer(tree, tree.questions.find((question) => question.id === id), text, today);
    assert.equal(fault, undefined, `${id}=${text}`);
    return [id, answer];
  };
  const answers = Object.fromEntries(given.map(([id, text]) => read(id, text)));
  const walked = engine.walk(tree, answers, today);
  return {
    answers: tree.questions.filter(({ id }) => id in answers).map((question) => [question.id, engine.canonical(question, answers[question.id])]),
    question: walked.question,
    outcomes: walked.outcomes,
    asked: walked.asked,
    facts: tree.facts.map((_, index) => engine.truth(walked, { f: index })),
    figures: tree.figures.map((_, index) => engine.range(walked, { c: index })),
    texts: conclusions(walked, engine.voiceOf(tree, answers)),
  };
}

for (const { tree, vectors } of trees) {
  const total = vectors.reduce((sum, { cases }) => sum + cases.length, 0);
  test(`${tree.slug}: ${total} cases without divergence`, () => {
    assert.equal(tree.format, engine.FORMAT);
    assert.ok(total > 0);
    for (const { today, cases } of vectors) {
      for (const expected of cases) {
        assert.deepEqual(observed(tree, today, expected.answers), expected);
      }
    }
  });

  test(`${tree.slug}: a fragment gives the same answers back`, () => {
    const { today, cases } = vectors[0];
    for (const { answers: given } of cases) {
      const { answers } = engine.decode(tree, new URLSearchParams([['v', tree.version], ...given]).toString(), today);
      const again = engine.decode(tree, `#${engine.encode(tree, answers)}`, today);
      assert.deepEqual(again, { answers, refused: [], same: true });
      assert.equal(Object.keys(answers).length, given.length);
    }
    assert.equal(engine.decode(tree, 'v=ancienne', today).same, false);
    assert.deepEqual(engine.decode(tree, 'zzz=1', today).refused, ['zzz']);
  });
}

test('calendar', () => {
  for (const [day, months, expected] of tables.months) assert.equal(engine.plusMonths(day, months), expected);
  for (const [limit, now, expected] of tables.started) assert.equal(engine.monthsStarted(limit, now), expected);
  assert.ok(tables.months.length > 1000);
  for (const [value, above, below, expected] of tables.ratios) assert.equal(engine.ratio(value, above, below), expected, `${value} × ${above} ÷ ${below}`);
  assert.ok(tables.ratios.length > 100);
});

test('what people write', () => {
  for (const [text, expected] of tables.dates) assert.equal(engine.parseDate(text), expected, text);
  for (const [text, expected] of tables.amounts) assert.equal(engine.parseAmount(text), expected, text);
});

test('what people read', () => {
  for (const [unit, value, expected] of tables.formats) assert.equal(engine.format(unit, value), expected);
});

test('a single change of answer that changes the conclusion is found', () => {
  const { tree, vectors: [{ today, cases }] } = trees[0];
  let found = 0;
  const complete = cases.filter(({ question }) => question === null);
  // Each case tries every other choice: some hundreds of cases are enough here.
  for (const { answers: given } of complete.filter((_, index) => index % Math.ceil(complete.length / 300) === 0)) {
    const { answers } = engine.decode(tree, new URLSearchParams(given).toString(), today);
    const walked = engine.walk(tree, answers, today);
    for (const change of engine.changes(walked)) {
      const other = { ...answers, [tree.questions[change.question].id]: change.choice };
      assert.deepEqual(engine.walk(tree, other, today).outcomes, change.outcomes);
      assert.notDeepEqual(change.outcomes, walked.outcomes);
      found += 1;
    }
  }
  assert.ok(found > 0);
});
