// A letter, with script: fields on top, the text below as it fills. Nothing leaves the tab.

import { canonical, decode, render, shown, voiceOf, walk } from "../tree/engine.js";
import { forget, kept, load, query, today } from "../tree/answers.js";
import { el } from "../tree/dom.js";
import { copy, download } from "../tree/download.js";
import * as fields from "./fields.js";

const root = document.querySelector("[data-letter]");
const { slug } = root.dataset;
const sheet = root.querySelector("[data-sheet]");
const say = (words) => root.querySelector("[data-status]").replaceChildren(el("p", { className: "fr-message fr-message--info", textContent: words }));
const fetched = async (address) => (await fetch(address)).json();

// Several questionnaires may propose this letter: that of the answers in the address, else the only one that
// this tab holds answers of. Without any, the first one gives the fields.
const trees = new URLSearchParams(root.dataset.trees);
const begun = [...trees.keys()].filter(kept);
const from = /^#v=([^.&]*)\./.exec(location.hash)?.[1] ?? (begun.length === 1 ? begun[0] : "");
const [first] = trees.values();
const published = await fetched(trees.get(from) ?? first ?? root.dataset.letter);
const { tree } = published;
const letter = tree ? tree.letters.find((known) => known.slug === slug) : published.letter;
const EMPTY = { voices: [], questions: [], facts: [], figures: [], outcomes: [] };
// Answers come from the address or from this tab; without any, the text keeps all its cases.
const texts = trees.has(from) ? load(from) : {};
const { answers } = decode(tree ?? EMPTY, query(texts), today());
const composed = !tree || Object.keys(answers).length > 0;

root.querySelector("[data-slot]").append(root.querySelector("template[data-form]").content);
const form = root.querySelector("form");
fields.restore(form, letter.fields, given);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const missing = update();
  say(missing ? `La lettre est à jour. À compléter, entre crochets : ${missing}.` : "La lettre est à jour et complète.");
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
  const question = tree?.questions.find((known) => known.id === id);
  const answer = answers[id] ?? null;
  if (answer === null) return "";
  const named = kind === "texte" && (published.communes?.[canonical(question, answer)] ?? shown(question, answer, voiceOf(tree, answers)));
  return named || canonical(question, answer);
}

/** Writes the letter with what is typed; gives back how many blanks remain. */
function update() {
  const typed = fields.read(form, letter.fields);
  fields.keep(typed);
  if (composed) {
    const way = walk(tree ?? EMPTY, answers, today());
    const voice = tree && voiceOf(tree, answers);
    sheet.replaceChildren(...paragraphs(render(way, letter.body, { voice, letter, fields: typed })));
  }
  if (!composed) {
    for (const blank of sheet.querySelectorAll("[data-champ]")) {
      const field = letter.fields.find(({ id }) => id === blank.dataset.champ);
      const text = fields.shown(field, typed[field.id] ?? "");
      blank.textContent = text || `[${field.label}]`;
      blank.classList.toggle("ml-blank", !text);
    }
  }
  const blanks = sheet.querySelectorAll(".ml-blank").length;
  root.querySelector("[data-hint]").hidden = blanks === 0;
  return blanks;
}

/** Paragraphs are parted by empty lines, lines by line ends. */
function paragraphs(parts) {
  const all = [el("p", {})];
  for (const [kind, text] of parts) {
    const missing = kind === "?";
    const pieces = missing ? [`[${text}]`] : text.split(/(\n+)/);
    for (const piece of pieces) {
      if (/^\n\n/.test(piece)) all.push(el("p", {}));
      else if (piece === "\n") all.at(-1).append(el("br", {}));
      else if (piece) all.at(-1).append(missing ? el("span", { className: "ml-blank", textContent: piece }) : piece);
    }
  }
  return all.filter((paragraph) => paragraph.textContent.trim());
}

const written = () => [...sheet.querySelectorAll("p")].map((paragraph) => paragraph.innerText.trim());
const plain = () => `${written().join("\n\n")}\n`;
const onClick = (name, act) => root.querySelector(`[data-${name}]`).addEventListener("click", act);

onClick("copy", async () => {
  say((await copy(plain())) ? "La lettre est copiée. Collez-la dans un traitement de texte ou un message." : "La copie a été refusée : sélectionnez le texte de la lettre, puis copiez-le.");
});
onClick("text", () => save("txt", "text/plain;charset=utf-8", `\ufeff${plain().replaceAll("\n", "\r\n")}`));
onClick("document", async () => {
  try {
    // The maker of documents comes with the first click: most readers never need it.
    const { TYPE, odt } = await import(root.dataset.odt);
    save("odt", TYPE, odt(document.querySelector("h1").textContent.trim(), written()));
  } catch {
    say("Le document n’a pas pu être préparé. Vérifiez votre connexion, ou téléchargez le fichier .txt.");
  }
});

/** Hands the letter over as a file of its name, and says so. */
function save(extension, type, content) {
  const name = `${slug}.${extension}`;
  download(name, type, content);
  say(`Le fichier ${name} est téléchargé.`);
}
