// The frame of a page of ours (head, header, footer, dialogue), cut where a template has something of its own to say,
// so that pages of peers bear the same bytes around the same words.

import { cpSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Each piece of the frame: its name, from where, to where, in the order of the page. */
const PIECES = [
  ["start", "<!DOCTYPE", "  <title>"],
  ["head", '  <meta name="format-detection"', '          <li class="fr-nav__item">'],
  ["middle", '        </ul>\n      </nav>\n      <div class="fr-header__menu-links">', '      <li><a class="fr-breadcrumb__link"'],
  ["main", "    </ol>\n  </div>\n</nav>", '<article class="ml-guide">'],
  ["useful", '    <aside class="ml-useful', '    <footer class="ml-sources"'],
  ["sources", '      <p class="ml-meta">Ce guide informe', "    </footer>"],
  ["end", '</div>\n<p class="fr-container ml-top"', null],
];

/** What the template languages of peers would take for theirs. */
const SPOKEN = /\{\{|\{%|\{#/;

/** The pieces of the frame of one built page. */
export function frame(page) {
  const html = readFileSync(page, "utf8");
  let at = 0;
  const found = (words) => {
    const place = html.indexOf(words, at);
    if (place < 0) throw new Error(`${page} has no « ${words.trim()} » any more: cut the frame elsewhere, in frame.mjs`);
    return place;
  };
  const pieces = {};
  for (const [name, from, to] of PIECES) {
    at = found(from);
    const end = to === null ? html.length : found(to);
    pieces[name] = html.slice(at, end);
    at = end;
  }
  const spoken = Object.keys(pieces).find((name) => SPOKEN.test(pieces[name]));
  if (spoken) throw new Error(`${page}: the piece « ${spoken} » would be read as a template`);
  return pieces;
}

/** Copies the templates of a peer, each line `[[name]]` replaced with that piece of the frame. */
export function copy(from, to, pieces) {
  cpSync(from, to, { recursive: true });
  for (const entry of readdirSync(to, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(html|njk)$/.test(entry.name)) continue;
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const text = readFileSync(path, "utf8").replace(/^\[\[(\w+)\]\]\n/gm, (line, name) => {
      if (!(name in pieces)) throw new Error(`${path}: no piece « ${name} »`);
      return pieces[name];
    });
    writeFileSync(path, text);
  }
}
