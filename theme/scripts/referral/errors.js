/** Checks the page before it is sent, and shows what to correct as the service would. */

import { answers, dateInputs, inputs, shown } from "./fields.js";
import * as rules from "./rules.js";

const RULES = { amount: rules.amount, email: rules.email, phone: rules.phone, "postal-code": rules.postalCode };

/** The message of a question's fault, or nothing. */
function fault(form, field, messages) {
  const { champ, type, requis, max } = field.dataset;
  if (type === "files") return "";
  const given = answers(form, champ);
  let code = given.length === 0 ? "vide" : "";
  if (type === "date") code = rules.date(dateInputs(field).map((input) => input.value));
  else if (RULES[type]) code = RULES[type](given[0] ?? "");
  else if (max && [...(given[0] ?? "")].length > Number(max)) code = "trop_long";
  if (!code || (code === "vide" && requis === undefined)) return "";
  if (code === "vide" && requis) return requis;
  return (messages[code] ?? "").replace("{champ}", field.dataset.nom).replace("{max}", max ?? "");
}

/** Takes the errors of the last check away. */
function clear(form) {
  document.getElementById("erreurs")?.remove();
  document.title = document.title.replace(/^Erreur : /, "");
  for (const message of form.querySelectorAll("[data-erreur]")) message.remove();
  for (const input of form.querySelectorAll("[aria-invalid]")) {
    input.removeAttribute("aria-invalid");
    const kept = (input.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => document.getElementById(id));
    if (kept.length) input.setAttribute("aria-describedby", kept.join(" "));
    else input.removeAttribute("aria-describedby");
  }
}

/** Writes a message under its question and ties it to each of its inputs. */
function mark(field, message) {
  const id = `${field.dataset.champ}-erreur`;
  document.getElementById(id)?.remove();
  const text = Object.assign(document.createElement("p"), { className: "fr-error-text", id, textContent: message });
  text.dataset.erreur = "";
  field.append(text);
  for (const input of inputs(field)) {
    input.setAttribute("aria-invalid", "true");
    const others = (input.getAttribute("aria-describedby") ?? "").split(" ").filter((other) => other && other !== id);
    input.setAttribute("aria-describedby", [...others, id].join(" "));
  }
}

/** The summary above the form, with the focus. */
function summarise(form, found) {
  const box = document.createElement("div");
  Object.assign(box, { id: "erreurs", className: "fr-alert fr-alert--error fr-mb-4w", tabIndex: -1 });
  const title = document.createElement("h2");
  title.className = "fr-alert__title";
  title.textContent = found.length === 1 ? "Erreur : une réponse est à corriger" : `Erreur : ${found.length} réponses sont à corriger`;
  const list = document.createElement("ul");
  for (const [field, message] of found) {
    const link = Object.assign(document.createElement("a"), { href: `#${inputs(field)[0].id}`, textContent: message });
    const item = document.createElement("li");
    item.append(link);
    list.append(item);
  }
  box.append(title, list);
  document.querySelector("[data-saisine] h1").after(box);
  document.title = `Erreur : ${document.title}`;
  box.focus();
}

/** Whether the form may be sent; if not, shows why. */
export function check(form) {
  clear(form);
  const messages = JSON.parse(form.dataset.messages);
  const found = [];
  for (const field of form.querySelectorAll("[data-champ]")) {
    const message = shown(field) ? fault(form, field, messages) : "";
    if (message) found.push([field, message]);
  }
  for (const [field, message] of found) mark(field, message);
  if (found.length) summarise(form, found);
  return found.length === 0;
}
