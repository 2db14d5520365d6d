import { t } from "../../l10n/text.js";
import type { EndpointId } from "../../sim/config.js";
import type { SimServer } from "../../sim/server.js";
import type { World } from "../../sim/world.js";
import type { Recording } from "../recording.js";
import { type LaneState, lastAtMost, TraceIndex } from "../trace-index.js";
import type { Subject } from "./subject.js";

/** A moment of a run at which something is asked. */
export interface Asking {
  readonly recording: Recording;
  /** As it stood then. Read only, and valid until the recording is asked for another moment. */
  readonly world: World;
  /** The last event that had happened; nothing later is told. */
  readonly upTo: number;
}

/** Something that is so since an event of the run. */
export interface Fact {
  readonly text: string;
  readonly eventId: number;
  /** What one asks next; `null` where the event's own causes say it. */
  readonly asks: Subject | null;
}

/** What is still to come, and what brought it about. */
export interface Wait {
  readonly text: string;
  /** `null` where no instant is set: a step, an answer. */
  readonly timeUs: number | null;
  readonly eventId: number;
}

/** The moment right after an event and everything that happened in its step. */
export function askingAt(recording: Recording, eventId: number): Asking {
  const world = recording.stateAt(eventId);
  // The picture at an event shows what its whole step did.
  return { recording, world, upTo: Math.max(0, eventId, world.recorder.count - 1) };
}

/** The present instant of a recording that still grows. */
export function askingNow(recording: Recording): Asking {
  return { recording, world: recording.world, upTo: Math.max(0, recording.log.count - 1) };
}

/** The server with this name, or `null`. */
export function serverNamed({ world }: Asking, name: string): SimServer | null {
  return world.servers.find((server) => server?.name === name) ?? null;
}

/** All servers. */
export function serversOf({ world }: Asking): readonly SimServer[] {
  return world.servers.flatMap((server) => (server === undefined ? [] : [server]));
}

/** The event since which a server is what it is in this respect; its start where nothing has changed it. */
export function since(
  { recording, upTo }: Asking,
  server: EndpointId,
  field: "status" | "role" | "term" | "vote" | "leader",
): number {
  const lane = TraceIndex.of(recording).lane(server);
  let position = lastAtMost(lane.length, upTo, (at) => lane[at]?.eventId ?? 0);
  const now = lane[position];
  while (position > 0 && now !== undefined && sameSince(lane[position - 1], now, field)) position -= 1;
  return lane[position]?.eventId ?? 0;
}

/** What a server was according to the trace. */
export function laneState({ recording, upTo }: Asking, server: EndpointId): LaneState | null {
  return TraceIndex.of(recording).stateAfter(server, upTo);
}

/** The newest landmark at or before the moment for which `found` holds; -1 for none. Landmarks are what is no message, timer or write. */
export function lastLandmark({ recording, upTo }: Asking, found: (id: number) => boolean): number {
  const { landmarks } = recording.log;
  for (let at = lastAtMost(landmarks.length, upTo, (i) => landmarks[i] ?? 0); at >= 0; at -= 1) {
    const id = landmarks[at];
    if (id !== undefined && found(id)) return id;
  }
  return -1;
}

/** A fact that a server is not up; `null` for one that is. */
export function notUp(asking: Asking, server: SimServer): Fact | null {
  if (server.status === "up") return null;
  const text = server.status === "down" ? t("{0} is down", server.name) : t("{0} is paused", server.name);
  return {
    text,
    eventId: since(asking, server.id, "status"),
    asks: { kind: "server", server: server.name, field: "status" },
  };
}

/** A vote belongs to its term: the same name in another term is another vote. */
function sameSince(before: LaneState | undefined, now: LaneState, field: keyof LaneState): boolean {
  if (before === undefined || before[field] !== now[field]) return false;
  return field === "status" || field === "role" || before.term === now.term;
}
