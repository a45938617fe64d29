// Hands a text or a document over as a file, without any server.

import { el } from "./dom.js";

/** Downloads a text, or bytes, as the file `name`. */
export function download(name, type, text) {
  const href = URL.createObjectURL(new Blob([text], { type }));
  const link = el("a", { href, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}

/** Copies `text`; says whether it worked. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
