/** Can the commission take this case? The author's rules, as the service applies them. */

import { holds } from "./conditions.js";
import { answers, make } from "./fields.js";

/** A sector or lease that is not known excludes nothing. */
function allows(allowed, given, known) {
  return !allowed.length || !given.some((value) => known.includes(value)) || given.some((value) => allowed.includes(value));
}

/** The reasons that stop the form, most general first: { title, text, door }. */
export function refusals(form, { rules, motives, texts }) {
  const found = rules.filter(({ when, blocking }) => blocking && when.every((condition) => holds(form, condition)));
  const chosen = motives.filter(({ code }) => answers(form, "motifs").includes(code));
  const [sector, lease] = [answers(form, "parc"), answers(form, "type_bail")];
  const out = chosen.filter(({ sectors, leases }) => !allows(sectors, sector, ["prive", "social"]) || !allows(leases, lease, ["vide", "meuble"]));
  if (out.length && out.length === chosen.length) {
    const [, title, text, door] = texts;
    found.push({ title, text: text.replace("{motifs}", out.map(({ label }) => label).join("\u00a0; ")), door });
  }
  return found;
}

/** Shows why the form stops, and the right door, above the buttons of a step; takes an older reason away. */
export function explain(section, reasons, after) {
  section.querySelector("[data-refus]")?.remove();
  if (!reasons.length) return;
  const box = make("div", { className: "fr-callout fr-mb-4w", tabIndex: -1 });
  box.dataset.refus = "";
  for (const { title, text, door } of reasons) {
    box.append(make("h3", { className: "fr-callout__title", textContent: title }), make("p", { textContent: text }), make("p", { textContent: door }));
  }
  box.append(make("p", { textContent: after }));
  section.append(box);
  box.focus();
}
