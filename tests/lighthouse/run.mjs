// Lighthouse on one page of each kind, as a phone sees it: five runs each, medians, and a failure below the aims.
// `make lighthouse` builds the site first. RUNS=1 for a quick look.

import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import * as chrome from "chrome-launcher";
import lighthouse from "lighthouse";

const RUNS = Number(process.env.RUNS ?? 5);
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
/** Least score of each category, in percent. */
const AIMS = { performance: 98, accessibility: 100, "best-practices": 100, seo: 100 };
const PAGES = {
  accueil: "/",
  guide: "/guides/depot-de-garantie/",
  question: "/diagnostics/depot-de-garantie/q/bail/",
  résultat: "/diagnostics/depot-de-garantie/resultat/mise-en-demeure/",
  formulaire: "/saisine",
};

const root = resolve(import.meta.dirname, "../..");
const dist = process.env.SITE ?? join(root, "dist");

/** Starts the service on a private database; gives back its address and how to stop it. */
async function serve() {
  const folder = mkdtempSync(join(tmpdir(), "lighthouse-"));
  const settings = {
    ML_LISTEN: "127.0.0.1:0",
    ML_SITE_DIR: dist,
    ML_DATABASE_URL: `sqlite://${join(folder, "outbox.db")}`,
    ML_MAILBOX: join(folder, "mailbox"),
    ML_MAIL_FROM: "essai@service.test",
    ML_ROUTES: "93=cdc93@commission.test",
  };
  const service = spawn(join(root, "target/debug/form-api"), ["serve"], { env: { ...process.env, ...settings }, cwd: folder });
  const origin = await new Promise((found, failed) => {
    const listen = (bytes) => {
      const address = String(bytes).match(/http:\/\/127\.0\.0\.1:\d+/);
      if (address) found(address[0]);
    };
    service.stdout.on("data", listen);
    service.stderr.on("data", listen);
    service.on("exit", (status) => failed(new Error(`form-api stopped with ${status}`)));
  });
  return { origin, stop: () => { service.removeAllListeners("exit"); service.kill(); rmSync(folder, { recursive: true, force: true }); } };
}

/** A page that asks not to be indexed (a question) is right to: that one audit is not for it. */
function audits(path) {
  const file = path === "/saisine" ? ".service/shell.html" : `${path}index.html`;
  return readFileSync(join(dist, file), "utf8").includes('content="noindex"') ? ["is-crawlable"] : [];
}

async function measure(url, skipAudits) {
  const browser = await chrome.launch({
    chromePath: process.env.CHROME_PATH ?? "/usr/bin/chromium",
    chromeFlags: ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
  });
  try {
    const { lhr } = await lighthouse(url, { port: browser.port, onlyCategories: CATEGORIES, skipAudits, logLevel: "error" });
    return lhr;
  } finally {
    await browser.kill();
  }
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

const service = await serve();
let short = 0;
console.log(`médianes de ${RUNS} mesures : ${CATEGORIES.join(", ")}`);
for (const [name, path] of Object.entries(PAGES)) {
  const skipped = audits(path);
  const runs = [];
  for (let run = 0; run < RUNS; run += 1) runs.push(await measure(service.origin + path, skipped));
  const scores = CATEGORIES.map((category) => Math.round(100 * median(runs.map((run) => run.categories[category].score))));
  const note = skipped.length > 0 ? " (page hors index, voulu)" : "";
  console.log(`${name} : ${scores.join(", ")}${note}`);
  CATEGORIES.forEach((category, at) => {
    if (scores[at] >= AIMS[category]) return;
    short += 1;
    const refs = runs[0].categories[category].auditRefs.filter(({ weight }) => weight > 0);
    for (const { id } of refs) {
      const audit = runs[0].audits[id];
      if (audit.score !== null && audit.score < 0.9) console.log(`   ${category} : ${id} ${audit.displayValue ?? audit.title}`);
    }
  });
}
service.stop();
process.exitCode = short > 0 ? 1 : 0;
