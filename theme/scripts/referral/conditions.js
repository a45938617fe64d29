/** Shows a question when the answer it depends on is given: « motifs = DG | EDL-S », « a = b ; c != d ». */

import { answers, shown } from "./fields.js";

/** Whether one condition holds. */
export function holds(form, condition) {
  const [, name, sign, list] = /^\s*([\w-]+)\s*(!?=)\s*(.*?)\s*$/.exec(condition);
  const wanted = list.split("|").map((value) => value.trim());
  const given = answers(form, name).some((value) => wanted.includes(value));
  return given === (sign === "=");
}

/** Whether the question that a condition looks at is itself shown. */
function asked(form, condition) {
  const name = /^\s*([\w-]+)/.exec(condition)[1];
  const field = form.querySelector(`[data-champ="${name}"]`);
  return !field || shown(field);
}

/** Shows and hides everything that has a condition, in the order of the page. */
export function update(form) {
  for (const element of form.querySelectorAll("[data-si]")) {
    const all = element.dataset.si.split(" ; ");
    element.hidden = !all.every((condition) => asked(form, condition) && holds(form, condition));
  }
}
