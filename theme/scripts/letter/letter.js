// A letter, with script: fields on top, the text below as it fills. Nothing leaves the tab.

import { named, readAll, shown, voiceOf, walk } from "../tree/engine.js";
import { forget, kept, load, today } from "../tree/answers.js";
import { el } from "../tree/dom.js";
import { fieldText, render } from "../tree/texts.js";
import * as fields from "./fields.js";
import { pieces, said } from "./lines.js";

const root = document.querySelector("[data-letter]");
const { slug } = root.dataset;
const sheet = root.querySelector("[data-sheet]");
const optional = new Set(root.dataset.optional.split(" "));
const say = (words) => root.querySelector("[data-status]").replaceChildren(el("p", { className: "fr-message fr-message--info", textContent: words }));

// Several questionnaires may propose this letter: that of the answers in the address, else the only one that
// this tab holds answers of. Without any, the first one gives the fields.
const trees = new URLSearchParams(root.dataset.trees);
const begun = [...trees.keys()].filter(kept);
const from = /^#v=([^.&]*)\./.exec(location.hash)?.[1] ?? (begun.length === 1 ? begun[0] : "");
const [first] = trees.values();
const tree = named(await (await fetch(trees.get(from) ?? first ?? root.dataset.letter)).json());
const letter = tree.letters.find((known) => known.slug === slug);
// Answers come from the address or from this tab; without any, the text keeps all its cases.
const texts = trees.has(from) ? load(from) : {};
const answers = readAll(tree, texts, today());
const composed = !first || Object.keys(answers).length > 0;
const way = walk(tree, answers, today());
const voice = voiceOf(tree, answers);

root.querySelector("[data-slot]").append(root.querySelector("template[data-form]").content);
const form = root.querySelector("form");
fields.restore(form, letter.fields, given);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const missing = update();
  say(missing ? `${root.dataset.blanks} ${missing}.` : root.dataset.complete);
  document.getElementById("lettre").focus();
});
form.addEventListener("reset", () => {
  forget(from);
  location.replace(location.pathname);
});
form.addEventListener("change", update);
update();

/** What the answers say of a field: as its reader would type it, or nothing. */
function given({ id, kind }) {
  const question = tree.questions.find((known) => known.id === id);
  const answer = answers[id] ?? null;
  if (answer === null) return "";
  return kind === "texte" ? shown(question, answer, voice) : texts[id];
}

/** Writes the letter with what is typed; gives back how many blanks remain. */
function update() {
  const typed = fields.read(form, letter.fields);
  fields.keep(typed);
  if (composed) sheet.replaceChildren(...paragraphs(said(render(way, letter.body, { voice, letter, fields: typed }), optional)));
  else {
    for (const blank of sheet.querySelectorAll("[data-champ]")) {
      const field = letter.fields.find(({ id }) => id === blank.dataset.champ);
      const text = fieldText(way, field, typed[field.id], voice);
      blank.textContent = text || `[${field.label}]`;
      blank.classList.toggle("ml-blank", !text);
      const line = blank.closest("p, li");
      // A paragraph that only holds what is optional to say is not shown while it is empty.
      if (optional.has(field.id) && line.textContent.trim() === blank.textContent) line.hidden = !text;
    }
  }
  const blanks = sheet.querySelectorAll(".ml-blank:not([hidden] *)").length;
  root.querySelector("[data-hint]").hidden = blanks === 0;
  return blanks;
}

function paragraphs(text) {
  const shown = (piece) => {
    if (piece === "\n") return el("br");
    return piece[0] === "\x01" ? el("span", { className: "ml-blank", textContent: piece.slice(1, -1) }) : piece;
  };
  return pieces(text).map((paragraph) => el("p", {}, ...paragraph.map(shown)));
}

root.addEventListener("click", async ({ target }) => {
  const { take } = target.dataset;
  if (!take) return;
  try {
    // What copies and makes files comes with the first press: most readers never need it.
    say(await (await import(root.dataset.takeScript)).take(take, root));
  } catch {
    say(root.dataset.failed);
  }
});
