// The corpus as peers can read it: the same Markdown, under the front matter that each of them wants.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** The guides of a corpus of ours, in the order of their names. */
export function guides(folder) {
  const place = join(folder, "content/guides");
  const names = readdirSync(place).filter((name) => name.endsWith(".md")).sort();
  if (names.length < 3) throw new Error(`${place}: at least 3 guides are needed to compare`);
  return names.map((name, position) => guide(readFileSync(join(place, name), "utf8"), name, position));
}

function guide(text, name, position) {
  const [, head, body] = text.split(/^---\n/m, 3);
  const value = (key) => {
    const line = head.match(new RegExp(`^${key}: (.+)$`, "m"));
    if (!line) throw new Error(`${name} has no « ${key} »`);
    return line[1];
  };
  return {
    slug: name.replace(/\.md$/, ""),
    title: value("titre"),
    description: value("description"),
    answer: value("reponse"),
    date: value("revue_le"),
    // Peers take a weight of 0 for none.
    weight: position + 1,
    body: plain(body),
  };
}

/** Markdown that every peer reads alike: the lines that open and close our directives go, what is inside stays. */
function plain(body) {
  return body.replace(/^:::.*\n/gm, "");
}

/** Front matter in YAML; JSON strings are YAML strings. */
export function yaml(pairs) {
  return `---\n${Object.entries(pairs).map(([key, value]) => `${key}: ${written(key, value)}\n`).join("")}---\n`;
}

/** A date is not a string, neither in YAML nor in TOML. */
export function written(key, value) {
  return key === "date" ? value : JSON.stringify(value);
}
