/** `npm run search -- [--rule NAME[+NAME]]… [--servers N]… [--seeds A..B] [--most EVENTS] [--json] [--write] [--steps]` */
import { parseArgs } from "node:util";
import { type SearchRow, spreadOf, tally } from "../../server/src/explore/results.js";
import { findShortest, searchSeeds } from "./measure.js";
import { writeSearch } from "./results-file.js";
import { searchable } from "./rules.js";

const USAGE =
  "usage: npm run search -- [--rule NAME[+NAME]]... [--servers N]... [--seeds 1..9] [--most EVENTS] [--steps] [--json] [--write]\n" +
  "  --rule none searches correct Raft; without --rule every rule that protects safety is tried\n";

function fail(why: string): never {
  process.stderr.write(`${why}\n${USAGE}`);
  process.exit(2);
}

function options() {
  try {
    return parseArgs({
      options: {
        rule: { type: "string", multiple: true },
        servers: { type: "string", multiple: true },
        seeds: { type: "string", default: "1..9" },
        most: { type: "string", default: "20000000" },
        steps: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
        write: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

const { rule, servers, seeds, most, steps, json, write } = options();
const range = /^(\d+)(?:\.\.(\d+))?$/.exec(seeds);
const first = Number(range?.[1] ?? Number.NaN);
const last = Number(range?.[2] ?? first);
const mostEvents = Number(most);
const sizes = servers?.map(Number) ?? null;
if (!(first <= last)) fail(`--seeds ${seeds} is no range of seeds`);
if (!Number.isInteger(mostEvents) || mostEvents < 1) fail(`--most ${most} is no number of events`);
if (sizes?.some((size) => !Number.isInteger(size) || size < 1 || size > 9)) fail("--servers takes 1 to 9");

const say = (text: string): void => {
  if (!json) process.stdout.write(`${text}\n`);
};
const number = (value: number): string => String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ",");
const seconds = (value: number): string => value.toFixed(value < 10 ? 2 : 1);

const rows: SearchRow[] = [];
for (const { off, servers: usual } of searchable(rule ?? null, fail)) {
  for (const size of sizes ?? usual) {
    const searched = searchSeeds(off, size, first, last, mostEvents);
    const found = searched.filter(({ report }) => report.found !== null);
    const total = searched.reduce((sum, { report }) => sum + report.events, 0);
    const time = searched.reduce((sum, entry) => sum + entry.seconds, 0);
    const row: SearchRow = {
      rulesOff: off,
      servers: size,
      seeds: [first, last],
      mostEvents,
      found: found.length,
      properties: tally(found.map(({ report }) => report.found?.finding.property ?? "")).map(([property, count]) => ({
        property,
        seeds: count,
      })),
      events: spreadOf(found.map(({ report }) => report.events)),
      seconds: spreadOf(found.map((entry) => Math.round(entry.seconds * 1000) / 1000)),
      eventsPerSecond: Math.round(total / Math.max(time, 0.001)),
      shortest: findShortest(off, size, found, mostEvents),
    };
    rows.push(row);
    if (write) writeSearch([row]);
    tell(row);
  }
}
if (json) process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);

function tell(row: SearchRow): void {
  const name = row.rulesOff.length === 0 ? "correct Raft" : row.rulesOff.join(" + ");
  const head = `${name}, ${row.servers} servers: `;
  const speed = `${number(row.eventsPerSecond)} events/s`;
  const { events, seconds: time, shortest, properties } = row;
  if (events === null || time === null) {
    say(`${head}nothing in ${number(row.mostEvents)} events of each of ${last - first + 1} seeds, ${speed}`);
    return;
  }
  say(`${head}${row.found} of ${last - first + 1} seeds, ${properties.map(({ property }) => property).join(", ")}`);
  say(
    `    events ${number(events.min)} to ${number(events.max)}, median ${number(events.median)}; ` +
      `seconds ${seconds(time.min)} to ${seconds(time.max)}, median ${seconds(time.median)}; ${speed}`,
  );
  if (shortest === null) return;
  say(
    `    shortest: ${shortest.property} in ${shortest.events} events, from run ${shortest.run} of seed ${shortest.seed}` +
      (shortest.instantDisk ? "" : ", with writes under way"),
  );
  if (steps) for (const step of shortest.steps) say(`      ${step}`);
}
