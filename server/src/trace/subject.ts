import type { EndpointId } from "../sim/config.js";
import { messageOf } from "./message-text.js";
import type { Recording } from "./recording.js";
import { type LaneState, lastAtMost, TraceIndex } from "./trace-index.js";

/** A part of the cluster's picture that a person asks about. */
export type Subject =
  | {
      readonly kind: "server";
      readonly server: string;
      readonly field: "status" | "role" | "term" | "vote" | "leader" | "commit" | "applied" | "timer";
    }
  | { readonly kind: "entry"; readonly server: string; readonly index: number };

/** The newest event at or before `eventId` that made the subject what it is then; `null` for what is not there. */
export function eventAbout(recording: Recording, eventId: number, subject: Subject): number | null {
  const server = recording.world.endpointNamed(subject.server);
  if (server === null || recording.world.servers[server] === undefined) return null;
  // The picture at an event shows what its whole step did.
  const upTo = Math.max(eventId, recording.stateAt(eventId).recorder.count - 1);
  if (subject.kind === "entry") return entryEvent(recording, upTo, server, subject.index);
  switch (subject.field) {
    case "commit":
    case "applied":
      return commitEvent(recording, upTo, server);
    case "timer":
      return timerEvent(recording, upTo, server);
    case "status":
    case "role":
    case "term":
    case "vote":
    case "leader":
      return laneEvent(recording, upTo, server, subject.field);
  }
}

function laneEvent(
  recording: Recording,
  upTo: number,
  server: EndpointId,
  field: "status" | "role" | "term" | "vote" | "leader",
): number | null {
  const lane = TraceIndex.of(recording).lane(server);
  let position = lastAtMost(lane.length, upTo, (at) => lane[at]?.eventId ?? 0);
  const now = lane[position];
  if (now === undefined) return null;
  while (position > 0 && sameSince(lane[position - 1], now, field)) position -= 1;
  return lane[position]?.eventId ?? null;
}

/** A vote belongs to its term: the same name in another term is another vote. */
function sameSince(before: LaneState | undefined, now: LaneState, field: keyof LaneState): boolean {
  if (before === undefined || before[field] !== now[field]) return false;
  return field === "status" || field === "role" || before.term === now.term;
}

function commitEvent(recording: Recording, upTo: number, server: EndpointId): number | null {
  const { log } = recording;
  const { landmarks } = log;
  for (let at = lastAtMost(landmarks.length, upTo, (i) => landmarks[i] ?? 0); at >= 0; at -= 1) {
    const id = landmarks[at];
    if (id === undefined || log.at(id) !== server) continue;
    const kind = log.kind(id);
    // A crash forgets what was committed (Figure 2: commitIndex is volatile).
    if (kind === "commit" || kind === "start" || kind === "restart") return id;
  }
  return null;
}

/** What set the timer that runs now, or else the newest event of its role. */
function timerEvent(recording: Recording, upTo: number, server: EndpointId): number | null {
  const timers = recording.stateAt(upTo).servers[server]?.timers;
  const running = timers === undefined ? [] : [timers.heartbeat, timers.election].filter((t) => t.deadlineUs !== null);
  const setBy = running[0]?.setBy ?? -1;
  return setBy >= 0 ? setBy : laneEvent(recording, upTo, server, "role");
}

/** The entry is gone: the first snapshot, taken or installed since the log last held it, that covers it. */
function snapshotEvent(recording: Recording, upTo: number, server: EndpointId, index: number): number | null {
  const { log } = recording;
  const { landmarks } = log;
  let found: number | null = null;
  for (let at = lastAtMost(landmarks.length, upTo, (i) => landmarks[i] ?? 0); at >= 0; at -= 1) {
    const id = landmarks[at];
    if (id === undefined || log.at(id) !== server) continue;
    const kind = log.kind(id);
    if (kind !== "snapshot" && kind !== "install") continue;
    if (log.word(id, 0) < index) break;
    found = id;
  }
  return found;
}

/** Back from `upTo`: the input that brought the entry into the server's log. */
function entryEvent(recording: Recording, upTo: number, server: EndpointId, index: number): number | null {
  const held = recording.stateAt(upTo).servers[server];
  const entries = held?.raft?.log ?? held?.disk.log;
  if (entries === undefined) return null;
  if (index >= 1 && index < entries.firstIndex) return snapshotEvent(recording, upTo, server, index);
  const entry = entries.at(index);
  if (entry === undefined) return null;
  const { log } = recording;
  for (let id = Math.min(upTo, log.count - 1); id >= 0; id -= 1) {
    if (log.at(id) !== server) continue;
    const kind = log.kind(id);
    if (kind === "start") return id;
    if (kind === "transition" && entry.kind === "no-op") {
      if (log.reason(id)?.code === "won-election" || log.reason(id)?.code === "single-voter") {
        if (log.word(id, 1) === entry.term) return id;
      }
    } else if (kind === "deliver" && broughtEntry(recording, id, index)) return id;
  }
  return null;
}

/** Whether an input brought the entry at `index` into its server's log. */
export function broughtEntry(recording: Recording, id: number, index: number): boolean {
  const reason = recording.log.reason(id);
  switch (reason?.code) {
    case "proposal-appended":
      return reason.a === index;
    case "append-accepted":
      return index <= reason.a && index > reason.a - reason.b;
    case "append-truncated": {
      const sent = messageOf(recording, id);
      return sent?.type === "AppendEntries" && index >= reason.a && index <= sent.prevLogIndex + sent.entries;
    }
    default:
      return false;
  }
}
