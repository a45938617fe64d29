// What people type, what the index holds, what readers see. Pure: no page, no engine.

/** Words as the index holds them: straight apostrophes (a curly one is no word break for the engine), and no elided
    article, which a page may write in full. */
export function plain(text) {
  return text
    .replace(/[’ʼ]/g, "'")
    .replace(/(^|[\s-])(?:[cdjlmnst]|qu)'/gi, "$1")
    .replace(/\s+/g, " ")
    .trim();
}

/** For comparing: no accents, no capitals, no marks. */
function bare(text) {
  return plain(text)
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
}

/** What the site calls the words typed: « caution » gives « dépôt de garantie ». Plurals in -s count. */
export function related(query, synonyms) {
  const singular = (text) => bare(text).split(" ").map((word) => word.replace(/s$/, "")).join(" ");
  const words = ` ${singular(query)} `;
  const known = synonyms.filter(({ mots }) => mots.some((word) => words.includes(` ${singular(word)} `)));
  const names = known.map(({ cherche }) => cherche).filter((name) => !words.includes(` ${singular(name)} `));
  return [...new Set(names)];
}

/** Several lists of results as one: each page once, at its best score. The first list leads. */
export function merged(lists) {
  const best = new Map();
  lists.forEach((list, index) => {
    for (const one of list) {
      const score = one.score * (index === 0 ? 1 : 0.9);
      if (!best.has(one.id) || best.get(one.id).score < score) best.set(one.id, { score, one });
    }
  });
  return [...best.values()].sort((a, b) => b.score - a.score).map(({ one }) => one);
}

const ENTITIES = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&#x27;": "'", "&amp;": "&" };

/** Words of the index as readers see them: curly apostrophes set back, entities read. Plain text. */
export function shown(text) {
  return text.replace(/&(?:lt|gt|quot|amp|#39|#x27);/g, (entity) => ENTITIES[entity]).replace(/(\p{L})'/gu, "$1’");
}

// Words that say nothing of what is searched.
const EMPTY = new Set("avec ces dans des elle est les leur mais mes mon nos notre par pas plus pour que qui sans ses son sont sur une vos votre vous".split(" "));

/** Words worth showing in an excerpt: those typed and those that the site says instead, without « de », « la »… */
export function sought(texts) {
  const words = texts.flatMap((text) => bare(text).split(" "));
  return words.filter((word) => word.length > 2 && !EMPTY.has(word));
}

/** Whether a word of an excerpt is one of these, in whatever form: the engine also marks « délai » for « de ». */
function isSought(piece, words) {
  return bare(piece).split(" ").some((found) =>
    words.some((word) => {
      const stem = word.slice(0, Math.max(4, word.length - 2));
      return word.length < 4 ? found === word : found.startsWith(stem);
    }),
  );
}

/** An excerpt in pieces of plain text; `found` is what the engine put inside <mark> and is one of the words sought. */
export function pieces(text, words) {
  return text
    .split(/<\/?mark>/)
    .map((piece, index) => ({ text: shown(piece), found: index % 2 === 1 && isSought(piece, words) }))
    .filter(({ text }) => text !== "");
}

const KINDS = [
  ["/guides/", "Guide"],
  ["/diagnostics/", "Diagnostic"],
  ["/courriers/", "Courrier"],
  ["/glossaire/", "Glossaire"],
  ["/communes/", "Commune"],
  ["/questions-frequentes/", "Questions fréquentes"],
];

/** What kind of page an address is. */
export function kind(address) {
  return KINDS.find(([start]) => address.startsWith(start))?.[1] ?? "Page";
}
