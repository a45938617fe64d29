/** The referral form with script. Everything here only helps: the page works whole without it. */

import { update } from "./conditions.js";
import * as draft from "./draft.js";
import { check } from "./errors.js";
import { answer } from "./fields.js";
import { watch } from "./files.js";

/** Answers carried by the fragment (`#motif=DG&montant=650`), which never reaches a server; then forgets them. */
function prefill(form) {
  const carried = new URLSearchParams(location.hash.slice(1));
  if (!location.hash.includes("=")) return;
  for (const [name, text] of carried) {
    const id = name === "motif" ? "motifs" : name;
    const field = form.querySelector(`[data-champ="${CSS.escape(id)}"]`);
    if (field) answer(field, text);
    else if (name === "diagnostic") form.elements.diagnostic.value = text;
  }
  history.replaceState(null, "", location.pathname + location.search);
}

/** With script, a piece is shown by its motive: no need for the folded list. */
function unfold(form) {
  const others = form.querySelector("[data-autres-pieces]");
  if (!others) return;
  others.querySelector("summary").remove();
  others.replaceWith(...others.childNodes);
}

function start(form) {
  for (const text of form.querySelectorAll("[data-si-texte]")) text.remove();
  unfold(form);
  prefill(form);
  const refresh = () => update(form);
  refresh();
  form.addEventListener("change", refresh);
  watch(form);
  draft.panel(form, refresh);
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent || !check(form)) {
      event.preventDefault();
      return;
    }
    sent = true;
    form.querySelector("[data-envoi]").textContent = "Envoi en cours…";
  });
  // Back from the confirmation: the page may be sent again, the service knows it.
  addEventListener("pageshow", () => { sent = false; });
  document.getElementById("erreurs")?.focus();
}

const form = document.querySelector("[data-formulaire]");
if (form) start(form);
if (document.querySelector("[data-reference]")) draft.erase();
