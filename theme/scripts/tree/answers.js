// Answers as texts, by question: in the fragment, which no server receives, and in this tab.

const parse = (text) => Object.fromEntries(new URLSearchParams(text));
const name = (slug) => `reponses:${slug}`;

/** `v=…&profil=locataire&…`, of these ids or of all. */
export const query = (texts, ids = Object.keys(texts)) =>
  ids.filter((id) => texts[id]).map((id) => `${id}=${encodeURIComponent(texts[id])}`).join("&");

/** Whether this tab holds answers to this questionnaire. */
export const kept = (slug) => Object.keys(stored(slug)).length > 0;

function stored(slug) {
  try {
    return parse(sessionStorage.getItem(name(slug)) ?? "");
  } catch {
    return {};
  }
}

/** Whether the address holds answers, rather than an anchor or nothing. */
export const inAddress = () => location.hash.startsWith("#v=");

/** The answers of the address; those kept in the tab complete them when they don't contradict them. */
export function load(slug) {
  const before = stored(slug);
  if (!inAddress()) return before;
  const linked = parse(location.hash.slice(1));
  return Object.keys(linked).every((id) => linked[id] === before[id]) ? before : linked;
}

/** Keeps all answers in this tab, even those that no longer apply: they may again. */
export function keep(slug, texts) {
  try {
    sessionStorage.setItem(name(slug), query(texts));
  } catch {
    // Storage is refused: the fragment alone holds them.
  }
}

/** Forgets the answers, and what was typed in letters. */
export function forget(slug) {
  try {
    sessionStorage.removeItem(name(slug));
    sessionStorage.removeItem("lettre");
  } catch {
    // Nothing was kept.
  }
}

/** Today where the reader is, as the engine counts days. */
export function today() {
  const now = new Date();
  return Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) / 864e5;
}
