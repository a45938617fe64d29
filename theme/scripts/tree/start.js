// The start page, with script: begin at the first question, or go on where the person stopped.

import { hash, idOf, next, outdated, questionAddress, root, route, say, texts } from "./session.js";

const way = route();
const given = way.asked.length;
const link = root.querySelector("[data-begin]");
link.href = given === 0 ? questionAddress(idOf(0), way) + hash(way) : next(way);
if (given > 0) {
  link.textContent = way.question === null ? "Revoir votre résultat" : "Reprendre où vous en étiez";
  root.querySelector("[data-again]").hidden = false;
  say(`Vous avez déjà répondu à ${given} question${given > 1 ? "s" : ""} dans cet onglet.${outdated ? ` ${root.dataset.changed}` : ""}`);
} else if (location.hash === "#effacees" && Object.keys(texts).length === 1) {
  say("Vos réponses sont effacées de cet onglet.");
  history.replaceState(history.state, "", location.pathname);
}
