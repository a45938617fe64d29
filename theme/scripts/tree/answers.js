// Answers, each under the name of its question: in the fragment, which no server receives, and in this tab.

const parse = (text) => Object.fromEntries(new URLSearchParams(text));
const name = (slug) => `reponses:${slug}`;

function stored(slug) {
  try {
    return parse(sessionStorage.getItem(name(slug)) ?? "");
  } catch {
    return {};
  }
}

/** Whether the address holds answers, rather than an anchor or nothing. */
export const inAddress = () => /^#v=/.test(location.hash);

/** The answers of the address; those kept in the tab complete them when they don't contradict them. */
export function load(slug) {
  const kept = stored(slug);
  if (!inAddress()) return kept;
  const linked = parse(location.hash.slice(1));
  return Object.keys(linked).every((id) => linked[id] === kept[id]) ? kept : linked;
}

/** Keeps all answers in this tab, even those that no longer apply: they may again. */
export function keep(slug, answers) {
  try {
    sessionStorage.setItem(name(slug), String(new URLSearchParams(answers)));
  } catch {
    // Storage is refused: the fragment alone holds them.
  }
}

export function forget(slug) {
  try {
    sessionStorage.removeItem(name(slug));
  } catch {
    // Nothing was kept.
  }
}

/** The fragment of the answers to these questions. */
export function fragment(version, answers, ids) {
  const told = ids.filter((id) => answers[id]).map((id) => [id, answers[id]]);
  return `#${new URLSearchParams([["v", version], ...told])}`;
}
