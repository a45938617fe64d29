// Whether a peer did the work that it is measured for: a build that leaves something out would look quick.

import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Entries of the feed. */
const FEED = 20;
/** How far the mean weight of a guide may be from ours, as a part of ours. */
const APART = 0.1;

/** What is missing or wrong in the site that a peer built, as an error with the first faults. */
export function same(name, out, guides, ours) {
  const faults = [
    ...guides.flatMap((guide, at) => guideFaults(read(out, address(guide)), guide, guides[at - 1], guides[at + 1])),
    ...lists(out, guides, guides.length + 2),
  ];
  const theirs = mean(out, guides);
  if (Math.abs(theirs / ours - 1) > APART) faults.push(`a guide weighs ${theirs.toFixed()} bytes, ours ${ours.toFixed()}`);
  refuse(name, faults);
}

/** The same of our own site, which has more lists, and shows no neighbours. */
export function own(out, guides) {
  refuse("ours", [
    ...guides.flatMap((guide) => wordFaults(read(out, address(guide)), guide)),
    ...lists(out, guides),
  ]);
}

/** Mean weight of the page of a guide, bytes. */
export function mean(out, guides) {
  return guides.reduce((sum, guide) => sum + Buffer.byteLength(read(out, address(guide))), 0) / guides.length;
}

function refuse(name, faults) {
  if (faults.length) throw new Error(`${name}: work not equal, ${faults.length} faults:\n${faults.slice(0, 10).join("\n")}`);
}

const address = ({ slug }) => `guides/${slug}/`;

/** A page, or nothing when it was not made: each thing sought in it is then a fault. */
function read(out, path) {
  try {
    return readFileSync(join(out, path, path.endsWith(".xml") ? "" : "index.html"), "utf8");
  } catch {
    return "";
  }
}

function guideFaults(page, guide, previous, next) {
  const linked = (rel) => page.match(new RegExp(`rel="?${rel}"? href="(?:https://exemple\\.fr)?([^"]*)"`))?.[1];
  const expected = (other) => other && `/${address(other)}`;
  const at = (words) => `${guide.slug}: ${words}`;
  const faults = wordFaults(page, guide);
  if (linked("prev") !== expected(previous)) faults.push(at(`previous is ${linked("prev")}`));
  if (linked("next") !== expected(next)) faults.push(at(`next is ${linked("next")}`));
  const menu = between(page, '<ul class="fr-nav__list">', "</ul>");
  if (!/href="\/guides\/" aria-current="true"/.test(menu)) faults.push(at("no menu that says where one is"));
  const trail = between(page, '<ol class="fr-breadcrumb__list">', "</ol>");
  if (!trail.includes('href="/"') || !trail.includes('href="/guides/"') || !trail.includes(`aria-current="page">${guide.title}<`)) faults.push(at("no breadcrumb"));
  return [...faults, ...contentsFaults(page, guide).map(at)];
}

/** The contents name each heading of the second and third level, the third inside the second. */
function contentsFaults(page, guide) {
  const summary = between(page, 'id="sommaire">', "</nav>");
  const named = [...summary.matchAll(/<a [^>]*href="#([^"]+)"[^>]*>/g)].map(([, id]) => id);
  const headings = guide.body.match(/^##+ .+$/gm) ?? [];
  const lost = named.filter((id) => !page.includes(` id="${id}"`) && !page.includes(` id=${id}`));
  const nested = (summary.match(/<(ol|ul)/g) ?? []).length - 1;
  const deep = guide.body.includes("\n### ") ? 1 : 0;
  if (named.length !== headings.length || lost.length || nested !== deep) return [`contents of ${named.length} for ${headings.length} headings, ${nested} nested, ${lost.length} lead nowhere`];
  return [];
}

/** Every word of the source is in the page, in its order. */
function wordFaults(page, guide) {
  const letters = (text) => text.replace(/[^\p{L}\p{N}]/gu, "");
  const prose = between(page, '<div class="ml-prose">', page.includes("ml-neighbours") ? "<nav" : "<aside");
  const shown = letters(prose.replace(/<caption.*?<\/caption>/gs, "").replace(/<[^>]+>/g, "").replace(/&\w+;/g, ""));
  const written = letters(guide.body.replace(/\]\([^)]*\)/g, "").replace(/^\|[ |-]+\|$/gm, ""));
  const faults = shown === written ? [] : [`${guide.slug}: ${shown.length} letters for the ${written.length} of its source`];
  if (!/<table/.test(prose)) faults.push(`${guide.slug}: no table`);
  if (!page.includes(`<title>${guide.title} – Guides – Essai</title>`)) faults.push(`${guide.slug}: no title`);
  if (!page.includes(guide.description) || !page.includes(guide.answer)) faults.push(`${guide.slug}: no description or answer`);
  return faults;
}

/** Section index, map and feed; `pages` when the map must have just as many. */
function lists(out, guides, pages) {
  const faults = [];
  const index = read(out, "guides/");
  const absent = guides.filter((guide) => !index.includes(`href="/${address(guide)}"`));
  if (absent.length) faults.push(`${absent.length} guides are not in the index of their section`);
  const map = (read(out, "sitemap.xml").match(/<loc>/g) ?? []).length;
  if (pages ? map !== pages : map < guides.length) faults.push(`the map has ${map} pages`);
  const feed = (read(out, "nouveautes.xml").match(/<entry>/g) ?? []).length;
  if (feed !== Math.min(FEED, guides.length)) faults.push(`the feed has ${feed} entries`);
  if (!read(out, "").includes('href="/guides/"')) faults.push("no home page");
  return faults;
}

function between(text, from, to) {
  const start = text.indexOf(from);
  if (start < 0) return "";
  const end = text.indexOf(to, start);
  return text.slice(start + from.length, end < 0 ? undefined : end);
}
