// The cases that the crate wrote: one file for each tree, read line by line, for there may be many.

import assert from 'node:assert/strict';
import { createReadStream, readdirSync } from 'node:fs';
import { createInterface } from 'node:readline';

export const folder = process.env.ENGINE_VECTORS;
assert.ok(folder, 'ENGINE_VECTORS must name the folder of the vectors');

const END = '.jsonl';
/** The trees. */
export const slugs = readdirSync(folder).filter((name) => name.endsWith(END)).map((name) => name.slice(0, -END.length)).sort();
assert.ok(slugs.length > 0, 'the folder holds a tree');

/** The cases of a tree, some thousands at a time: `{ tree, today, cases }`. */
export async function* sets(slug) {
  let tree = null;
  for await (const line of createInterface({ input: createReadStream(`${folder}/${slug}${END}`) })) {
    if (tree) yield { tree, ...JSON.parse(line) };
    else tree = JSON.parse(line);
  }
}

/** The first of these sets. */
export async function first(slug) {
  for await (const set of sets(slug)) return set;
  return assert.fail(`${slug} has no case`);
}
