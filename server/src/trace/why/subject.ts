import type { EndpointId } from "../../sim/config.js";
import type { SimServer } from "../../sim/server.js";
import { messageOf } from "../message-text.js";
import type { Recording } from "../recording.js";
import { type Asking, lastLandmark, serverNamed, since } from "./asking.js";

/** What a server is asked about. */
export type ServerField = "status" | "role" | "term" | "vote" | "leader" | "commit" | "applied" | "timer";

/** What an entry is asked about. */
export type EntryState = "here" | "durable" | "committed" | "applied";

/** What a person asks about at a moment of a run. Each is asked whether it is so or not: why it is, or why it is not. */
export type Subject =
  | { readonly kind: "server"; readonly server: string; readonly field: ServerField }
  /** `state` left out: whether the log holds it. */
  | { readonly kind: "entry"; readonly server: string; readonly index: number; readonly state?: EntryState }
  /** Whether there is a leader. */
  | { readonly kind: "leader" }
  /** Whether a server's commit index is where its leader's is, and the leader's at the end of its log. */
  | { readonly kind: "commit"; readonly server: string }
  /** Whether a server stands for election. */
  | { readonly kind: "election"; readonly server: string }
  /** Whether a server voted for another when that asked last. */
  | { readonly kind: "vote"; readonly server: string; readonly candidate: string }
  /** Whether a message has arrived, named by the event that sent it. */
  | { readonly kind: "message"; readonly eventId: number }
  /** Whether a client has the answer to an operation, by its number in the history. */
  | { readonly kind: "operation"; readonly operation: number }
  /** Whether a client waits for an answer. */
  | { readonly kind: "client"; readonly client: string }
  /** Whether linearizable reads are served. */
  | { readonly kind: "read" }
  /** Whether there is a lease, by its id in hexadecimal digits. */
  | { readonly kind: "lease"; readonly lease: string }
  /** Whether a watch, by its number, has received something. */
  | { readonly kind: "watch"; readonly watch: number }
  /** Whether the change of the configuration is done. */
  | { readonly kind: "configuration" }
  /** Whether messages pass between two. */
  | { readonly kind: "link"; readonly from: string; readonly to: string }
  /** Whether there is a key. `server` left out: at the leader, or who has applied most. */
  | { readonly kind: "key"; readonly key: string; readonly server?: string }
  /** Whether a follower is sent a snapshot instead of entries. */
  | { readonly kind: "snapshot"; readonly server: string };

/** The newest event at or before the moment that made a server's field or an entry what it is; `null` for what is not there. */
export function eventAbout(
  asking: Asking,
  subject: Extract<Subject, { readonly kind: "server" | "entry" }>,
): number | null {
  const server = serverNamed(asking, subject.server);
  if (server === null) return null;
  if (subject.kind === "entry") return entryEvent(asking, server, subject.index);
  switch (subject.field) {
    case "commit":
    case "applied":
      return commitEvent(asking, server.id);
    case "timer":
      return timerEvent(asking, server);
    case "status":
    case "role":
    case "term":
    case "vote":
    case "leader":
      return since(asking, server.id, subject.field);
  }
}

function commitEvent(asking: Asking, server: EndpointId): number | null {
  const { log } = asking.recording;
  const found = lastLandmark(asking, (id) => {
    if (log.at(id) !== server) return false;
    const kind = log.kind(id);
    // A crash forgets what was committed (Figure 2: commitIndex is volatile).
    return kind === "commit" || kind === "start" || kind === "restart";
  });
  return found < 0 ? null : found;
}

/** What set the timer that runs now, or else the newest event of its role. */
function timerEvent(asking: Asking, { id, timers }: SimServer): number {
  const running = [timers.heartbeat, timers.election].find(({ deadlineUs }) => deadlineUs !== null);
  const setBy = running?.setBy ?? -1;
  return setBy >= 0 ? setBy : since(asking, id, "role");
}

/** The entry is gone: the first snapshot, taken or installed since the log last held it, that covers it. */
function snapshotEvent(asking: Asking, server: EndpointId, index: number): number | null {
  const { log } = asking.recording;
  let found: number | null = null;
  lastLandmark(asking, (id) => {
    if (log.at(id) !== server || (log.kind(id) !== "snapshot" && log.kind(id) !== "install")) return false;
    if (log.word(id, 0) < index) return true;
    found = id;
    return false;
  });
  return found;
}

/** Back from the moment: the input that brought the entry into the server's log. */
function entryEvent(asking: Asking, server: SimServer, index: number): number | null {
  const { recording, upTo } = asking;
  const entries = server.raft?.log ?? server.disk.log;
  if (index >= 1 && index < entries.firstIndex) return snapshotEvent(asking, server.id, index);
  const entry = entries.at(index);
  if (entry === undefined) return null;
  const { log } = recording;
  for (let id = Math.min(upTo, log.count - 1, committedBefore(asking, server.id, index)); id >= 0; id -= 1) {
    if (log.at(id) !== server.id) continue;
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

/**
 * The first event at which the server knew the entry to be committed, unless its log lost entries since: what is committed came before, and in
 * a long run that is most of the way back.
 */
function committedBefore(asking: Asking, server: EndpointId, index: number): number {
  const { log } = asking.recording;
  let first = Number.MAX_SAFE_INTEGER;
  lastLandmark(asking, (id) => {
    if (log.at(id) !== server) return false;
    switch (log.kind(id)) {
      case "commit":
        if (log.word(id, 0) < index) return true;
        first = id;
        return false;
      case "truncate":
      case "install":
      case "disk-lost":
      case "wipe":
        return true;
      default:
        return false;
    }
  });
  return first;
}

function broughtEntry(recording: Recording, id: number, index: number): boolean {
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
