// Eleventy: how its site is made and built.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { yaml } from "./corpus.mjs";
import { copy } from "./frame.mjs";

export const eleventy = {
  name: "Eleventy",
  variable: "ELEVENTY",
  command: "eleventy",
  installed: join(import.meta.dirname, "node_modules/@11ty/eleventy/cmd.cjs"),
  version: ["--version"],
  make(guides, home, pieces, folder) {
    copy(join(import.meta.dirname, "eleventy"), folder, pieces);
    const place = join(folder, "content/guides");
    mkdirSync(place, { recursive: true });
    const { title, description } = home;
    writeFileSync(join(folder, "content/index.md"), yaml({ layout: "home.njk", title, description, date: home.date }) + home.body);
    for (const { slug, body, title, description, date, weight, answer } of guides) {
      writeFileSync(join(place, `${slug}.md`), yaml({ title, description, date, weight, answer }) + body);
    }
  },
  build: (folder, out) => ["--quiet", "--config=eleventy.config.mjs", `--output=${out}`],
};
