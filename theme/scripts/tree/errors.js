// Says what is wrong: a summary above the title, which takes the focus, and the same words beside the field.

import { el } from "./dom.js";

const TITLE = document.title;
const ID = "reponse-erreur";

/** Takes away what an earlier try said. */
export function clear(root, form) {
  root.querySelector("[data-errors]").replaceChildren();
  form.querySelector(`#${ID}`)?.parentElement.remove();
  for (const field of form.querySelectorAll("[aria-invalid]")) {
    field.removeAttribute("aria-invalid");
    describe(field, (ids) => ids.filter((id) => id !== ID));
  }
  for (const group of form.querySelectorAll("[class*=--error]")) {
    group.classList.remove("fr-fieldset--error", "fr-input-group--error", "fr-select-group--error");
  }
  document.title = TITLE;
}

/** Shows one error. `field` is the first field to correct. */
export function show(root, form, message, field) {
  document.title = `Erreur : ${TITLE}`;
  const link = el("a", { href: `#${field.id}`, textContent: message });
  link.addEventListener("click", (event) => {
    // The fragment of the address holds the answers: the link moves the focus alone.
    event.preventDefault();
    field.focus();
  });
  const title = el("p", { className: "fr-alert__title", textContent: "Erreur : une réponse est à corriger" });
  const summary = el("div", { className: "fr-alert fr-alert--error", tabIndex: -1 }, title, el("ul", {}, el("li", {}, link)));
  summary.setAttribute("role", "alert");
  root.querySelector("[data-errors]").append(summary);
  beside(form, message, field);
  summary.focus();
}

function beside(form, message, field) {
  const words = el("p", { id: ID, className: "fr-message fr-message--error", textContent: message });
  const group = field.closest("fieldset");
  const box = group ?? field.closest(".fr-input-group, .fr-select-group");
  box.append(el("div", { className: "fr-messages-group" }, words));
  box.classList.add(group ? "fr-fieldset--error" : box.matches(".fr-select-group") ? "fr-select-group--error" : "fr-input-group--error");
  if (group?.querySelector("[type=radio]")) group.setAttribute("role", "radiogroup");
  const faulty = group ? group.querySelectorAll("input:not([type=radio])") : [field];
  for (const input of faulty.length ? faulty : [group]) {
    input.setAttribute("aria-invalid", "true");
    describe(input, (ids) => [...ids, ID]);
  }
}

function describe(field, change) {
  const ids = change((field.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean));
  if (ids.length) field.setAttribute("aria-describedby", ids.join(" "));
  else field.removeAttribute("aria-describedby");
}
