// How long other generators take for the same guides and equal work, beside ours: `make bench-peers`.
//
// `node peers.mjs SITES [GUIDES …]`: SITES is our measuring program (`generator/examples/sites`), GUIDES the sizes.
// `HUGO=`, `ELEVENTY=` and `ZOLA=` lead to the programs of peers; otherwise the installed Eleventy and PATH are tried.
// Files are on a memory disk when there is one; `KEEP=1` leaves them there, to look at. `RUNS=1` for a quick look.

import { execFileSync } from "node:child_process";
import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, cpus, loadavg, tmpdir, totalmem } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { mean, own, same } from "./check.mjs";
import { guides as read } from "./corpus.mjs";
import { eleventy } from "./eleventy.mjs";
import { frame } from "./frame.mjs";
import { hugo } from "./hugo.mjs";
import { median } from "./measure.mjs";
import { zola } from "./zola.mjs";

const ROOT = resolve(import.meta.dirname, "../../..");
const HOME = { title: "Accueil", description: "Accueil, en bref.", date: "2026-01-01", body: "\n[Guides](/guides/)\n" };

/** The words that start a peer here: its program, and the script that it runs, if any. None when it is not here. */
function found(peer) {
  const given = process.env[peer.variable];
  const places = given?.includes("/") ? [resolve(given)] : (process.env.PATH ?? "").split(delimiter).map((place) => join(place, given || peer.command));
  if (!given && peer.installed) places.unshift(peer.installed);
  const place = places.find(runs);
  if (given && !place) throw new Error(`${peer.variable}=${given}: no such program`);
  if (!place) return null;
  return /\.[cm]?js$/.test(place) ? [process.execPath, place] : [place];
}

function runs(place) {
  try {
    accessSync(place, place.endsWith("js") ? constants.R_OK : constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** What a peer says of its version, its number alone. */
function version(peer, [program, ...words]) {
  const said = execFileSync(program, [...words, ...peer.version], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  return said.match(/\d+\.\d+\.\d+/)?.[0] ?? "?";
}

function row(size, what, one, limit, ours) {
  const ratio = (other) => (one.seconds / other.seconds).toFixed(1);
  const cells = [size, what, `${one.seconds.toFixed(3)} s`, ratio(limit), ratio(ours), `${(one.peak / 1024).toFixed()} MiB`, one.files, `${(one.bytes / 2 ** 20).toFixed(1)} MiB`];
  console.log(`| ${cells.join(" | ")} |`);
}

/** Measures every peer, and ours, on a corpus of this size. */
async function compare(sites, size, peers, place) {
  const corpus = join(place, "corpus");
  execFileSync(sites, ["corpus", corpus, String(size)], { cwd: ROOT });
  const guides = read(corpus);
  const built = join(corpus, "stages");
  const ours = await median({ program: sites, arguments: ["stages", corpus, "equal"], folder: place, out: built });
  own(built, guides);
  const weight = mean(built, guides);
  const least = join(place, "limit");
  const limit = await median({ program: sites, arguments: ["limit", corpus, least], folder: place, out: least });
  row(size, "limit: read, parse, write our bytes", limit, limit, ours);
  row(size, "ours, equal work", ours, limit, ours);
  const pieces = frame(join(built, "guides", guides[0].slug, "index.html"));
  for (const { peer, words, name } of peers) {
    const folder = join(place, peer.command);
    mkdirSync(folder);
    peer.make(guides, HOME, pieces, folder);
    const out = join(folder, "out");
    const [program, ...before] = words;
    const measured = await median({ program, arguments: [...before, ...peer.build(folder, out)], folder, out });
    same(name, out, guides, weight);
    row(size, name, measured, limit, ours);
    if (!process.env.KEEP) rmSync(folder, { recursive: true });
  }
}

async function main([program, ...sizes]) {
  if (!program || sizes.some((size) => !/^\d+$/.test(size))) throw new Error("node peers.mjs SITES [GUIDES …]");
  const peers = [];
  for (const peer of [zola, hugo, eleventy]) {
    const words = found(peer);
    if (words) peers.push({ peer, words, name: `${peer.name} ${version(peer, words)}` });
    else console.error(`${peer.name} is not here, and is left out: ${peer.variable}= leads to it.`);
  }
  if (!peers.length) throw new Error("no peer is here to compare with");
  console.log(`${availableParallelism()} cores (${cpus()[0]?.model}), ${(totalmem() / 2 ** 30).toFixed()} GiB, load ${loadavg()[0].toFixed(1)} before.\n`);
  console.log("| Guides | What | Median | Beside the limit | Beside ours | Peak memory | Files | Written |\n|---|---|---|---|---|---|---|---|");
  for (const size of sizes.length ? sizes.map(Number) : [1_000, 10_000]) {
    const place = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "peers-"));
    try {
      await compare(resolve(program), size, peers, place);
    } finally {
      if (process.env.KEEP) console.error(`Left in ${place}.`);
      else rmSync(place, { recursive: true, force: true });
    }
  }
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
