/** `npm run soak -- [RUNS [FIRST]] [--rule NAME[+NAME]]… [--rules] [--soaks N] [--workers N] [--json] [--write]` */
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { isMainThread, parentPort, Worker } from "node:worker_threads";
import { type SoakRow, spreadOf, tally } from "../../server/src/explore/results.js";
import { writeSoak } from "../explore/results-file.js";
import { searchable } from "../explore/rules.js";
import { soakPlan } from "./plan.js";
import { added, type SoakFigures, type SoakOptions, soak } from "./soak.js";

const USAGE =
  "usage: npm run soak -- [RUNS [FIRST]] [--workers N] [--json]\n" +
  "       npm run soak -- [RUNS [FIRST]] --rule NAME[+NAME]... | --rules [--soaks N] [--json] [--write]\n" +
  "  With a rule off each soak ends with the first run that is wrong; --rules takes every rule that protects safety in turn\n";

/** Runs that a worker makes before it asks for more. */
const CHUNK = 200;
/** Seeds between one soak of a rule and the next. */
const APART = 1_000_000;

function fail(why: string): never {
  process.stderr.write(`${why}\n${USAGE}`);
  process.exit(2);
}

function options() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        rule: { type: "string", multiple: true },
        rules: { type: "boolean", default: false },
        runs: { type: "string" },
        soaks: { type: "string", default: "9" },
        workers: { type: "string", default: String(availableParallelism()) },
        json: { type: "boolean", default: false },
        write: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

function whole(text: string, least: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least) fail(`${text} is no whole number of at least ${least}`);
  return value;
}

async function main(): Promise<void> {
  const { values, positionals } = options();
  const { rule, rules, json, write } = values;
  const runs = whole(values.runs ?? positionals[0] ?? (rule !== undefined || rules ? "2000" : "1000"), 1);
  const first = whole(positionals[1] ?? "1", 0);
  const workers = Array.from({ length: whole(values.workers, 1) }, () => new Soaker());
  const say = (text: string): void => {
    if (!json) process.stdout.write(`${text}\n`);
  };
  try {
    if (rule === undefined && !rules) {
      const figures = await soakAll(workers, first, runs);
      if (json) process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
      tell(figures, first, say);
      process.exitCode = figures.failed.length === 0 ? 0 : 1;
      return;
    }
    const rows: SoakRow[] = [];
    for (const { off } of searchable(rule ?? null, fail)) {
      const row = await soakRule(workers, off, first, runs, whole(values.soaks, 1));
      rows.push(row);
      if (write) writeSoak([row]);
      const what = row.properties.map(({ property, soaks }) => `${property} ${soaks}`).join(", ");
      const median =
        row.runs === null ? "" : `: runs ${row.runs.min} to ${row.runs.max}, median ${row.runs.median}; ${what}`;
      say(`${off.join(" + ")}: ${row.found} of ${row.soaks} soaks of at most ${runs} runs${median}`);
    }
    if (json) process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
  } finally {
    await Promise.all(workers.map((worker) => worker.end()));
  }
}

/** A thread that soaks. */
class Soaker {
  readonly #worker = new Worker(new URL(import.meta.url));

  soak(options: SoakOptions): Promise<SoakFigures> {
    return new Promise((resolve, reject) => {
      this.#worker.once("error", reject);
      this.#worker.once("message", (figures: SoakFigures) => {
        this.#worker.off("error", reject);
        resolve(figures);
      });
      this.#worker.postMessage(options);
    });
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}

/** All seeds, in chunks, by all threads; the figures do not depend on how many there are. */
async function soakAll(workers: readonly Soaker[], first: number, runs: number): Promise<SoakFigures> {
  let next = first;
  let all: SoakFigures | null = null;
  const end = first + runs;
  const work = async (worker: Soaker): Promise<void> => {
    while (next < end) {
      const from = next;
      next = Math.min(end, from + CHUNK);
      const part = await worker.soak({
        first: from,
        count: next - from,
        rulesOff: [],
        untilFailure: false,
        repeatEvery: 50,
      });
      all = all === null ? part : added(all, part);
      for (const { seed, why } of part.failed) process.stderr.write(`seed ${seed}: ${why.join("\n  ")}\n`);
      if (process.stderr.isTTY) process.stderr.write(`\r${all.runs} of ${runs} `);
    }
  };
  await Promise.all(workers.map(work));
  if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
  if (all === null) throw new Error("nothing was soaked");
  return all;
}

/** Some soaks with rules off, each from other seeds on and until something falls. */
async function soakRule(
  workers: readonly Soaker[],
  off: readonly string[],
  first: number,
  mostRuns: number,
  soaks: number,
): Promise<SoakRow> {
  const results: SoakFigures[] = [];
  let next = 0;
  const work = async (worker: Soaker): Promise<void> => {
    while (next < soaks) {
      const number = next;
      next += 1;
      results[number] = await worker.soak({
        first: first + number * APART,
        count: mostRuns,
        rulesOff: off,
        untilFailure: true,
        repeatEvery: 0,
      });
    }
  };
  await Promise.all(workers.map(work));
  const found = results.filter(({ failed }) => failed.length > 0);
  return {
    rulesOff: off,
    soaks,
    found: found.length,
    mostRuns,
    properties: tally(found.map(({ failed }) => failed[0]?.property ?? "")).map(([property, count]) => ({
      property,
      soaks: count,
    })),
    runs: spreadOf(found.map((figures) => figures.runs)),
  };
}

function tell(figures: SoakFigures, first: number, say: (text: string) => void): void {
  const number = (value: number): string => String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ",");
  const [worst] = figures.failed;
  if (worst !== undefined) say(`\nThe scenario of seed ${worst.seed}:\n\n${soakPlan(worst.seed).text}`);
  const passed = figures.runs - figures.failed.length;
  say(
    `${number(passed)} of ${number(figures.runs)} runs (seeds ${first} to ${first + figures.runs - 1}) passed; ` +
      `${number(figures.repeated)} were made twice, with the same hash`,
  );
  say(
    `${number(figures.simulatedEvents)} messages and timers in ${number(figures.virtualSeconds)} s of virtual time, ` +
      `${number(figures.traceEvents)} trace events`,
  );
  say(`${number(figures.operations)} operations, ${number(figures.timeouts)} of them with an unknown outcome`);
  say(`${number(figures.terms)} terms begun`);
}

if (isMainThread) await main();
else parentPort?.on("message", (options: SoakOptions) => parentPort?.postMessage(soak(options)));
