// An outcome, with script: the person's own figures, dates and cases take the places kept for them.

import { canonical, changes, format, formatRange, isoDate, parseDate, range, render, truth, valueText, voiced } from "./engine.js";
import { inAddress, today } from "./answers.js";
import { el } from "./dom.js";
import { copy } from "./download.js";
import { MARK, hash, next, outcomeAddress, outdated, recap, root, route, save, say, texts, tree } from "./session.js";

const all = (selector) => root.querySelectorAll(selector);
const index = tree.outcomes.findIndex(({ id }) => id === root.dataset.outcome);
const outcome = tree.outcomes[index];
const way = inAddress() ? route() : null;
const open = way?.outcomes.includes(index);

if (way && (!open || way.voice !== root.dataset.voice)) location.replace(open ? outcomeAddress(index, way) + hash(way) : next(way));
else if (way) fill();
root.querySelector("[data-copy]").addEventListener("click", share);

function holds(condition) {
  return !condition || truth(way, condition, index) !== false;
}

function fill() {
  reopened();
  save(way);
  recap(way);
  if (outdated) say("Le questionnaire a changé depuis vos réponses. Le résultat est recalculé avec les règles d’aujourd’hui.");
  const told = render(way, outcome.summary, { outcome: index, voice: way.voice });
  root.querySelector("[data-summary]").textContent = told.map(([, text]) => text).join("");
  others();
  body();
  figures();
  deadlines();
  lists();
  alternatives();
}

/** Marks the address with today's result; one marked on an earlier day keeps it, and the page says what changed. */
async function reopened() {
  const mark = texts[MARK] ?? "";
  const then = parseDate(mark.slice(0, 10));
  if (then === null || then >= today()) {
    texts[MARK] = `${isoDate(today())}~${outcome.id}`;
    return;
  }
  const rows = outdated ? [] : [...all("[data-figure]")];
  const shown = rows.map((row) => [figureOf(row), row.querySelector("th").textContent]);
  const { since } = await import(root.dataset.sinceScript);
  const lines = since(way, index, then, mark.slice(11), shown);
  const section = root.querySelector("[data-since]");
  section.hidden = lines.length === 0;
  section.querySelector("h2 span").textContent = format("date", then);
  section.querySelector("ul").append(...lines.map((textContent) => el("li", { textContent })));
}

function figureOf(row) {
  return tree.figures.findIndex(({ name }) => name === row.dataset.figure);
}

function conclusion(other) {
  return el("a", { href: outcomeAddress(other, way) + hash(way), textContent: voiced(tree.outcomes[other].title, way.voice) });
}

/** « Je ne sais pas » may leave several conclusions open. */
function others() {
  const rest = way.outcomes.filter((other) => other !== index);
  const box = root.querySelector("[data-open]");
  box.hidden = rest.length === 0;
  box.querySelector("ul").replaceChildren(...rest.map((other) => el("li", {}, conclusion(other))));
}

function body() {
  const { values, conditions } = outcome.body;
  for (const slot of all("[data-value]")) slot.textContent = valueText(way, values[slot.dataset.value], index, way.voice) ?? slot.textContent;
  for (const block of all("[data-si]")) {
    const known = truth(way, conditions[block.dataset.si], index);
    block.hidden = known === false;
    block.querySelector("[data-case]").hidden = known === true;
  }
  const facts = tree.facts.filter((_, fact) => truth(way, { f: fact }, index)).map(({ name }) => name);
  const line = root.querySelector("[data-facts]");
  line.hidden = facts.length === 0;
  line.querySelector("span").textContent = facts.join(", ");
}

function figures() {
  const column = root.querySelector("[data-column]");
  if (!column) return;
  column.textContent = "Pour vous";
  root.querySelector("[data-example]").textContent = "Calculé aujourd’hui avec vos réponses";
  for (const row of all("[data-figure]")) {
    const figure = figureOf(row);
    const found = range(way, { c: figure }, index);
    row.hidden = !found;
    if (found) row.querySelector("[data-result]").textContent = formatRange(tree.figures[figure].unit, found);
  }
}

function deadlines() {
  const events = [];
  for (const item of all("[data-deadline]")) {
    const { title, on, si } = outcome.deadlines.find((line) => line.title === item.dataset.deadline);
    const found = range(way, on, index);
    item.hidden = !holds(si);
    if (!found || item.hidden) continue;
    item.querySelector("[data-day]").textContent = ` : ${formatRange("date", found)}`;
    if (found[0] === found[1]) events.push({ day: isoDate(found[0]), title });
  }
  const box = root.querySelector("[data-calendar]");
  if (!box || events.length === 0) return;
  box.hidden = false;
  box.querySelector("button").addEventListener("click", async () => {
    try {
      // What makes the file comes with the first click.
      (await import(root.dataset.calendarScript)).save("echeances.ics", events, location.href);
      say("Le fichier echeances.ics est téléchargé. Ouvrez-le pour ajouter les dates à votre agenda.");
    } catch {
      say("Le fichier n’a pas pu être préparé. Vérifiez votre connexion, puis réessayez.");
    }
  });
}

/** Documents, letters and referral: those that apply, with the answers in their address. */
function lists() {
  for (const item of all("[data-piece]")) {
    const piece = outcome.documents.find(({ text }) => text === item.dataset.piece);
    item.hidden = !holds(piece.si);
    const hint = item.querySelector("[data-case]");
    if (hint) hint.hidden = truth(way, piece.si, index) === true;
  }
  for (const item of all("[data-letter]")) {
    const [, condition] = outcome.letters.find(([letter]) => tree.letters[letter].slug === item.dataset.letter);
    item.hidden = !holds(condition);
    const link = item.querySelector("a");
    link.href = link.pathname + hash(way);
  }
  const item = root.querySelector("[data-referral]");
  if (!item) return;
  const { motive, fields, si } = outcome.referral;
  item.hidden = !holds(si);
  const known = fields.map(([field, value]) => [field, plain(value)]).filter(([, text]) => text);
  item.querySelector("a").href = `/saisine#${new URLSearchParams([["motif", motive], ...known, ["diagnostic", `${root.dataset.slug}?${hash(way).slice(1)}`]])}`;
}

/** A value as a field of a form holds it; nothing when it isn't one single value. */
function plain(value) {
  if ("q" in value) {
    const question = tree.questions[value.q];
    const answer = way.asked.includes(value.q) ? way.answers[question.id] : null;
    return answer === null ? "" : canonical(question, answer);
  }
  const [unit, expr] = value.e;
  const [min, max] = range(way, expr, index) ?? [0, 1];
  if (min !== max) return "";
  return unit === "date" ? isoDate(min) : unit === "euro" ? format(unit, min).replace(/[^\d,-]/g, "") : String(min);
}

/** The single answers that would change the conclusion. */
function alternatives() {
  const found = changes(way);
  const section = root.querySelector("[data-changes]");
  section.hidden = found.length === 0;
  const lines = found.map(({ question, choice, outcomes }) => {
    const { text, choices } = tree.questions[question];
    const words = `${voiced(text, way.voice)} Si la réponse était « ${voiced(choices[choice].label, way.voice)} » : `;
    return el("li", {}, words, el("strong", { textContent: outcomes.map((other) => voiced(tree.outcomes[other].title, way.voice)).join(" ; ou ") }));
  });
  section.querySelector("ul").replaceChildren(...lines);
}

async function share() {
  const done = await copy(location.href);
  say(done ? "Le lien est copié. Il contient vos réponses, jamais votre nom." : "Le lien n’a pas pu être copié : copiez l’adresse de cette page.");
}
