import { t } from "../l10n/text.js";
import { faultText } from "./action-text.js";
import { type EventSign, signOf } from "./event-sign.js";
import { titleOf } from "./event-title.js";
import type { FaultSpan } from "./fault-spans.js";
import { lineOf } from "./lines.js";
import type { Recording } from "./recording.js";
import { type Landmark, type LaneState, lastAtMost, TraceIndex } from "./trace-index.js";
import type { Mark, RoleText } from "./view.js";

/** Most marks of a timeline. */
const MARKS = 500;
/** Most fault spans of a timeline. */
const FAULTS = 300;
/** Most events of which each is told. */
const EACH = 4000;
/** Segments narrower than this share of the span are joined: nobody could see them apart. */
const FINEST = 2000;

/** Who a server was for a while. */
export interface Segment {
  readonly fromUs: number;
  readonly toUs: number;
  readonly role: RoleText | "down" | "paused";
  readonly term: number;
}

/** One server over time. */
export interface Lane {
  readonly server: string;
  readonly segments: readonly Segment[];
}

/** What a mark stands for, the gravest first. */
const GRAVITY = [
  "violation",
  "failure",
  "fault",
  "leader",
  "configuration",
  "note",
  "install",
  "undone",
  "step",
] as const;

/** A mark on the timeline. */
export interface TimelineMark {
  readonly eventId: number;
  readonly timeUs: number;
  readonly kind: (typeof GRAVITY)[number];
  readonly text: string;
  readonly line: number | null;
}

/** A fault over time. */
export interface TimelineFault {
  readonly eventId: number;
  /** The event that ended it; `null` while it is in force. */
  readonly endEventId: number | null;
  readonly fromUs: number;
  /** `null` while it is in force. */
  readonly toUs: number | null;
  /** `down` and `paused`: a server; `fault`: of the network, a clock or a disk. */
  readonly kind: "fault" | "down" | "paused";
  readonly text: string;
  readonly line: number | null;
  /** From 0; no two faults that were in force at once share a row. */
  readonly row: number;
}

/** Every event of a span, in columns: event `first + n` is the n-th of each. */
export interface TimelineEvents {
  readonly first: number;
  /** Microseconds after the view's `fromUs`. */
  readonly sinceUs: readonly number[];
  readonly signs: readonly EventSign[];
  /** Positions in `lanes`; -1 for clients and the lab. */
  readonly lanes: readonly number[];
}

/** A run over a span of virtual time. */
export interface Timeline {
  readonly events: number;
  readonly fromUs: number;
  readonly toUs: number;
  readonly endUs: number;
  /** Events per bucket, evenly over the span. */
  readonly density: readonly number[];
  readonly lanes: readonly Lane[];
  readonly marks: readonly TimelineMark[];
  /** In the order in which they began. */
  readonly faults: readonly TimelineFault[];
  /** More overlap the span than `faults` holds. */
  readonly moreFaults: number;
  /** Rows of the whole run's faults. */
  readonly faultRows: number;
  /** `null` when there are too many events in the span. */
  readonly each: TimelineEvents | null;
}

/** The timeline of `fromUs`..`toUs` (all of it by default) in `buckets` steps. `marks`: what was found beside the trace. */
export function timelineOf(
  recording: Recording,
  span: { readonly fromUs?: number; readonly toUs?: number; readonly buckets: number },
  marks: readonly Mark[] = [],
): Timeline {
  const endUs = recording.world.nowUs;
  const fromUs = Math.max(0, Math.min(span.fromUs ?? 0, endUs));
  const toUs = Math.max(fromUs, Math.min(span.toUs ?? endUs, endUs));
  return {
    events: recording.log.count,
    fromUs,
    toUs,
    endUs,
    density: densityOf(recording, fromUs, toUs, Math.max(1, Math.floor(span.buckets))),
    lanes: lanesOf(recording, fromUs, toUs),
    marks: marksOf(recording, fromUs, toUs, marks),
    ...faultsOf(recording, fromUs, toUs),
    each: eachOf(recording, fromUs, toUs),
  };
}

/** Two searches, and then no more than what is told. */
function eachOf({ log, world }: Recording, fromUs: number, toUs: number): TimelineEvents | null {
  const first = log.lastAt(fromUs - 1) + 1;
  const count = log.lastAt(toUs) + 1 - first;
  if (count > EACH) return null;
  const lanes = new Map(world.servers.filter((server) => server !== undefined).map(({ id }, lane) => [id, lane]));
  const ids = Array.from({ length: Math.max(0, count) }, (_, at) => first + at);
  return {
    first,
    sinceUs: ids.map((id) => log.timeUs(id) - fromUs),
    signs: ids.map((id) => signOf(log, id)),
    lanes: ids.map((id) => lanes.get(log.at(id)) ?? -1),
  };
}

function faultsOf(
  recording: Recording,
  fromUs: number,
  toUs: number,
): Pick<Timeline, "faults" | "moreFaults" | "faultRows"> {
  const { log, faultSpans } = recording;
  const within = faultSpans.all.filter(
    ({ beginEvent, endEvent }) =>
      log.timeUs(beginEvent) <= toUs && (endEvent === null || log.timeUs(endEvent) >= fromUs),
  );
  const shown = thinned(within, FAULTS);
  return {
    faults: shown.map((span) => faultOf(recording, span)),
    moreFaults: within.length - shown.length,
    faultRows: faultSpans.rows,
  };
}

function faultOf(recording: Recording, { about, beginEvent, endEvent, row }: FaultSpan): TimelineFault {
  const { log } = recording;
  return {
    eventId: beginEvent,
    endEventId: endEvent,
    fromUs: log.timeUs(beginEvent),
    toUs: endEvent === null ? null : log.timeUs(endEvent),
    kind: about.kind === "fault" ? "fault" : about.status,
    text: about.kind === "fault" ? faultText(recording, about.number) : standing(recording, about),
    line: lineOf(recording, beginEvent),
    row,
  };
}

function standing({ world }: Recording, about: Extract<FaultSpan["about"], { kind: "server" }>): string {
  const name = world.nameOf(about.server);
  return about.status === "down" ? t("{0} is down", name) : t("{0} is paused", name);
}

function densityOf(recording: Recording, fromUs: number, toUs: number, buckets: number): number[] {
  const { log } = recording;
  const density: number[] = [];
  let before = log.lastAt(fromUs - 1);
  for (let bucket = 1; bucket <= buckets; bucket += 1) {
    const end = bucket === buckets ? toUs : Math.floor(fromUs + ((toUs - fromUs) * bucket) / buckets);
    const last = log.lastAt(end);
    density.push(last - before);
    before = last;
  }
  return density;
}

function lanesOf(recording: Recording, fromUs: number, toUs: number): Lane[] {
  const index = TraceIndex.of(recording);
  const finest = (toUs - fromUs) / FINEST;
  return recording.world.servers.flatMap((server) =>
    server === undefined
      ? []
      : [{ server: server.name, segments: segmentsOf(index.lane(server.id), fromUs, toUs, finest) }],
  );
}

function segmentsOf(lane: readonly LaneState[], fromUs: number, toUs: number, finest: number): Segment[] {
  const segments: Segment[] = [];
  const first = Math.max(
    0,
    lastAtMost(lane.length, fromUs, (position) => lane[position]?.timeUs ?? 0),
  );
  let open: { fromUs: number; role: Segment["role"]; term: number } | null = null;
  for (let position = first; position < lane.length; position += 1) {
    const state = lane[position];
    if (state === undefined || state.timeUs > toUs) break;
    const role = state.status === "up" ? state.role : state.status;
    const start = Math.max(fromUs, state.timeUs);
    if (open === null) open = { fromUs: start, role, term: state.term };
    else if (role !== open.role || state.term !== open.term) {
      // What lasted no time, or less than can be seen, gives way to what follows; a leader's reign does not.
      if (start - open.fromUs <= finest && open.role !== "leader")
        open = { fromUs: open.fromUs, role, term: state.term };
      else {
        segments.push({ ...open, toUs: start });
        open = { fromUs: start, role, term: state.term };
      }
    }
  }
  if (open !== null) segments.push({ ...open, toUs });
  return segments;
}

function marksOf(recording: Recording, fromUs: number, toUs: number, marks: readonly Mark[]): TimelineMark[] {
  const { log } = recording;
  const chosen: TimelineMark[] = [];
  for (const kind of GRAVITY) {
    if (kind === "violation") {
      const found = marks.filter(({ eventId }) => isWithin(recording, eventId, fromUs, toUs));
      for (const { eventId, property, message } of thinned(found, MARKS)) {
        const text = `${property}: ${message}`;
        chosen.push({ eventId, timeUs: log.timeUs(eventId), kind, text, line: lineOf(recording, eventId) });
      }
      continue;
    }
    for (const eventId of thinned(eventsWithin(recording, kind, fromUs, toUs), MARKS - chosen.length)) {
      const text = titleOf(recording, eventId);
      chosen.push({ eventId, timeUs: log.timeUs(eventId), kind, text, line: lineOf(recording, eventId) });
    }
  }
  return chosen.sort((a, b) => a.eventId - b.eventId);
}

function isWithin(recording: Recording, eventId: number, fromUs: number, toUs: number): boolean {
  if (eventId < 0 || eventId >= recording.log.count) return false;
  const timeUs = recording.log.timeUs(eventId);
  return timeUs >= fromUs && timeUs <= toUs;
}

function eventsWithin(recording: Recording, kind: Landmark, fromUs: number, toUs: number): readonly number[] {
  const { log } = recording;
  const all = TraceIndex.of(recording).events(kind);
  const at = (position: number): number => all[position] ?? 0;
  const first = lastAtMost(all.length, log.lastAt(fromUs - 1), at) + 1;
  const last = lastAtMost(all.length, log.lastAt(toUs), at);
  return all.slice(first, last + 1);
}

/** At most `most` of the items, evenly spread. */
function thinned<T>(items: readonly T[], most: number): readonly T[] {
  if (items.length <= most) return items;
  return items.filter(
    (_, position) =>
      Math.floor((position * most) / items.length) !== Math.floor(((position - 1) * most) / items.length),
  );
}
