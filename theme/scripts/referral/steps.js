/** One step on the screen at a time, with the stepper, the recap at the end, and the browser's own back button. */

import { make } from "./fields.js";
import { fill } from "./recap.js";

/** Turns the sections of the form into steps. `leave(n)` says whether step n may be left forward. */
export function build(form, leave) {
  const asked = [...form.querySelectorAll(".ml-referral__step")];
  const recap = make("section", { className: "ml-referral__step", id: "etape-verification" }, make("h2", { id: "etape-verification-titre" }), make("p", { textContent: "Relisez vos réponses avant de les envoyer. Vous pouvez tout modifier." }));
  recap.setAttribute("aria-labelledby", "etape-verification-titre");
  recap.dataset.titre = "Vérifier et envoyer";
  const answers = make("div");
  recap.append(answers);
  asked.at(-1).after(recap);
  const steps = [...asked, recap];
  const sending = form.querySelector("[data-envoyer]");
  const nav = make("div", { className: "fr-btns-group fr-btns-group--inline-md fr-mt-4w" });
  const back = make("button", { type: "button", className: "fr-btn fr-btn--secondary", textContent: "Étape précédente" });
  const next = make("button", { type: "button", className: "fr-btn", textContent: "Étape suivante" });
  nav.append(next, back);
  sending.before(nav);
  const name = document.title.replace(/^Erreur\s?: /, "");
  const listeners = [];
  let current = 0;

  steps.forEach((step, n) => {
    step.dataset.etape = n;
    const title = step.querySelector("h2");
    title.className = "fr-stepper__title";
    title.tabIndex = -1;
    title.replaceChildren(step.dataset.titre, make("span", { className: "fr-stepper__state", textContent: `Étape ${n + 1} sur ${steps.length}` }));
    const bar = make("div", { className: "fr-stepper__steps" });
    bar.dataset.frCurrentStep = n + 1;
    bar.dataset.frSteps = steps.length;
    const stepper = make("div", { className: "fr-stepper" });
    title.before(stepper);
    stepper.append(title, bar);
    if (steps[n + 1]) stepper.append(make("p", { className: "fr-stepper__details" }, make("span", { className: "fr-text--bold", textContent: "Étape suivante : " }), steps[n + 1].dataset.titre));
  });

  /** Puts a step on the screen; `focus` on its title, for those who do not see it change. */
  function show(n, focus = true) {
    current = Math.max(0, Math.min(n, steps.length - 1));
    steps.forEach((step, at) => { step.hidden = at !== current; });
    const last = current === steps.length - 1;
    if (last) fill(answers, form, asked, go);
    back.hidden = current === 0;
    next.hidden = last;
    sending.hidden = !last;
    for (const start of document.querySelectorAll("[data-debut]")) start.hidden = current > 0;
    // As the service says it: a title with a fault begins with it.
    const mark = steps[current].querySelector("[aria-invalid=true]") ? "Erreur : " : "";
    document.title = `${mark}${steps[current].dataset.titre}, étape ${current + 1} sur ${steps.length} – ${name}`;
    if (focus) {
      const title = steps[current].querySelector("h2");
      title.focus({ preventScroll: true });
      title.scrollIntoView({ block: "start" });
    }
    for (const listener of listeners) listener(current);
  }

  /** Goes to a step and lets the back button come back from it. */
  function go(n) {
    if (n === current) return;
    history.pushState({ etape: n }, "", `#${steps[n].id}`);
    show(n);
  }

  function forward() {
    if (leave(steps[current], current)) go(current + 1);
  }
  next.addEventListener("click", forward);
  back.addEventListener("click", () => { leave(null); go(current - 1); });
  addEventListener("popstate", ({ state }) => { leave(null); show(state?.etape ?? 0); });
  show(0, false);
  return {
    current: () => current,
    last: () => current === steps.length - 1,
    go,
    forward,
    steps,
    changed: (listener) => listeners.push(listener),
    /** Goes to the step of an element, then gives it the focus. */
    reach(target) {
      const step = target.closest("[data-etape]");
      if (step) {
        const at = Number(step.dataset.etape);
        if (at !== current) {
          history.pushState({ etape: at }, "", `#${step.id}`);
          show(at, false);
        }
      }
      target.focus();
      target.scrollIntoView({ block: "center" });
    },
  };
}
