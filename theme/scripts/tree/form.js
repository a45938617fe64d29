// One question's form: what is typed in it, and what was answered before.

import { DONT_KNOW } from "./engine.js";

const parts = (form) => ["jour", "mois", "annee"].map((part) => form.elements[`reponse-${part}`]);

/** What is typed; empty when nothing is. */
export function read(form) {
  const { nsp, reponse, code } = form.elements;
  const { kind } = form.dataset;
  if (nsp?.checked) return DONT_KNOW;
  if (kind === "cases") return [...reponse].filter((box) => box.checked).map((box) => box.value).join(",");
  // The value of several radios is the one that is ticked.
  return kind === "date" ? parts(form).map((field) => field.value).join(" ").trim() : reponse.value || code?.value.toUpperCase() || "";
}

/** The field to correct: the first empty one of a date, or the first. */
export function faulty(form) {
  const fields = [...form.querySelectorAll("input:not([name=nsp]), select")];
  return fields.find((field) => form.dataset.kind === "date" && !field.value.trim()) ?? fields[0];
}

/** Shows an answer given before, in its canonical form. */
export function fill(form, text) {
  const { nsp, reponse, code } = form.elements;
  if (text === DONT_KNOW && nsp) {
    nsp.checked = true;
    return;
  }
  switch (form.dataset.kind) {
    case "cases":
      for (const box of reponse) box.checked = text.split(",").includes(box.value);
      break;
    case "date":
      text.split("-").forEach((part, index) => (parts(form)[2 - index].value = Number(part)));
      break;
    default:
      reponse.value = text;
      if (code && !reponse.value) code.value = text;
  }
}
