import { search } from "../../server/src/explore/search.js";
import { analyze } from "../../server/src/language/check.js";
import { CORRECT_RAFT } from "../../server/src/raft/types.js";
import { ScenarioRun } from "../../server/src/scenario/run.js";
import { RandomStream } from "../../server/src/sim/random.js";
import { longFile } from "../protocol/long-file.js";
import { NodesAlone } from "../raft/nodes-alone.js";
import { scenarioOf } from "../support/scenarios.js";
import { median, timed } from "./measure.js";

/** A cluster that is measured: so many servers, left alone or with clients. */
export interface Case {
  readonly servers: number;
  readonly load: boolean;
}

/** The clusters that are measured. */
export const CASES: readonly Case[] = [
  ...[3, 5, 7].flatMap((servers) => [
    { servers, load: false },
    { servers, load: true },
  ]),
  { servers: 31, load: false },
  { servers: 101, load: false },
];

/** What a case is called. */
export function caseName({ servers, load }: Case): string {
  return `${servers} servers, ${load ? "under load" : "idle"}`;
}

/** The clients' operations a second under load. */
const RATE = 2500;

/** Events of one second of a cluster's time: idle, heartbeats and their answers; loaded, mostly what operations need. */
function eventsPerSecond({ servers, load }: Case): number {
  return load ? RATE * (2.8 * servers - 1.2) : (servers - 1) * 40 + 25;
}

/** A scenario of about `events` delivered messages and fired timers. */
export function scenarioText(which: Case, events: number): string {
  const seconds = Math.max(1, Math.round(events / eventsPerSecond(which)));
  const steps = which.load
    ? `  workload load for ${seconds}s { clients 32; keys k1..k16; rate ${RATE}/s; mix put 50% get 40% cas 10% }\n  await load`
    : `  wait ${seconds}s`;
  return `cluster {
  nodes s1..s${which.servers}
  clients alice
}

scenario "bench" {
  seed 1
  await leader within 10s
${steps}
}
`;
}

/** What one run shows. */
export interface RunFigures {
  readonly events: number;
  readonly eventsPerSecond: number;
  readonly bytesPerEvent: number;
}

/** Runs a scenario with trace and checks on. */
export function measureRun(which: Case, events: number): { readonly figures: RunFigures; readonly run: ScenarioRun } {
  const { scenario, text } = scenarioOf(scenarioText(which, events));
  const run = new ScenarioRun(scenario, text);
  const { seconds } = timed(() => run.finish());
  passed(run, which);
  const { world, log } = run.recording;
  const { simulatedEvents } = world;
  return {
    figures: {
      events: simulatedEvents,
      eventsPerSecond: simulatedEvents / seconds,
      bytesPerEvent: log.usedBytes / simulatedEvents,
    },
    run,
  };
}

/** How the rate changes while a run and its logs grow. */
export interface GrowthFigures {
  readonly events: number;
  /** Events a second in the first tenth of the run, and in the last before the checks at the end. */
  readonly first: number;
  readonly last: number;
}

/** Queue items between two looks at the clock: enough that looking costs nothing. */
const SLICE = 20_000;

/** Compares the first and the last tenth of a run. */
export function measureGrowth(which: Case, events: number): GrowthFigures {
  const { scenario, text } = scenarioOf(scenarioText(which, events));
  const run = new ScenarioRun(scenario, text);
  const { world } = run.recording;
  const slices: { readonly events: number; readonly seconds: number }[] = [];
  while (run.report === null) {
    const before = world.simulatedEvents;
    const { seconds } = timed(() => run.advance(SLICE));
    slices.push({ events: world.simulatedEvents - before, seconds });
  }
  passed(run, which);
  // The last slice ends with the checks of the whole history.
  const growing = slices.slice(0, -1);
  const tenth = Math.max(1, Math.floor(growing.length / 10));
  return { events: world.simulatedEvents, first: rate(growing.slice(0, tenth)), last: rate(growing.slice(-tenth)) };
}

function rate(slices: readonly { readonly events: number; readonly seconds: number }[]): number {
  // One slice in which somebody else had the caches says nothing.
  return median(slices.map(({ events, seconds }) => events / seconds));
}

function passed({ report }: ScenarioRun, which: Case): void {
  if (report?.verdict !== "pass") throw new Error(`the benchmark's run of ${caseName(which)} did not pass`);
}

/** Committed proposals a second of servers in memory, with `atOnce` proposals under way at a time. */
export function measureProposals(servers: number, atOnce: number, proposals: number): number {
  const nodes = new NodesAlone(servers);
  const before = nodes.committedEverywhere;
  const { seconds } = timed(() => {
    for (let first = 1; first <= proposals; first += atOnce) nodes.propose(first, atOnce);
  });
  const committed = nodes.committedEverywhere - before;
  if (committed < proposals) throw new Error(`of ${proposals} proposals ${committed} were committed`);
  return committed / seconds;
}

/** Events a second of a search through random runs of correct Raft, checked after every input and not recorded. */
export function measureSearch(servers: number, events: number): number {
  const { seconds, value } = timed(() =>
    search({ rules: CORRECT_RAFT, servers: [servers], invariants: false }, 1, events),
  );
  if (value.found !== null) throw new Error(`correct Raft broke ${value.found.finding.property}`);
  return value.events / seconds;
}

/** Milliseconds to go to random events of a run. */
export function measureSeeks(run: ScenarioRun, count: number): { readonly median: number; readonly max: number } {
  const random = RandomStream.of(1, "seeks");
  const times: number[] = [];
  for (let seek = 0; seek < count; seek += 1) {
    const event = random.integer(0, run.recording.log.count - 1);
    times.push(timed(() => run.recording.stateAt(event)).seconds * 1000);
  }
  return { median: median(times), max: Math.max(...times) };
}

/** Milliseconds from a keystroke to its diagnostics in a file of so many lines: the whole text is checked. */
export function measureKeystroke(lines: number, keystrokes: number): number {
  const text = longFile(lines);
  const middle = text.indexOf("\n", text.length >> 1);
  const times: number[] = [];
  for (let key = 0; key < keystrokes; key += 1) {
    const typed = `${text.slice(0, middle)} ${"x".repeat(1 + (key % 2))}${text.slice(middle)}`;
    times.push(timed(() => analyze(typed)).seconds * 1000);
  }
  return median(times.slice(keystrokes >> 1));
}
