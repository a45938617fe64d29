// The tree of this page, the answers given so far, and where they lead.

import { named, readAnswer, shown, voiced, voiceOf, walk } from "./engine.js";
import { forget, inAddress, keep, load, query, today } from "./answers.js";
import { el } from "./dom.js";

export const root = document.querySelector("[data-tree]");
const { slug, base } = root.dataset;
const published = await (await fetch(root.dataset.tree)).json();
export const tree = named(published);

/**
 * Answers by id of question, as texts. Two other keys: `v` is the version of the tree, and MARK the day of the
 * result and its outcome (`2026-11-23~mise-en-demeure`), for a later day to say what has changed since.
 */
export const texts = load(slug);
/** No question can have this name: theirs begin with a letter. */
export const MARK = "~le";
const { v = tree.version, [MARK]: mark } = texts;
const answers = {};
// Answers that the tree no longer knows are dropped. The version stays until the person is told, even by the next page.
for (const id in texts) if (take(id, texts[id])) delete texts[id];
texts.v = v;
if (mark) texts[MARK] = mark;
/** Whether the tree has changed since. */
export const outdated = v !== tree.version;

/** Where the answers lead today. */
export const route = () => ({ ...walk(tree, answers, today()), voice: voiceOf(tree, answers) });

/** Takes an answer in its canonical text; gives back what is wrong with it, or nothing. */
export function take(id, text) {
  const question = tree.questions.find((known) => known.id === id);
  const { answer, fault } = question ? readAnswer(tree, question, text, today()) : { fault: id };
  if (fault) return fault;
  // Another answer makes another result, of today.
  if (answers[id] !== undefined && texts[id] !== text) delete texts[MARK];
  answers[id] = answer;
  texts[id] = text;
}

export const idOf = (index) => tree.questions[index]?.id;

/** The fragment of the answers in use. */
export function hash({ asked }) {
  return `#${query(texts, ["v", MARK, ...asked.map(idOf)])}`;
}

export const questionAddress = (id, { voice }) => `${base}q/${published.pages[voice][id]}/`;

export function outcomeAddress(index, { voice }) {
  return `${base}resultat/${tree.outcomes[index].id}${voice === tree.voices[0] ? "" : `-${voice}`}/`;
}

/** The page that comes next, with the answers. */
export function next(way) {
  const page = way.question === null ? outcomeAddress(way.outcomes[0], way) : questionAddress(idOf(way.question), way);
  return page + hash(way);
}

/** Keeps the answers in this tab and in the address of this page, which stays; says if the tree has changed since. */
export function save(way) {
  if (texts.v !== tree.version && way.asked.length) say(root.dataset.changed);
  texts.v = tree.version;
  keep(slug, texts);
  history.replaceState(history.state, "", hash(way));
}

/** Says something without moving the focus. */
export function say(...words) {
  root.querySelector("[data-status]").replaceChildren(el("div", { className: "fr-alert fr-alert--info fr-alert--sm" }, el("p", {}, ...words)));
}

/** The answers so far, each with a way to change it. */
export function recap(way) {
  const rows = way.asked.map((index) => {
    const question = tree.questions[index];
    const words = voiced(question.text, way.voice);
    const answer = shown(question, answers[question.id], way.voice);
    const hidden = el("span", { className: "fr-sr-only", textContent: ` : ${words}` });
    const link = el("a", { className: "fr-link fr-link--sm", href: questionAddress(question.id, way) + hash(way) }, "Modifier", hidden);
    return el("div", {}, el("dt", { textContent: words }), el("dd", { textContent: answer }), el("dd", {}, link));
  });
  const section = root.querySelector("[data-recap]");
  section.hidden = rows.length === 0;
  section.querySelector("dl").replaceChildren(...rows);
}

for (const button of root.querySelectorAll("[data-clear]")) {
  button.addEventListener("click", () => {
    forget(slug);
    location.assign(`${base}#effacees`);
    if (root.dataset.page === "start") location.reload();
  });
}

// Anchors of the page (skip links) take the place of the answers in the address: they are put back.
let held = location.hash;
addEventListener("hashchange", () => {
  if (inAddress()) location.reload();
  else if (held.startsWith("#v=")) history.replaceState(history.state, "", held);
});
addEventListener("click", () => (held = location.hash), true);
// A page that the browser kept may show answers that have changed since.
addEventListener("pageshow", (event) => event.persisted && location.reload());
