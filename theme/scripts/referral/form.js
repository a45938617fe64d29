/** The referral form with script. Everything here only helps: the page works whole without it. */

import { explain, refusals } from "./competence.js";
import { update } from "./conditions.js";
import * as draft from "./draft.js";
import { check, clear, fault, fill, show } from "./errors.js";
import { answer, inputs, make } from "./fields.js";
import { watch } from "./files.js";
import { send } from "./send.js";
import { build } from "./steps.js";

/**
 * Answers carried by the fragment (`#motif=DG&montant=650`), which never reaches a server; then forgets them. Gives the
 * questions whose carried answer was refused: it is none of theirs, or breaks their rule.
 */
function prefill(form, known) {
  const refused = [];
  const carried = new URLSearchParams(location.hash.slice(1));
  if (carried.has("motif")) for (const box of inputs(form.querySelector("[data-champ=motifs]"))) box.checked = false;
  for (const [name, text] of carried) {
    const id = name === "motif" ? "motifs" : name;
    const field = form.querySelector(`[data-champ="${CSS.escape(id)}"]`);
    if (field && (!answer(field, text) || fault(form, field, known))) refused.push(field);
    else if (name === "diagnostic") form.elements.diagnostic.value = text;
  }
  history.replaceState(null, "", location.pathname + location.search);
  return refused;
}

/** Says which carried answers were refused, and leaves their questions to be answered. */
function tell(refused, { messages }) {
  for (const input of refused.flatMap(inputs)) {
    if (!/radio|checkbox/.test(input.type)) input.value = "";
  }
  const champs = refused.map((field) => `« ${field.dataset.nom} »`).join(", ");
  warn("Une partie de votre diagnostic n’a pas pu être reprise", [fill(messages.reponse_non_reprise, { champs })]);
}

/** With script, a piece is shown by its motive: no need for the folded list. */
function unfold(form) {
  const others = form.querySelector("[data-autres-pieces]");
  if (!others) return;
  others.querySelector("summary").remove();
  others.replaceWith(...others.childNodes);
}

/** A message above the form, with the focus; `more` stands under it. */
function warn(title, texts, ...more) {
  document.querySelector("[data-avis]")?.remove();
  const box = make("div", { className: "fr-alert fr-alert--warning fr-mb-4w", tabIndex: -1 }, make("h2", { className: "fr-alert__title", textContent: title }), ...texts.map((textContent) => make("p", { textContent })), ...more);
  box.dataset.avis = "";
  document.querySelector("[data-saisine] h1").after(box);
  box.focus();
}

/** Back from the confirmation: browsers may put the answers back, under another token. They are sent: the form is a new one. */
function renew(form, place, refresh) {
  const empty = () => {
    form.reset();
    refresh();
  };
  empty();
  // Some browsers put the answers back only once the page is loaded.
  addEventListener("pageshow", () => setTimeout(empty), { once: true });
  history.replaceState(null, "", location.pathname + location.search);
  const link = make("a", { className: "fr-link", href: place, textContent: "Revoir la confirmation" });
  warn("Ce dossier est déjà envoyé", ["Le formulaire est vide de nouveau : il sert à préparer un autre dossier."], make("p", {}, link));
}

/** Posts, then goes to the confirmation or shows what to correct. */
async function post(form, flow, said) {
  said.textContent = "Envoi en cours…";
  const { place, errors = [], notices = [], token, title, text } = await send(form);
  if (place) {
    location.assign(place);
    return true;
  }
  said.textContent = "";
  if (token) form.elements.jeton.value = token;
  if (errors.length) {
    const first = document.getElementById(errors[0][0]) ?? form.querySelector(`[data-champ="${CSS.escape(errors[0][0])}"]`);
    if (first) flow.reach(first);
    show(form, errors);
  } else {
    warn(title ?? "Attention", text ?? notices);
  }
  return false;
}

function start(form) {
  const known = { messages: JSON.parse(form.dataset.messages), competence: JSON.parse(form.dataset.regles) };
  for (const text of form.querySelectorAll("[data-si-texte], [data-sans-script]")) text.remove();
  unfold(form);
  const faulty = document.getElementById("erreurs");
  const refresh = () => update(form);
  const stop = (section) => {
    const reasons = refusals(form, known.competence);
    explain(section, reasons, known.competence.texts[4]);
    return reasons.length > 0;
  };
  // Without a section: going back, which only takes the errors away.
  const flow = build(form, (section) => {
    document.querySelector("[data-avis]")?.remove();
    if (!section) {
      clear(form);
      return true;
    }
    return check(form, section, known) && !stop(section);
  });
  refresh();
  form.addEventListener("change", refresh);
  flow.changed(refresh);
  watch(form);
  const carried = location.hash.includes("=");
  const confirmed = draft.sent();
  if (confirmed) renew(form, confirmed, refresh);
  draft.panel(form, flow, !faulty && !document.querySelector("[data-recap]"));
  if (carried) {
    const refused = prefill(form, known);
    flow.go(0);
    refresh();
    if (refused.length) tell(refused, known);
  }
  const said = form.querySelector("[data-envoi]");
  let sending = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (sending) return;
    if (!flow.last()) {
      flow.forward();
      return;
    }
    const wrong = flow.steps.find((step, n) => n < flow.steps.length - 1 && !check(form, step, known));
    if (wrong) {
      flow.go(Number(wrong.dataset.etape));
      document.getElementById("erreurs").focus();
      return;
    }
    sending = true;
    sending = await post(form, flow, said);
  });
  // Links to a question of another step: the summary of errors, the list of files to choose again.
  document.querySelector("[data-saisine]").addEventListener("click", (event) => {
    const target = document.getElementById(event.target.closest?.('a[href^="#"]')?.hash.slice(1) ?? "");
    if (!target || !form.contains(target)) return;
    event.preventDefault();
    flow.reach(target);
  });
  // Back from the confirmation: the page may be sent again, the service knows it.
  addEventListener("pageshow", () => { sending = false; });
  if (faulty) {
    const first = document.getElementById(faulty.querySelector("a")?.hash.slice(1) ?? "");
    if (first) flow.reach(first);
    faulty.focus();
  }
}

const form = document.querySelector("[data-formulaire]");
if (form) start(form);
if (document.querySelector("[data-reference]")) draft.done();
const added = document.querySelector("[data-complement]");
if (added) watch(added);
