/** The message diagram of a long run: taking it in, a window, an overview, a search. */
import type { ScenarioRun } from "../../server/src/scenario/run.js";
import { RandomStream } from "../../server/src/sim/random.js";
import { DiagramIndex, type DiagramRun } from "../../server/src/trace/diagram-index.js";
import { OverviewMaker } from "../../server/src/trace/diagram-overview.js";
import { windowOf } from "../../server/src/trace/diagram-window.js";
import { measureRun } from "./cases.js";
import { median, timed } from "./measure.js";

/** Seven servers under load: some 2.2 trace events for each delivered message or fired timer. */
const CASE = { servers: 7, load: true };
const RECORDED = 2.2;
/** Rows in sight, and stretches of the minimap. */
const SIGHT = 60;
const STRETCHES = 600;

/** One figure of the diagram. */
export interface DiagramFigure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly aim: string;
}

/** Figures of the diagram of a run of at least `events` recorded events, times in processor time. */
export function measureDiagram(events: number, runs: number): readonly DiagramFigure[] {
  // Once without looking: what is measured is compiled code.
  indexed(measureRun(CASE, 40_000).run);
  const { run } = measureRun(CASE, events / RECORDED);
  const { log } = run.recording;
  const name = `the diagram of ${log.count} events, 7 servers`;
  const built = Array.from({ length: runs }, () => timed(() => indexed(run)));
  const [first] = built;
  if (first === undefined) return [];
  const { index, shown, longestMs } = first.value;
  const { rows } = shown;
  const figures = [
    { name: `${name}: rows`, value: rows.length, unit: "rows", aim: "" },
    { name: `${name}: taken in`, value: ms(median(built.map(({ seconds }) => seconds))), unit: "ms", aim: "500" },
    { name: `${name}: the longest step of it, by the clock`, value: longestMs, unit: "ms", aim: "" },
    { name: `${name}: memory`, value: index.bytes / log.count, unit: "bytes/event", aim: "" },
    { name: `${name}: ${SIGHT} rows, median of 100`, value: median(windowTimes(shown)), unit: "ms", aim: "16" },
    {
      name: `${name}: all in ${STRETCHES} stretches`,
      value: median(times(runs, () => overview(shown))),
      unit: "ms",
      aim: "",
    },
  ];
  // Each time another text: what was looked for is kept.
  const texts = Array.from({ length: runs }, (_, each) => `k${each + 1} "nobody`);
  const searches = texts.map((text) => ms(timed(() => search(shown, text)).seconds));
  return [...figures, { name: `${name}: a text looked for in all`, value: median(searches), unit: "ms", aim: "" }];
}

function indexed({ recording }: ScenarioRun): { index: DiagramIndex; shown: DiagramRun; longestMs: number } {
  const index = new DiagramIndex(recording);
  const shown = index.select({}, []);
  let longestMs = 0;
  for (let isDone = false; !isDone; ) {
    const began = performance.now();
    isDone = shown.advance();
    longestMs = Math.max(longestMs, performance.now() - began);
  }
  return { index, shown, longestMs };
}

function windowTimes(shown: DiagramRun): readonly number[] {
  const random = RandomStream.of(1, "windows");
  return times(100, () => windowOf(shown, random.integer(0, shown.rows.length - SIGHT), SIGHT));
}

function overview({ rows }: DiagramRun): void {
  const maker = new OverviewMaker(rows, STRETCHES);
  while (!maker.advance());
}

function search(shown: DiagramRun, text: string): void {
  const found = shown.find(text);
  while (!found.advance(1000));
}

function times(count: number, work: () => void): readonly number[] {
  return Array.from({ length: count }, () => ms(timed(work).seconds));
}

function ms(seconds: number): number {
  return seconds * 1000;
}
