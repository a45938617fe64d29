// One question's form: what is typed in it, and what was answered before.

import { DONT_KNOW } from "./engine.js";

const parts = (form) => ["jour", "mois", "annee"].map((part) => form.elements[`reponse-${part}`]);
const ticked = (form) => [...form.querySelectorAll("[name=reponse]:checked")].map((box) => box.value);

/** What is typed, as a text that the engine reads; empty when nothing is. */
export function read(form) {
  const { nsp, reponse, code } = form.elements;
  if (nsp?.checked) return DONT_KNOW;
  switch (form.dataset.kind) {
    case "choix":
    case "cases":
      return ticked(form).join(",");
    case "date":
      return parts(form).map((field) => field.value.trim()).join(" ");
    default:
      return reponse.value || (code?.value.toUpperCase() ?? "");
  }
}

/** The field to correct: the first empty one, or the first. */
export function faulty(form) {
  const fields = [...form.querySelectorAll("input:not([name=nsp]), select")];
  return fields.find((field) => field.type === "text" && !field.value.trim() && form.dataset.kind === "date") ?? fields[0];
}

/** Shows an answer given before, in its canonical form. */
export function fill(form, text) {
  const { nsp, reponse, code } = form.elements;
  if (text === DONT_KNOW && nsp) nsp.checked = true;
  else if (form.dataset.kind === "date") {
    const values = text.split("-").reverse();
    parts(form).forEach((field, index) => (field.value = Number(values[index])));
  } else if (form.dataset.kind === "choix" || form.dataset.kind === "cases") {
    for (const box of reponse) box.checked = text.split(",").includes(box.value);
  } else {
    reponse.value = text;
    if (code && !reponse.value) code.value = text;
  }
}
