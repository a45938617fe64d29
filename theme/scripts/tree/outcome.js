// An outcome, with script: the person's own figures, dates and cases take the places kept for them. What a press
// does comes with the first press.

import { format, isoDate, range, readDate, truth, valueText, voiced } from "./engine.js";
import { inAddress, today } from "./answers.js";
import { el } from "./dom.js";
import { MARK, hash, next, outcomeAddress, outdated, recap, root, route, save, say, texts, tree } from "./session.js";

const all = (selector) => root.querySelectorAll(selector);
const index = tree.outcomes.findIndex(({ id }) => id === root.dataset.outcome);
const outcome = tree.outcomes[index];
const way = inAddress() ? route() : null;
const open = way?.outcomes.includes(index);

if (way && (!open || way.voice !== root.dataset.voice)) location.replace(open ? outcomeAddress(index, way) + hash(way) : next(way));
else if (way) fill();
root.addEventListener("click", async ({ target }) => {
  const { act } = target.closest("[data-act]")?.dataset ?? {};
  if (!act) return;
  try {
    const words = await (await import(root.dataset.actionsScript))[act](root, way, index);
    if (words) say(words);
  } catch {
    say(root.dataset.failed);
  }
});

function fill() {
  reopened();
  save(way);
  recap(way);
  others();
  body();
  links();
}

/** Marks the address with today's result; one marked on an earlier day keeps it, and the page says what changed. */
async function reopened() {
  const mark = texts[MARK] ?? "";
  const then = readDate(mark.slice(0, 10));
  if (then !== null && then < today()) (await import(root.dataset.sinceScript)).show(root, way, index, then, mark.slice(11), outdated);
  else texts[MARK] = `${isoDate(today())}~${outcome.id}`;
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

/** Expressions stand in the page: what each value is, and in which case each passage, line or row holds. */
function body() {
  for (const words of all("[data-generic], [data-own]")) words.hidden = !words.hidden;
  for (const slot of all("[data-v]")) {
    const text = valueText(way, JSON.parse(slot.dataset.v), index, way.voice);
    const row = slot.closest("[data-figure]");
    if (row) row.hidden = text === null;
    if (text === null) continue;
    slot.textContent = text;
    if (slot.closest("[data-deadline]")) root.querySelector("[data-calendar]").hidden = false;
  }
  for (const part of all("[data-if]")) {
    const known = truth(way, JSON.parse(part.dataset.if), index);
    part.hidden = known === false;
    const hint = part.querySelector("[data-case]");
    if (hint) hint.hidden = known === true;
  }
  const facts = tree.facts.filter((_, fact) => truth(way, { f: fact }, index)).map(({ name }) => name);
  const line = root.querySelector("[data-facts]");
  line.hidden = facts.length === 0;
  line.querySelector("span").textContent = facts.join(", ");
}

/** Letters and referral, with the answers in their address. */
function links() {
  for (const link of all("[data-letter] a")) link.href = link.pathname + hash(way);
  for (const link of all("[data-referral] a")) {
    const { motive, fields } = outcome.referral;
    const known = fields.map(([field, value]) => [field, plain(value)]).filter(([, text]) => text);
    link.href = `/saisine#${new URLSearchParams([["motif", motive], ...known, ["diagnostic", `${root.dataset.slug}?${hash(way).slice(1)}`]])}`;
  }
}

/** A value as a field of a form holds it; nothing when it isn't one single value. */
function plain(value) {
  if ("q" in value) {
    const { id } = tree.questions[value.q];
    return way.asked.includes(value.q) && way.answers[id] !== null ? texts[id] : "";
  }
  const [unit, expr] = value.e;
  const [min, max] = range(way, expr, index) ?? [0, 1];
  if (min !== max) return "";
  return unit === "date" ? isoDate(min) : unit === "euro" ? format(unit, min).replace(/[^\d,-]/g, "") : String(min);
}
