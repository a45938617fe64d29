// The page that anyone may open tells an answer as the published cases do.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { observe, sum } from '../../theme/scripts/conformance/observe.js';

test('sums are those of FNV-1a', () => {
  assert.equal(sum(''), 0x811c9dc5);
  assert.equal(sum('a'), 0xe40c292c);
  assert.equal(sum('foobar'), 0xbf9cf968);
  assert.notEqual(sum('é'), sum('e'));
});

const path = process.env.ENGINE_VECTORS;
assert.ok(path, 'ENGINE_VECTORS must name the file of vectors');

test('what is observed is what the engine gave, in short', () => {
  let compared = 0;
  for (const { tree, vectors: [{ today, cases }] } of JSON.parse(readFileSync(path, 'utf8')).trees) {
    for (const expected of cases.filter((_, index) => index % 50 === 0)) {
      const written = expected.answers.map((pair) => pair.join('=')).join('|');
      const facts = expected.facts.map((fact) => (fact === null ? '?' : Number(fact))).join('');
      const { question, outcomes, asked, figures, texts } = expected;
      assert.deepEqual(observe(tree, today, written), [question, outcomes, asked, facts, figures, sum(texts.join('\n'))]);
      compared += 1;
    }
  }
  assert.ok(compared > 0);
});

test('a case told wrongly is seen', () => {
  const [{ tree, vectors: [{ today, cases }] }] = JSON.parse(readFileSync(path, 'utf8')).trees;
  const complete = cases.find(({ question }) => question === null);
  const written = complete.answers.map((pair) => pair.join('=')).join('|');
  const other = structuredClone(tree);
  other.outcomes.forEach((outcome) => { outcome.si = { n: 0 }; });
  assert.notDeepEqual(observe(other, today, written), observe(tree, today, written));
});
