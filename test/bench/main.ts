/** `npm run bench [-- --json] [-- --quick]`: see docs/performance.md. */
import {
  CASES,
  type Case,
  caseName,
  measureGrowth,
  measureKeystroke,
  measureProposals,
  measureRun,
  measureSearch,
  measureSeeks,
} from "./cases.js";
import { measureDiagram } from "./diagram.js";
import { type HistoryFigures, measureColdHistories, measureHistories, ONLY_HISTORIES, slowest } from "./histories.js";
import { calibrate, median } from "./measure.js";
import { measureEditor, measureServer } from "./server-rows.js";
import { addStoreRows } from "./store-rows.js";

const flags = new Set(process.argv.slice(2));
if (flags.has(ONLY_HISTORIES)) {
  process.stdout.write(`${JSON.stringify(measureHistories())}\n`);
  process.exit(0);
}
const json = flags.has("--json");
const quick = flags.has("--quick");
const RUNS = quick ? 1 : 5;
const EVENTS = quick ? 100_000 : 300_000;
const LONG = quick ? 400_000 : 1_500_000;
const PROPOSALS = quick ? 64_000 : 256_000;
const SEARCHED = quick ? 400_000 : 2_000_000;

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
    `${row.name.padEnd(52)}${showNumber(row.value).padStart(12)} ${row.unit.padEnd(11)}${ratio.padStart(12)}  ${row.aim}`,
  );
};
const heapMb = (): number => {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 1_048_576;
};

/** The median of several measurements of a rate. Machines are busy in turns: each is compared with the loop at its own time. */
const addRate = (name: string, unit: string, aim: string, measure: () => number): void => {
  const all = Array.from({ length: RUNS }, () => {
    const before = calibrate();
    const value = measure();
    return { value, ratio: value / ((before + calibrate()) / 2) };
  });
  const ratio = median(all.map((each) => each.ratio));
  add({ name, value: median(all.map(({ value }) => value)), unit, ratio, aim });
};

// Everything once without looking: what is measured is compiled code.
calibrate();
for (const which of CASES) measureRun(which, 40_000);
measureProposals(3, 1, 20_000);
measureProposals(3, 32, 20_000);
measureSearch(3, 100_000);

const speed = median(Array.from({ length: 5 }, calibrate));
say(`${"".padEnd(52)}${"".padStart(24)}${"of the loop".padStart(12)}  aim`);
add({ name: "calibration loop", value: speed, unit: "steps/s", ratio: 1, aim: "" });

const addCluster = (which: Case): void => {
  const bytes: number[] = [];
  const aim = which.servers <= 7 ? "1,000,000" : "";
  addRate(`${caseName(which)}: events, trace and checks on`, "events/s", aim, () => {
    const { figures } = measureRun(which, EVENTS);
    bytes.push(figures.bytesPerEvent);
    return figures.eventsPerSecond;
  });
  add({ name: `${caseName(which)}: trace`, value: median(bytes), unit: "bytes/event", ratio: null, aim: "48" });
};
for (const which of CASES) addCluster(which);

for (const servers of [3, 5]) {
  const name = `${servers} servers, searching: events, checks on, no trace`;
  addRate(name, "events/s", "2,000,000", () => measureSearch(servers, SEARCHED));
}
for (const atOnce of [1, 32]) {
  const name = `3 servers in memory: proposals, ${atOnce === 1 ? "one after another" : `${atOnce} at a time`}`;
  addRate(name, "commits/s", "150,000", () => measureProposals(3, atOnce, PROPOSALS));
}

const growth = measureGrowth({ servers: 3, load: true }, LONG);
const share = growth.last / growth.first;
add({ name: "a growing run, under load: events", value: growth.events, unit: "events", ratio: null, aim: "" });
add({ name: "a growing run: its first tenth", value: growth.first, unit: "events/s", ratio: null, aim: "" });
add({ name: "a growing run: its last tenth", value: growth.last, unit: "events/s", ratio: null, aim: "" });
add({ name: "a growing run: last tenth of the first", value: share, unit: "", ratio: null, aim: "1" });

const empty = heapMb();
const { run, figures } = measureRun({ servers: 5, load: true }, quick ? 200_000 : 1_000_000);
const full = heapMb();
add({ name: "the long run: events", value: figures.events, unit: "events", ratio: null, aim: "" });
add({ name: "the long run: memory", value: full - empty, unit: "MiB", ratio: null, aim: "" });
const seeks = measureSeeks(run, 100);
const perStep = speed / 1000;
add({ name: "the long run: seek, median", value: seeks.median, unit: "ms", ratio: seeks.median * perStep, aim: "20" });
add({ name: "the long run: seek, slowest of 100", value: seeks.max, unit: "ms", ratio: seeks.max * perStep, aim: "" });
const keystroke = measureKeystroke(2000, quick ? 10 : 40);
add({ name: "keystroke in 2,000 lines: check", value: keystroke, unit: "ms", ratio: keystroke * perStep, aim: "50" });

const others = [
  ...measureDiagram(quick ? 200_000 : 1_000_000, RUNS),
  ...(await measureServer(quick ? 500 : 3000)),
  ...measureEditor(),
];
for (const figure of others) {
  add({ ...figure, ratio: figure.unit === "ms" ? figure.value * perStep : null });
}

const addHistories = (how: string, figures: readonly (HistoryFigures | null)[]): void => {
  const all = figures.filter((each) => each !== null);
  const [first] = all;
  if (first === undefined) {
    say("recorded histories: the folder of the recordings is absent");
    return;
  }
  const { histories, wrong } = first;
  const ms = median(all.map((each) => each.ms));
  const name = `${histories} recorded histories, ${histories - wrong} verdicts right, ${how}`;
  add({ name, value: ms, unit: "ms", ratio: ms * perStep, aim: "300" });
  const worst = slowest(all);
  const worstName = `the slowest of a register, ${how}: ${worst.file}`;
  add({ name: worstName, value: worst.ms, unit: "ms", ratio: worst.ms * perStep, aim: "60" });
};
addHistories(
  "cold",
  Array.from({ length: RUNS }, () => measureColdHistories()),
);
measureHistories(3);
addHistories(
  "warm",
  Array.from({ length: RUNS }, () => measureHistories(5)),
);

addStoreRows(add, () => heapMb() * 1_048_576, quick);

if (json) process.stdout.write(`${JSON.stringify({ node: process.version, rows }, null, 2)}\n`);
