/** `npm run bench [-- --json] [-- --quick]`: see docs/performance.md. */
import { CASES, type Case, measureKeystroke, measureRun, measureSeeks } from "./cases.js";
import { calibrate, median } from "./measure.js";

const flags = new Set(process.argv.slice(2));
const json = flags.has("--json");
const quick = flags.has("--quick");
const RUNS = quick ? 1 : 5;
const EVENTS = quick ? 100_000 : 300_000;
const LONG = quick ? 200_000 : 1_000_000;

interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** Of a rate: its share of the calibration loop's steps a second. Of a time: how many of its steps fit in. */
  readonly ratio: number | null;
  readonly aim: string;
}

const rows: Row[] = [];
const say = (text: string): void => {
  if (!json) process.stdout.write(`${text}\n`);
};
const showNumber = (value: number): string =>
  value >= 1000
    ? String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ",")
    : value.toPrecision(3).replace(/\.?0+$/, "");
const add = (row: Row): void => {
  rows.push(row);
  const ratio = row.ratio === null ? "" : row.ratio.toPrecision(3);
  say(
    `${row.name.padEnd(48)}${showNumber(row.value).padStart(12)} ${row.unit.padEnd(10)}${ratio.padStart(12)}  ${row.aim}`,
  );
};
const heapMb = (): number => {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 1_048_576;
};

// Everything once without looking: what is measured is compiled code.
calibrate();
for (const which of CASES) measureRun(which, 60_000);

const speed = median(Array.from({ length: 5 }, calibrate));
say(`${"".padEnd(48)}${"".padStart(23)}${"of the loop".padStart(12)}  aim`);
add({ name: "calibration loop", value: speed, unit: "steps/s", ratio: 1, aim: "" });

const describe = (which: Case): string => `${which.replace(" ", " servers, ").replace("load", "under load")}`;
for (const which of CASES) {
  const all = Array.from({ length: RUNS }, () => {
    // Machines are busy in turns: each run is compared with the loop at its own time.
    const before = calibrate();
    const { figures } = measureRun(which, EVENTS);
    return { figures, ratio: figures.eventsPerSecond / ((before + calibrate()) / 2) };
  });
  const of = (value: (entry: (typeof all)[number]) => number): number => median(all.map(value));
  const name = describe(which);
  add({
    name: `${name}: events, trace and checks on`,
    value: of(({ figures }) => figures.eventsPerSecond),
    unit: "events/s",
    ratio: of(({ ratio }) => ratio),
    aim: "500,000",
  });
  add({
    name: `${name}: trace`,
    value: of(({ figures }) => figures.bytesPerEvent),
    unit: "bytes/event",
    ratio: null,
    aim: "64",
  });
}

const empty = heapMb();
const { run, figures } = measureRun("5 load", LONG);
const full = heapMb();
add({ name: "the long run: events", value: figures.events, unit: "events", ratio: null, aim: "" });
add({ name: "the long run: memory", value: full - empty, unit: "MiB", ratio: null, aim: "" });
const seeks = measureSeeks(run, 100);
const perStep = speed / 1000;
add({ name: "the long run: seek, median", value: seeks.median, unit: "ms", ratio: seeks.median * perStep, aim: "20" });
add({ name: "the long run: seek, slowest of 100", value: seeks.max, unit: "ms", ratio: seeks.max * perStep, aim: "" });
const keystroke = measureKeystroke(2000, quick ? 10 : 40);
add({ name: "keystroke in 2,000 lines: check", value: keystroke, unit: "ms", ratio: keystroke * perStep, aim: "50" });

if (json) process.stdout.write(`${JSON.stringify({ node: process.version, rows }, null, 2)}\n`);
