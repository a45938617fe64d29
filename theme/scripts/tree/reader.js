// A question, with script: the form takes the place of the links; each question stays a page with its address.

import { faulty, fill, read } from "./form.js";
import { hash, idOf, next, outdated, questionAddress, recap, root, route, save, say, take, texts } from "./session.js";
import { el } from "./dom.js";

const id = root.dataset.question;
const way = route();
const place = [...way.asked, way.question].map(idOf).indexOf(id);
const address = questionAddress(id, way);

if (place >= 0 && address !== location.pathname) location.replace(address + hash(way));
else start();

function start() {
  root.querySelector("[data-static]").replaceWith(root.querySelector("template[data-form]").content);
  const form = root.querySelector("form");
  if (texts[id]) fill(form, texts[id]);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(form);
  });
  tell();
  recap(way);
}

/** The number of the question, the way back, and what the person must know before answering. */
function tell() {
  if (place >= 0) {
    save(way);
    root.querySelector("[data-number]").textContent = `Question ${place + 1}`;
    const before = idOf(way.asked[place - 1]);
    const link = root.querySelector("[data-previous]");
    if (before) {
      link.href = questionAddress(before, way) + hash(way);
      link.textContent = "Question précédente";
    }
  } else {
    say("Vos réponses actuelles ne mènent pas à cette question. ", el("a", { href: next(way), textContent: "Revenir à votre parcours" }));
  }
  if (outdated) say("Le questionnaire a changé depuis vos réponses. Vérifiez-les ci-dessous avant de continuer.");
}

async function submit(form) {
  const fault = take(id, read(form));
  if (!fault) {
    const after = route();
    save(after);
    location.assign(next(after));
    return;
  }
  const message = form.dataset[fault];
  try {
    // What shows errors comes with the first one.
    (await import(root.dataset.errorsScript)).show(root, message, faulty(form));
  } catch {
    say(message);
  }
}
