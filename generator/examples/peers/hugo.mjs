// Hugo: how its site is made and built.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { yaml } from "./corpus.mjs";
import { copy } from "./frame.mjs";

export const hugo = {
  name: "Hugo",
  variable: "HUGO",
  command: "hugo",
  installed: join(import.meta.dirname, "../../../target/peers/hugo/binaries/hugo"),
  version: ["version"],
  make(guides, home, pieces, folder) {
    copy(join(import.meta.dirname, "hugo"), folder, pieces);
    const place = join(folder, "content/guides");
    mkdirSync(place, { recursive: true });
    writeFileSync(join(folder, "content/_index.md"), yaml({ title: home.title, description: home.description }) + home.body);
    writeFileSync(join(place, "_index.md"), yaml({ title: "Guides", description: "Tous les guides." }));
    for (const { slug, body, title, description, date, weight, answer } of guides) {
      writeFileSync(join(place, `${slug}.md`), yaml({ title, description, date, weight, answer }) + body);
    }
  },
  build: (folder, out) => ["build", "--quiet", "--noBuildLock", "--source", folder, "--destination", out, "--cacheDir", join(folder, "cache")],
};
