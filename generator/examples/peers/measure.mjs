// Runs a program to its end, and reads what it cost.

import { spawn } from "node:child_process";
import { readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";

/** Runs of each measure. */
const RUNS = Number(process.env.RUNS ?? 3);
/** Between two readings of the memory, milliseconds. */
const PAUSE = 5;
/** After this long a run is lost, milliseconds. */
const PATIENCE = 600_000;

/**
 * The median run: seconds, peak in KiB, and what was written.
 * `command` is `{ program, arguments, folder, out }`; `out` is removed before each run, so that each is a cold build.
 */
export async function median(command) {
  const all = [];
  for (let run = 0; run < RUNS; run += 1) {
    rmSync(command.out, { recursive: true, force: true });
    all.push(await once(command));
  }
  all.sort((one, other) => one.seconds - other.seconds);
  return { ...all[Math.floor(RUNS / 2)], ...weight(command.out) };
}

function once({ program, arguments: words, folder }) {
  return new Promise((done, failed) => {
    const start = performance.now();
    const child = spawn(program, words, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    const listen = (bytes) => { said = (said + bytes).slice(-4_000); };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    let peak = 0;
    const watch = setInterval(() => { peak = Math.max(peak, highWater(child.pid)); }, PAUSE);
    const limit = setTimeout(() => child.kill("SIGKILL"), PATIENCE);
    let seconds = 0;
    child.on("error", failed);
    child.on("exit", () => { seconds = (performance.now() - start) / 1_000; clearInterval(watch); clearTimeout(limit); });
    // Its streams end after it: what it said last is what explains a failure.
    child.on("close", (status, signal) => {
      if (status === 0) done({ seconds, peak });
      else failed(new Error(`${program} ${words.join(" ")} ended with ${status ?? signal}:\n${said}`));
    });
  });
}

/** Most memory that a process and those it started held so far, KiB; 0 when the system does not tell. */
function highWater(process) {
  try {
    const peak = Number(readFileSync(`/proc/${process}/status`, "utf8").match(/^VmHWM:\s+(\d+) kB/m)?.[1] ?? 0);
    const children = readFileSync(`/proc/${process}/task/${process}/children`, "utf8").split(" ").filter(Boolean);
    return children.reduce((sum, child) => sum + highWater(child), peak);
  } catch {
    return 0;
  }
}

/** Files below a folder, and their bytes. */
function weight(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const bytes = entries.reduce((sum, entry) => sum + statSync(join(entry.parentPath ?? entry.path, entry.name)).size, 0);
  return { files: entries.length, bytes };
}
