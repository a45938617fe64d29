/** A draft on this device, only when the person asks for it, and erased when they ask or when the form is sent. */

import { answer } from "./fields.js";

const KEY = "saisine-brouillon";

/** The stored draft, if the browser keeps one. */
function read() {
  try {
    return JSON.parse(localStorage.getItem(KEY));
  } catch {
    return null;
  }
}

/** Forgets the draft. */
export function erase() {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // A browser that keeps nothing has nothing to erase.
  }
}

/** Stores the answers: texts and choices, never the files, the token nor the trap. */
function store(form) {
  const kept = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && value && !["jeton", "site_web", "diagnostic"].includes(name));
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
}

/** Puts a draft back into the form. */
function restore(form, kept) {
  for (const [name, value] of kept) {
    const input = form.elements.namedItem(name);
    if (!input) continue;
    const field = (input instanceof RadioNodeList ? input[0] : input).closest("[data-champ]");
    if (field?.dataset.champ === name) answer(field, value);
    else if (input.type === "checkbox") input.checked = true;
    else if (input.type !== "file") input.value = value;
  }
}

/** Builds the panel; `changed` is called after a draft is put back. */
export function panel(form, changed) {
  const box = document.querySelector("[data-brouillon]");
  if (!box) return;
  const status = Object.assign(document.createElement("p"), { role: "status" });
  const button = (label, act) => {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "fr-btn fr-btn--tertiary fr-btn--sm fr-mr-2w fr-mb-2w", textContent: label });
    made.addEventListener("click", act);
    box.append(made);
    return made;
  };
  let keeping = false;
  const old = read();
  if (old) {
    const resume = button("Reprendre mon brouillon", () => {
      restore(form, old);
      changed();
      keeping = true;
      resume.hidden = true;
      status.textContent = "Votre brouillon est repris. Les fichiers sont à joindre de nouveau.";
    });
  }
  button("Garder un brouillon sur cet appareil", () => {
    keeping = store(form);
    status.textContent = keeping ? "Votre brouillon est gardé sur cet appareil, et lui seul. Sur un ordinateur partagé, effacez-le en partant." : "Ce navigateur ne permet pas de garder un brouillon.";
  });
  button("Effacer le brouillon", () => {
    erase();
    keeping = false;
    status.textContent = "Le brouillon est effacé de cet appareil.";
  });
  box.append(status);
  box.hidden = false;
  form.addEventListener("input", () => keeping && store(form));
}
