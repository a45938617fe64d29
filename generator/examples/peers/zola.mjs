// Zola: how its site is made and built. Nothing installs it: it is used when `ZOLA=` or the path leads to one. Not tried yet.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { written } from "./corpus.mjs";
import { copy } from "./frame.mjs";

/** Front matter in TOML; JSON strings of ordinary words are TOML strings. */
function toml(pairs, extra = {}) {
  const lines = (all) => Object.entries(all).map(([key, value]) => `${key} = ${written(key, value)}\n`).join("");
  return `+++\n${lines(pairs)}${Object.keys(extra).length ? `[extra]\n${lines(extra)}` : ""}+++\n`;
}

export const zola = {
  name: "Zola",
  variable: "ZOLA",
  command: "zola",
  version: ["--version"],
  make(guides, home, pieces, folder) {
    copy(join(import.meta.dirname, "zola"), folder, pieces);
    const place = join(folder, "content/guides");
    mkdirSync(place, { recursive: true });
    writeFileSync(join(folder, "content/_index.md"), toml({ title: home.title, description: home.description }) + home.body);
    writeFileSync(join(place, "_index.md"), toml({ title: "Guides", description: "Tous les guides.", sort_by: "weight" }));
    for (const { slug, body, title, description, date, weight, answer } of guides) {
      writeFileSync(join(place, `${slug}.md`), toml({ title, description, date, weight }, { answer }) + body);
    }
  },
  build: (folder, out) => ["--root", folder, "--config", join(folder, "zola.toml"), "build", "--output-dir", out],
};
