// The page that anyone may open tells an answer as the published cases do.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { observe, sum } from '../../theme/scripts/conformance/observe.js';
import { first, slugs } from './vectors.mjs';

test('sums are those of FNV-1a', () => {
  assert.equal(sum(''), 0x811c9dc5);
  assert.equal(sum('a'), 0xe40c292c);
  assert.equal(sum('foobar'), 0xbf9cf968);
  assert.notEqual(sum('é'), sum('e'));
});

test('a case told wrongly is seen', async () => {
  const { tree, today, cases } = await first(slugs[0]);
  const [written] = cases.find(([, question]) => question === null);
  const other = structuredClone(tree);
  other.outcomes.forEach((outcome) => { outcome.si = { n: 0 }; });
  assert.notDeepEqual(observe(other, today, written), observe(tree, today, written));
  const facts = structuredClone(tree);
  facts.facts.forEach((fact) => { fact.expr = { n: 0 }; });
  assert.ok(cases.some(([each]) => JSON.stringify(observe(facts, today, each)) !== JSON.stringify(observe(tree, today, each))));
});
