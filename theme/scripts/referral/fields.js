/** The questions of the page: what is answered in them, and how to answer in their place. */

/** Every input of a question. */
export const inputs = (field) => [...field.querySelectorAll("input:not([type=hidden]), select, textarea")];

/** The texts answered: chosen values, typed texts; nothing empty. */
export function answers(form, name) {
  return new FormData(form).getAll(name).filter((value) => typeof value === "string" && value !== "");
}

/** Whether a question is asked, be it on a step that is not on the screen now. */
export const shown = (element) => !element.closest("[hidden]:not([data-etape])");

/** The three inputs of a date. */
export const dateInputs = (field) => ["jour", "mois", "annee"].map((part) => field.querySelector(`[name="${field.dataset.champ}-${part}"]`));

/**
 * Answers a question with a text: an option by value, a date as 2026-05-31, anything else as it is. False when the
 * question cannot take it: nothing is then changed.
 */
export function answer(field, text) {
  if (field.dataset.type === "date") {
    const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
    if (!found) return false;
    const [, year, month, day] = found;
    dateInputs(field).forEach((input, n) => { input.value = [Number(day), Number(month), year][n]; });
    return true;
  }
  let taken = false;
  for (const input of inputs(field)) {
    if (input.type === "radio" || input.type === "checkbox") {
      if (input.value === text) taken = input.checked = true;
    } else if (input.tagName === "SELECT") {
      if ([...input.options].some((option) => option.value === text)) {
        input.value = text;
        taken = true;
      }
    } else if (input.type !== "file") {
      input.value = text;
      taken = true;
    }
  }
  return taken;
}

/** Makes an element: `make("p", { className: "x", textContent: "…" }, child, child)`. */
export function make(name, values = {}, ...children) {
  const element = Object.assign(document.createElement(name), values);
  element.append(...children);
  return element;
}
