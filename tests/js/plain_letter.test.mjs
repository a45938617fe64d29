// A letter as plain text, for a message or a simple editor: no typographic space.

import assert from "node:assert/strict";
import { test } from "node:test";
import { plain } from "../../theme/scripts/letter/take.js";

test("a letter copied as plain text has plain spaces, and its paragraphs apart", () => {
  const paragraphs = ["Total\u00a0: 1\u202f250,50\u00a0€.", "Pouvez-vous répondre\u202f?"];
  assert.equal(plain(paragraphs), "Total : 1 250,50 €.\n\nPouvez-vous répondre ?\n");
});
