/** The answers again, before they are sent, step by step, each with the way to change them. */

import { dateInputs, inputs, make, shown } from "./fields.js";
import { size } from "./files.js";

const label = (input) => document.querySelector(`label[for="${CSS.escape(input.id)}"]`)?.firstChild.textContent.trim() ?? "";

/** An answer in words; nothing when there is none. */
function words(field) {
  const all = inputs(field);
  if (field.dataset.type === "date") return dateInputs(field).map((input) => input.value.trim()).filter(Boolean).join(" ");
  if (field.dataset.type === "consent") return all[0].checked ? "Oui" : "";
  if (all[0].tagName === "SELECT") return all[0].value ? all[0].selectedOptions[0].textContent.trim() : "";
  if (all.some((input) => /radio|checkbox/.test(input.type))) return all.filter((input) => input.checked).map(label).join("\u00a0; ");
  const text = all[0].value.trim();
  return text && field.dataset.type === "amount" && !text.includes("€") ? `${text} €` : text;
}

const line = (term, text) => make("div", {}, make("dt", { textContent: term }), make("dd", { textContent: text }));

/** The lines of the pieces: what is joined, what is said absent. */
function pieces(form) {
  const lines = [];
  for (const input of form.querySelectorAll("input[type=file]")) {
    const name = input.closest("fieldset")?.dataset.nom ?? "Autres documents";
    const absent = form.elements[input.name.replace("piece_", "absente_")];
    if (input.files.length) lines.push(line(name, [...input.files].map((file) => `${file.name} (${size(file.size)})`).join("\n")));
    else if (absent?.checked && shown(input)) lines.push(line(name, `Je ne l’ai pas. ${form.elements[input.name.replace("piece_", "raison_")]?.value ?? ""}`));
  }
  return lines.length ? lines : [line("Vos pièces", "Aucun fichier joint")];
}

/** Fills the recap. `modify(n)` goes to a step. */
export function fill(place, form, steps, modify) {
  place.replaceChildren();
  steps.forEach((step, n) => {
    const title = step.dataset.court;
    const lines = [...step.querySelectorAll("[data-champ]")].filter(shown).flatMap((field) => {
      if (field.dataset.type === "files") return pieces(form);
      const text = words(field);
      return text ? [line(field.dataset.nom, text)] : [];
    });
    const button = make("button", { type: "button", className: "fr-btn fr-btn--tertiary fr-btn--sm", textContent: "Modifier" }, make("span", { className: "fr-sr-only", textContent: ` : ${title}` }));
    button.addEventListener("click", () => modify(n));
    place.append(make("div", { className: "ml-referral__recap-head" }, make("h3", { className: "fr-h6", textContent: title }), button), make("dl", { className: "ml-referral__recap" }, ...lines));
  });
}
