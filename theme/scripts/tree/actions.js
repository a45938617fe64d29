// What a press on the page of an outcome does. Loaded with the first one. Each gives back what to say, or nothing.

import { calendar as file } from "./calendar.js";
import { changes as others } from "./changes.js";
import { copy, download } from "./download.js";
import { el } from "./dom.js";
import { isoDate, range, voiced } from "./engine.js";

/** Copies the address of the result. */
export async function share() {
  const done = await copy(location.href);
  return done ? "Le lien est copié. Il contient vos réponses, jamais votre nom." : "Le lien n’a pas pu être copié : copiez l’adresse de cette page.";
}

/** Downloads the deadlines that fall on one day as a calendar. */
export function calendar(root, way, index) {
  const slots = [...root.querySelectorAll("[data-deadline]:not([hidden]) [data-v]")];
  const events = slots.flatMap((slot) => {
    const [first, last] = range(way, JSON.parse(slot.dataset.v).e[1], index) ?? [];
    return first === undefined || first !== last ? [] : [{ day: isoDate(first), title: slot.parentElement.dataset.deadline }];
  });
  if (events.length === 0) return "Aucune de ces dates n’est connue au jour près : elles dépendent d’une réponse qui manque.";
  download("echeances.ics", "text/calendar", file(events, location.href));
  return "Le fichier echeances.ics est téléchargé. Ouvrez-le pour ajouter les dates à votre agenda.";
}

/** Lists the single answers that would change the conclusion. */
export function changes(root, way) {
  const { tree, voice } = way;
  const line = ({ question, choice, outcomes }) => {
    const { text, choices } = tree.questions[question];
    const words = `${voiced(text, voice)} Si la réponse était «\u00a0${voiced(choices[choice].label, voice)}\u00a0»\u00a0: `;
    return el("li", {}, words, el("strong", { textContent: outcomes.map((other) => voiced(tree.outcomes[other].title, voice)).join("\u00a0; ou ") }));
  };
  const lines = others(way).map(line);
  const box = root.querySelector("[data-changes]");
  box.querySelector("ul").replaceChildren(...lines);
  box.querySelector("p").hidden = lines.length > 0;
}
