// Says what is wrong: a summary above the title, which takes the focus, and the same words beside the field. Loaded with
// the first error.

import { el } from "./dom.js";

const TITLE = document.title;
const ID = "reponse-erreur";
/** How to take away what was said, last thing first. */
let undo = [];

/** Shows one error, in place of the one before. `field` is the first field to correct. */
export function show(root, message, field) {
  for (const back of undo.reverse()) back();
  undo = [];
  document.title = `Erreur : ${TITLE}`;
  const link = el("a", { href: `#${field.id}`, textContent: message });
  link.addEventListener("click", (event) => {
    // The fragment of the address holds the answers: the link moves the focus alone.
    event.preventDefault();
    field.focus();
  });
  const title = el("p", { className: "fr-alert__title", textContent: "Erreur : une réponse est à corriger" });
  const summary = el("div", { className: "fr-alert fr-alert--error", tabIndex: -1 }, title, el("ul", {}, el("li", {}, link)));
  write(summary, "role", "alert");
  add(root.querySelector("[data-errors]"), summary);
  beside(message, field);
  summary.focus();
}

function beside(message, field) {
  const group = field.closest("fieldset");
  const box = group ?? field.closest(".fr-input-group, .fr-select-group");
  const words = el("p", { id: ID, className: "fr-message fr-message--error", textContent: message });
  add(box, el("div", { className: "fr-messages-group" }, words));
  write(box, "class", `${box.classList[0]}--error`);
  if (group?.querySelector("[type=radio]")) write(group, "role", "radiogroup");
  const faulty = group ? group.querySelectorAll("input:not([type=radio])") : [field];
  for (const input of faulty.length ? faulty : [group]) {
    write(input, "aria-invalid", "true");
    write(input, "aria-describedby", ID);
  }
}

function add(place, element) {
  place.append(element);
  undo.push(() => element.remove());
}

/** Adds a word to an attribute. */
function write(element, name, word) {
  const before = element.getAttribute(name);
  element.setAttribute(name, before ? `${before} ${word}` : word);
  undo.push(() => (before === null ? element.removeAttribute(name) : element.setAttribute(name, before)));
}
