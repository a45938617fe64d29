// A question, with script: the form takes the place of the links; each question stays a page with its address.

import { faulty, fill, read } from "./form.js";
import { hash, idOf, next, questionAddress, recap, root, route, save, say, take, texts } from "./session.js";
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
    say(`${root.dataset.astray} `, el("a", { href: next(way), textContent: root.dataset.back }));
  }
}

async function submit(form) {
  const text = read(form);
  let fault = take(id, text);
  if (fault) {
    try {
      // What reads a loose writing and shows errors comes with the first of them.
      const { normal, show } = await import(root.dataset.submitScript);
      fault = take(id, normal(form.dataset.kind, text));
      if (fault) return show(root, form.dataset[fault], faulty(form));
    } catch {
      return say(form.dataset[fault]);
    }
  }
  const after = route();
  save(after);
  location.assign(next(after));
}
