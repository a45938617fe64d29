// What has changed since the day of a result: dates pass, and sums grow. Loaded on a later day only.

import { el } from "./dom.js";
import { format, formatRange, range, voiced, walk } from "./engine.js";

/** Tells it on the page of the outcome `index`. When the rules have changed too, sums are not compared. */
export function show(root, way, index, then, was, outdated) {
  const rows = outdated ? [] : [...root.querySelectorAll("[data-figure]")];
  const figureOf = (row) => way.tree.figures.findIndex(({ name }) => name === row.dataset.figure);
  const lines = since(way, index, then, was, rows.map((row) => [figureOf(row), row.querySelector("th").textContent]));
  const section = root.querySelector("[data-since]");
  section.hidden = lines.length === 0;
  section.querySelector("h2 span").textContent = format("date", then);
  section.querySelector("ul").append(...lines.map((textContent) => el("li", { textContent })));
}

/**
 * Sentences on what has changed; none when nothing has. `way` is where the answers lead today, on the page of the
 * outcome `index`; `was` is the outcome of the day `then`. `figures` are those of the page, `[index, label]`;
 * none when the rules are no longer the same, for the sums shown that day could not be found again.
 */
export function since(way, index, then, was, figures) {
  const { tree, answers, outcomes, voice } = way;
  const day = format("date", then);
  const old = tree.outcomes.findIndex(({ id }) => id === was);
  const before = walk(tree, answers, then);
  const title = (outcome) => `«\u00a0${voiced(tree.outcomes[outcome].title, voice)}\u00a0»`;
  const lines = [];
  if (!outcomes.includes(old)) {
    const now = outcomes.map(title).join(" ou ");
    lines.push(old < 0 ? `La conclusion n’est plus celle du ${day}. Aujourd’hui, elle est ${now}.` : `Le ${day}, la conclusion était ${title(old)}. Aujourd’hui, elle est ${now}.`);
  }
  for (const [figure, label] of figures) {
    if (!shows(tree.outcomes[old], figure)) continue;
    const { unit } = tree.figures[figure];
    const [first, last] = [range(before, { c: figure }, old), range(way, { c: figure }, index)].map((found) => found && formatRange(unit, found));
    if (first && last && first !== last) lines.push(`${label}\u00a0: ${first} le ${day}\u00a0; ${last} aujourd’hui.`);
  }
  return lines;
}

/** Whether the page of an outcome gave this figure: one that it keeps to itself may mean nothing there. */
function shows(outcome, figure) {
  return JSON.stringify([outcome?.summary, outcome?.body, outcome?.deadlines]).includes(`{"c":${figure}}`);
}
