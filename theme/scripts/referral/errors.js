/** Checks a step, or the whole page, before it is sent, and shows what to correct as the service would. */

import { answers, dateInputs, inputs, make, shown } from "./fields.js";
import { faults as fileFaults } from "./files.js";
import * as rules from "./rules.js";

const RULES = { amount: rules.amount, email: rules.email, phone: rules.phone, "postal-code": rules.postalCode };

/** A message with its places filled. */
export const fill = (text, values) => Object.entries(values).reduce((all, [name, value]) => all.replaceAll(`{${name}}`, value), text);

/** The postal code must be one of the municipality's. */
function place(form, { communes }) {
  const known = communes.find(([insee]) => insee === answers(form, "commune")[0]);
  const code = (answers(form, "code_postal")[0] ?? "").replace(/\s/g, "");
  return known && code && !known[2].includes(code) ? { commune: known[1], codes: known[2].join(", ") } : null;
}

/** The message of a question's fault, or nothing. */
export function fault(form, field, { messages, competence }) {
  const { champ, type, requis, max } = field.dataset;
  const given = answers(form, champ);
  let code = given.length === 0 ? "vide" : "";
  if (type === "date") code = rules.date(dateInputs(field).map((input) => input.value), field.dataset.passee !== undefined);
  else if (RULES[type]) code = RULES[type](given[0] ?? "");
  else if (max && [...(given[0] ?? "").trim()].length > Number(max)) code = "trop_long";
  else if (given.every((text) => !text.trim())) code = "vide";
  if (champ === "code_postal" && !code) {
    const wrong = place(form, competence);
    return wrong ? fill(messages.code_postal_commune, wrong) : "";
  }
  if (!code || (code === "vide" && requis === undefined)) return "";
  if (code === "vide" && requis) return requis;
  return fill(messages[code] ?? "", { champ: field.dataset.nom, max: max ?? "" });
}

/** Takes the errors of the last check away. */
export function clear(form) {
  document.getElementById("erreurs")?.remove();
  document.title = document.title.replace(/^Erreur : /, "");
  for (const message of form.querySelectorAll("[data-erreur], .fr-error-text, .fr-message--error")) message.remove();
  for (const group of form.querySelectorAll(".fr-fieldset--error, .fr-upload-group--error, .fr-input-group--error, .fr-select-group--error")) {
    group.classList.remove("fr-fieldset--error", "fr-upload-group--error", "fr-input-group--error", "fr-select-group--error");
  }
  for (const input of form.querySelectorAll("[aria-invalid]")) {
    input.removeAttribute("aria-invalid");
    const kept = (input.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => document.getElementById(id));
    if (kept.length) input.setAttribute("aria-describedby", kept.join(" "));
    else input.removeAttribute("aria-describedby");
  }
}

/** Writes a message under a place and ties it to its inputs. */
function mark(id, place, marked, message) {
  document.getElementById(`${id}-erreur`)?.remove();
  const text = make("p", { className: "fr-error-text", id: `${id}-erreur`, textContent: message });
  text.dataset.erreur = "";
  place.append(text);
  for (const input of marked) {
    input.setAttribute("aria-invalid", "true");
    const others = (input.getAttribute("aria-describedby") ?? "").split(" ").filter((other) => other && other !== text.id);
    input.setAttribute("aria-describedby", [...others, text.id].join(" "));
  }
}

/** The summary above the form, with the focus. `found`: pairs of the id of an input and a message. */
function summarise(found) {
  const list = make("ul", {}, ...found.map(([id, textContent]) => make("li", {}, make("a", { href: `#${id}`, textContent }))));
  const title = found.length === 1 ? "Erreur : une réponse est à corriger" : `Erreur : ${found.length} réponses sont à corriger`;
  const box = make("div", { id: "erreurs", className: "fr-alert fr-alert--error fr-mb-4w", tabIndex: -1 }, make("h2", { className: "fr-alert__title", textContent: title }), list);
  document.querySelector("[data-saisine] h1").after(box);
  document.title = `Erreur : ${document.title}`;
  box.focus();
}

/** Shows faults: pairs of the name of a field (or of a file input) and a message. */
export function show(form, found) {
  clear(form);
  const links = [];
  for (const [name, message] of found) {
    const field = form.querySelector(`[data-champ="${CSS.escape(name)}"]`);
    const input = document.getElementById(name);
    if (field && field.dataset.type !== "files") {
      mark(name, field, inputs(field), message);
      links.push([inputs(field)[0].id, message]);
    } else {
      mark(name, input?.parentElement ?? field, input && input.type === "file" ? [input] : [], message);
      links.push([name, message]);
    }
  }
  if (links.length) summarise(links);
  return links.length === 0;
}

/** Whether a part of the form may be left; if not, shows why. */
export function check(form, part, known) {
  const found = [];
  for (const field of part.querySelectorAll("[data-champ]")) {
    if (!shown(field)) continue;
    if (field.dataset.type === "files") {
      found.push(...fileFaults(form, known.messages, fill));
    } else {
      const message = fault(form, field, known);
      if (message) found.push([field.dataset.champ, message]);
    }
  }
  return show(form, found);
}
