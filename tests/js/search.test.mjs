// The words of the search: what people type, what the index holds, what readers see.

import assert from "node:assert/strict";
import { test } from "node:test";
import { kind, merged, pieces, plain, related, shown, sought } from "../../theme/scripts/search/words.js";

test("elided articles and curly apostrophes are no obstacle", () => {
  assert.equal(plain("  L’état  des lieux "), "état des lieux");
  assert.equal(plain("qu'est-ce que l'ADIL"), "est-ce que ADIL");
  assert.equal(plain("aujourd'hui"), "aujourd'hui");
});

test("a synonym counts in the plural, without accents, once, and not when it is typed already", () => {
  const synonyms = [{ mots: ["caution", "garantie"], cherche: "dépôt de garantie" }];
  assert.deepEqual(related("ma CAUTIONS", synonyms), ["dépôt de garantie"]);
  assert.deepEqual(related("depot de garantie", synonyms), []);
  assert.deepEqual(related("précaution", synonyms), []);
});

test("results are merged at their best score, the words typed first", () => {
  const [a, b] = [{ id: "a", score: 1 }, { id: "b", score: 1 }];
  assert.deepEqual(merged([[a], [b, { ...a, score: 0.5 }]]).map(({ id }) => id), ["a", "b"]);
  assert.deepEqual(merged([[{ ...a, score: 0.1 }], [b]]).map(({ id }) => id), ["b", "a"]);
});

test("an excerpt is plain text, marks apart", () => {
  assert.deepEqual(pieces("l'<mark>avis</mark> &lt;b&gt;", ["avis"]), [
    { text: "l’", found: false },
    { text: "avis", found: true },
    { text: " <b>", found: false },
  ]);
  assert.equal(shown("d&#39;abord"), "d’abord");
});

test("only the words sought are marked, in whatever form", () => {
  const words = sought(["je veux la caution", "dépôt de garantie", "DPE"]);
  assert.deepEqual(words, ["veux", "caution", "depot", "garantie", "dpe"]);
  const marked = (text) => pieces(text, words).filter(({ found }) => found).map(({ text }) => text);
  const excerpt = "<mark>Dépôts</mark> <mark>de</mark> <mark>garantie.</mark> Le <mark>départ,</mark> le <mark>délai</mark>, le <mark>DPE</mark>";
  assert.deepEqual(marked(excerpt), ["Dépôts", "garantie.", "DPE"]);
});

test("an address says its kind", () => {
  assert.equal(kind("/guides/charges/"), "Guide");
  assert.equal(kind("/aide-humaine/"), "Page");
});
