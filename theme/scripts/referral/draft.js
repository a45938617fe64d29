/**
 * A draft. In this tab the answers are kept by themselves, so that a reload loses nothing; on the device only when the
 * person asks for it. Both are erased when they ask, and when the form is sent. No file is ever kept.
 */

import { answer, make } from "./fields.js";

const KEY = "saisine-brouillon";
const SENT = "saisine-envoyee";
const OUT = ["jeton", "site_web"];

/** The stored draft, if the browser keeps one: { step, values }. */
function read(store) {
  try {
    const kept = JSON.parse(window[store].getItem(KEY));
    return Array.isArray(kept?.values) ? kept : null;
  } catch {
    return null;
  }
}

function drop(store) {
  try {
    window[store].removeItem(KEY);
  } catch {
    // A browser that keeps nothing has nothing to erase.
  }
}

/** Forgets every draft. */
export function erase() {
  drop("sessionStorage");
  drop("localStorage");
}

/** The form was sent: its draft goes, this tab remembers where its confirmation is. */
export function done() {
  erase();
  try {
    sessionStorage.setItem(SENT, location.pathname);
  } catch {
    // The page of a form that was sent may then come back with its answers; the service knows most of them.
  }
}

/** Where the confirmation is, when this page is the one that was sent, come back by the history; else nothing. */
export function sent() {
  const [visit] = performance.getEntriesByType("navigation");
  if (visit?.type !== "back_forward" || read("sessionStorage")) return null;
  try {
    return sessionStorage.getItem(SENT);
  } catch {
    return null;
  }
}

/** Stores the answers: texts and choices, never the files, the token nor the trap. */
function write(store, form, step) {
  const values = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && value && !OUT.includes(name));
  try {
    window[store].setItem(KEY, JSON.stringify({ step, values }));
    return true;
  } catch {
    return false;
  }
}

/** Puts a draft back into the form. */
function restore(form, { values }) {
  for (const [name, value] of values) {
    const input = form.elements.namedItem(name);
    if (!input) continue;
    const field = (input instanceof RadioNodeList ? input[0] : input).closest("[data-champ]");
    if (field?.dataset.champ === name) answer(field, value);
    else if (input.type === "checkbox") input.checked = true;
    else if (input.type !== "file") input.value = value;
  }
}

/**
 * Builds the panel. `flow` gives the current step and goes to one; `fresh` is true when the page came empty, so that the
 * answers of this tab are put back.
 */
export function panel(form, flow, fresh) {
  const box = document.querySelector("[data-brouillon]");
  if (!box) return;
  const status = make("p", { className: "fr-mb-2w" });
  status.setAttribute("role", "status");
  const button = (label, act) => {
    const made = make("button", { type: "button", className: "fr-btn fr-btn--tertiary fr-btn--sm fr-mr-2w fr-mb-2w", textContent: label });
    made.addEventListener("click", act);
    box.append(made);
    return made;
  };
  const old = read("localStorage");
  // A draft to resume is offered before anything else; keeping one, after.
  if (!old) form.after(box);
  let keeping = false;
  const tab = fresh ? read("sessionStorage") : null;
  const put = (kept, said) => {
    restore(form, kept);
    flow.go(kept.step);
    status.textContent = said;
  };
  const resume = old && button("Reprendre mon brouillon", () => {
    put(old, "Votre brouillon est repris. Les fichiers sont à joindre de nouveau.");
    keeping = true;
    resume.hidden = true;
  });
  button("Garder un brouillon sur cet appareil", () => {
    keeping = write("localStorage", form, flow.current());
    status.textContent = keeping ? "Votre brouillon est gardé sur cet appareil, et lui seul. Sur un ordinateur partagé, effacez-le en partant." : "Ce navigateur ne permet pas de garder un brouillon.";
  });
  button("Effacer mes réponses", () => {
    if (!window.confirm("Effacer toutes les réponses de ce formulaire et le brouillon ?")) return;
    erase();
    keeping = false;
    // A fresh page, with a fresh token.
    window.location.replace(window.location.pathname);
  });
  box.append(status);
  box.hidden = false;
  if (tab) put(tab, "Vos réponses sont reprises là où vous en étiez. Les fichiers sont à joindre de nouveau.");
  const save = () => {
    write("sessionStorage", form, flow.current());
    if (keeping) write("localStorage", form, flow.current());
  };
  form.addEventListener("input", save);
  flow.changed(save);
}
