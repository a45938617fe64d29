// The script of the browser agrees with the crate `decision-tree` on every case that it gives.
//
//   cargo run -q -p decision-tree --example vectors -- FOLDER 20000 [TREE.json …]
//   ENGINE_VECTORS=FOLDER node --test tests/js/

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { changes } from '../../theme/scripts/tree/changes.js';
import * as engine from '../../theme/scripts/tree/engine.js';
import { normal, parseAmount, parseDate } from '../../theme/scripts/tree/typed.js';
import { observe } from '../../theme/scripts/conformance/observe.js';
import { first, folder, sets, slugs } from './vectors.mjs';

const tables = JSON.parse(readFileSync(`${folder}/tables.json`, 'utf8'));
const pairs = (written) => Object.fromEntries(written ? written.split('|').map((pair) => pair.split(/=(.*)/s).slice(0, 2)) : []);

for (const slug of slugs) {
  test(`${slug}: no divergence`, async (context) => {
    let total = 0;
    for await (const { tree, today, cases } of sets(slug)) {
      assert.equal(tree.format, engine.FORMAT);
      for (const [written, ...expected] of cases) {
        const observed = observe(tree, today, written);
        // Comparing texts is many times faster than comparing objects, which only explain a difference.
        if (JSON.stringify(observed) !== JSON.stringify(expected)) assert.deepEqual(observed, expected, `${slug}, day ${today}: ${written}`);
      }
      total += cases.length;
    }
    assert.ok(total > 0);
    context.diagnostic(`${slug}: ${total} cases compared, 0 divergences`);
  });

  test(`${slug}: the text of an answer reads back to it, typed or in an address`, async () => {
    const { tree, today, cases } = await first(slug);
    for (const [written] of cases) {
      const texts = pairs(written);
      const answers = engine.readAll(tree, { ...texts, zzz: '1', v: 'ancienne' }, today);
      assert.deepEqual(Object.keys(answers).sort(), Object.keys(texts).sort());
      for (const [id, text] of Object.entries(texts)) {
        const question = tree.questions.find((known) => known.id === id);
        assert.equal(engine.canonical(question, answers[id]), text);
        assert.equal(normal(question.kind, text), text);
      }
    }
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
  for (const [text, expected] of tables.dates) assert.equal(parseDate(text), expected, text);
  for (const [text, expected] of tables.amounts) assert.equal(parseAmount(text), expected, text);
});

test('what people type becomes the one text of an answer', () => {
  for (const [kind, typed, text] of [
    ['date', '31/5/2026', '2026-05-31'], ['date', ' 1 2 2026', '2026-02-01'], ['date', '31 2 2026', '31 2 2026'],
    ['montant', '1\u202f200,5 €', '1200,50'], ['montant', '650.00', '650'], ['montant', '6,505', '6,505'],
    ['nombre', '1 000', '1000'], ['nombre', '007', '7'], ['montant', '0650', '650'], ['commune', '93066', '93066'], ['choix', 'oui', 'oui'],
  ]) assert.equal(normal(kind, typed), text);
  const question = (kind) => ({ id: 'q', kind, choices: [] });
  for (const [kind, text] of [['date', '31 2 2026'], ['date', '2026-02-31'], ['montant', '6,505'], ['montant', '1 200'], ['montant', '650,00'], ['montant', '0650'], ['nombre', '1e3'], ['commune', '9306']]) {
    assert.deepEqual(engine.readAnswer({ parameters: [] }, question(kind), text, 0), { fault: 'format' }, `${kind} ${text}`);
  }
});

test('what people read', () => {
  for (const [unit, value, expected] of tables.formats) assert.equal(engine.format(unit, value), expected);
});

test('a single change of answer that changes the conclusion is found', async () => {
  const { tree, today, cases } = await first(slugs[0]);
  let found = 0;
  const complete = cases.filter(([, question]) => question === null);
  // Each case tries every other choice: some hundreds of cases are enough here.
  for (const [written] of complete.filter((_, index) => index % Math.ceil(complete.length / 300) === 0)) {
    const answers = engine.readAll(tree, pairs(written), today);
    const walked = engine.walk(tree, answers, today);
    for (const change of changes(walked)) {
      const other = { ...answers, [tree.questions[change.question].id]: change.choice };
      assert.deepEqual(engine.walk(tree, other, today).outcomes, change.outcomes);
      assert.notDeepEqual(change.outcomes, walked.outcomes);
      found += 1;
    }
  }
  assert.ok(found > 0);
});
