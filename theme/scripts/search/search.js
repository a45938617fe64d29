// The search page: reads `?q=` and `?page=`, asks the index, shows what it found.
//
// The engine (Pagefind) and the parts of the index are files of this site, loaded only when there is something to
// search: the words never leave the device, except in the address of this page. Each page of results is a plain link.

import { kind, merged, pieces, plain, related, shown, sought } from "./words.js";

const PER_PAGE = 10;
const root = document.querySelector("[data-search]");
const part = (name) => root.querySelector(`[data-${name}]`);
const status = part("status");
const parameters = new URLSearchParams(location.search);
const query = (parameters.get("q") ?? "").trim();
const page = Math.max(1, Number.parseInt(parameters.get("page") ?? "1", 10) || 1);

/** Loads the engine and the synonyms; the site's language is that of the page. */
async function load() {
  const [engine, synonyms] = await Promise.all([
    import(new URL("pagefind.js", new URL(root.dataset.index, location.href))),
    fetch(root.dataset.synonyms).then((answer) => (answer.ok ? answer.json() : [])),
  ]);
  await engine.init();
  return { engine, synonyms };
}

/** Pages that hold all the words, or what the site calls them; failing that, pages that hold some of them. */
async function find({ engine, synonyms }) {
  const words = plain(query);
  const others = related(words, synonyms);
  const search = async (text) => (await engine.search(text)).results;
  const whole = merged(await Promise.all([words, ...others.map(plain)].map(search)));
  const parts = words.split(" ").filter((word) => word.length > 3);
  if (whole.length > 0 || parts.length < 2) return { found: whole, others, partial: false };
  return { found: merged(await Promise.all(parts.map(search))), others, partial: true };
}

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** One result: its kind, its title which is the link, the words around what was found, the parts of the page. */
function result(data, words) {
  const title = element("h3", { className: "ml-results__title" }, element("a", { href: data.url, textContent: shown(data.meta.title) }));
  const item = element("li", {}, element("p", { className: "ml-results__kind", textContent: kind(data.url) }), title);
  const marked = pieces(data.excerpt, words).map(({ text, found }) => (found ? element("mark", { textContent: text }) : text));
  item.append(element("p", { className: "ml-results__text" }, ...marked));
  const parts = data.sub_results.filter((sub) => sub.url.includes("#")).slice(0, 3);
  if (parts.length > 0) {
    const links = parts.map((sub) => element("li", {}, element("a", { href: sub.url, textContent: shown(sub.title) })));
    item.append(element("ul", { className: "ml-results__parts" }, ...links));
  }
  return item;
}

function address(number) {
  const parameters = new URLSearchParams({ q: query });
  if (number > 1) parameters.set("page", number);
  return `?${parameters}`;
}

/** Links to the pages of results; the current one says so and leads nowhere. */
function pagination(pages, current) {
  const nav = part("results").querySelector("nav");
  nav.hidden = pages < 2;
  const link = (number, label, title, kindOf = "") => {
    const made = element("a", { className: `fr-pagination__link ${kindOf}`.trim(), textContent: label, title });
    if (number === current) made.setAttribute("aria-current", "page");
    else made.href = address(number);
    return element("li", {}, made);
  };
  const items = [];
  if (current > 1) items.push(link(current - 1, "Page précédente", "Page précédente", "fr-pagination__link--prev"));
  for (let number = 1; number <= pages; number += 1) items.push(link(number, String(number), `Page ${number}`));
  if (current < pages) items.push(link(current + 1, "Page suivante", "Page suivante", "fr-pagination__link--next"));
  nav.querySelector("ul").replaceChildren(...items);
}

function count(number) {
  return number === 0 ? "Aucun résultat" : number === 1 ? "1 résultat" : `${number} résultats`;
}

async function show() {
  status.textContent = "Recherche en cours…";
  const { found, others, partial } = await find(await load());
  const pages = Math.max(1, Math.ceil(found.length / PER_PAGE));
  const current = Math.min(page, pages);
  const where = pages > 1 ? `, page ${current} sur ${pages}` : "";
  const also = others.length > 0 ? ` Recherche faite aussi avec ${others.map((other) => `« ${other} »`).join(" et ")}.` : "";
  const some = partial && found.length > 0 ? " Aucune page n’a tous ces mots : celles-ci en ont une partie." : "";
  const chosen = found.slice((current - 1) * PER_PAGE, current * PER_PAGE);
  const words = sought([query, ...others]);
  const datas = await Promise.all(chosen.map((one) => one.data()));
  part("results").querySelector("ol").replaceChildren(...datas.map((data) => result(data, words)));
  part("results").querySelector("ol").start = (current - 1) * PER_PAGE + 1;
  part("results").hidden = found.length === 0;
  part("none").hidden = found.length > 0;
  part("all").hidden = found.length > 0;
  const suggestions = part("suggestions");
  if (suggestions) suggestions.hidden = found.length > 0;
  pagination(pages, current);
  status.textContent = `${count(found.length)} pour « ${query} »${where}.${some}${also}`;
}

function start() {
  for (const field of document.querySelectorAll("input[name=q]")) field.value = query;
  if (query === "") return;
  document.title = `« ${query} »${page > 1 ? `, page ${page}` : ""} – ${document.title}`;
  show().catch((error) => {
    console.error(error);
    status.textContent = "La recherche n’a pas pu se faire. Réessayez, ou cherchez dans la liste de toutes les pages.";
  });
}

start();
