import type { EndpointId } from "../sim/config.js";
import type { EventKind } from "../sim/recorder.js";
import type { Recording } from "./recording.js";
import { lastAtMost, TraceIndex } from "./trace-index.js";
import type { Mark } from "./view.js";

/** What a cursor can jump to. `failure`: a failed step or a violation. */
export type JumpTarget = "leader" | "commit" | "failure" | "note" | "fault" | "message" | "step";

/** A jump of the time cursor. `server`: only events at this server. */
export interface Jump {
  readonly direction: "next" | "previous";
  readonly to: JumpTarget;
  readonly server?: string;
}

const MESSAGES: ReadonlySet<EventKind> = new Set(["send", "deliver", "drop", "held"]);
const COMMITS: ReadonlySet<EventKind> = new Set(["commit"]);

/** The nearest event after or before `from` to jump to; `null` when there is none, or no such server. */
export function jump(recording: Recording, from: number, move: Jump, marks: readonly Mark[] = []): number | null {
  const server = move.server === undefined ? 0 : recording.world.endpointNamed(move.server);
  if (server === null) return null;
  switch (move.to) {
    case "message":
      return scan(recording, from, move, MESSAGES, server);
    case "commit":
      // Without a server the leaders' commits: each entry once.
      return server === 0 ? among(recording, "commit", from, move, 0) : scan(recording, from, move, COMMITS, server);
    case "failure": {
      const failed = TraceIndex.of(recording).events("failure");
      const broken = marks.map(({ eventId }) => eventId);
      const all = [...failed, ...broken].sort((a, b) => a - b);
      return nearest(recording, all, from, move, server);
    }
    default:
      return among(recording, move.to, from, move, server);
  }
}

function among(
  recording: Recording,
  kind: Exclude<JumpTarget, "message" | "failure">,
  from: number,
  move: Jump,
  server: EndpointId,
): number | null {
  return nearest(recording, TraceIndex.of(recording).events(kind), from, move, server);
}

function nearest(
  recording: Recording,
  events: readonly number[],
  from: number,
  { direction }: Jump,
  server: EndpointId,
): number | null {
  const at = (position: number): number => events[position] ?? 0;
  const step = direction === "next" ? 1 : -1;
  const start = lastAtMost(events.length, direction === "next" ? from : from - 1, at) + (direction === "next" ? 1 : 0);
  for (let position = start; position >= 0 && position < events.length; position += step) {
    const id = events[position];
    if (id !== undefined && (server === 0 || recording.log.at(id) === server)) return id;
  }
  return null;
}

function scan(
  recording: Recording,
  from: number,
  { direction }: Jump,
  kinds: ReadonlySet<EventKind>,
  server: EndpointId,
): number | null {
  const { log } = recording;
  const step = direction === "next" ? 1 : -1;
  const start = direction === "next" ? Math.max(-1, from) + 1 : Math.min(log.count, from) - 1;
  for (let id = start; id >= 0 && id < log.count; id += step) {
    if (kinds.has(log.kind(id)) && (server === 0 || log.at(id) === server)) return id;
  }
  return null;
}
