// Bundles and minifies the scripts of the site: one file for each module that no other imports.
//
// They come out in node_modules/.scripts (never committed) beside `sources.json`, the SHA-256 of every source.
// The generator publishes them while those sums hold; otherwise it publishes the sources, which work the same
// and weigh more, and says so.

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { build } from "esbuild";

const theme = import.meta.dirname;
const folder = join(theme, "scripts");
const out = join(theme, "node_modules", ".scripts");

const sources = readdirSync(folder, { recursive: true })
  .filter((name) => name.endsWith(".js"))
  .map((name) => join(folder, name))
  .sort();
const texts = new Map(sources.map((path) => [path, readFileSync(path, "utf8")]));
const imported = new Set(
  [...texts].flatMap(([path, text]) =>
    [...text.matchAll(/(?:from|import)\s*\(?\s*["'](\.[^"']+)["']/g)].map((found) => resolve(dirname(path), found[1])),
  ),
);

rmSync(out, { recursive: true, force: true });
await build({
  entryPoints: sources.filter((path) => !imported.has(path)),
  outdir: out,
  outbase: folder,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
});

const sums = Object.fromEntries(
  [...texts].map(([path, text]) => [relative(folder, path), createHash("sha256").update(text).digest("hex")]),
);
mkdirSync(out, { recursive: true });
writeFileSync(join(out, "sources.json"), `${JSON.stringify(sums, null, 1)}\n`);
