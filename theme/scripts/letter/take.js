// What a press takes away of a letter: its text copied, or a file. Loaded with the first press.

import { copy, download } from "../tree/download.js";
import { TYPE, odt } from "./odt.js";

/** Plain text: no-break spaces are for paper and screens; in a message or a search they are in the way. */
export const plain = (paragraphs) => `${paragraphs.join("\n\n").replace(/[\u00a0\u202f]/g, " ")}\n`;

/** Does it, for the letter on the page; gives back what to say. */
export async function take(kind, root) {
  const paragraphs = [...root.querySelectorAll("[data-sheet] p:not([hidden])")].map((paragraph) => paragraph.innerText.trim());
  if (kind === "copy") {
    const done = await copy(plain(paragraphs));
    return done ? "La lettre est copiée. Collez-la dans un traitement de texte ou un message." : "La copie a été refusée : sélectionnez le texte de la lettre, puis copiez-le.";
  }
  const name = `${root.dataset.slug}.${kind}`;
  if (kind === "odt") download(name, TYPE, odt(root.querySelector("h1").textContent.trim(), paragraphs));
  else download(name, "text/plain;charset=utf-8", `\ufeff${plain(paragraphs).replaceAll("\n", "\r\n")}`);
  return `Le fichier ${name} est téléchargé.`;
}
