import { leaseText } from "../kv/request-text.js";
import { DISK_LOSSES } from "../sim/disk.js";
import { leaseOfWords } from "../sim/lease-clock.js";
import { START_REFUSALS, startRefusal } from "../sim/process.js";
import { OPERATION_OUTCOMES, ROLE_CODES } from "../sim/recorder.js";
import { WATCH_ERRORS } from "../sim/watch-options.js";
import { actionText, faultText } from "./action-text.js";
import { messageOf, messageText, requestText, watchText } from "./message-text.js";
import { configurationText, outcomeText } from "./operation-text.js";
import { plural } from "./reason-text.js";
import type { Recording } from "./recording.js";
import { type LaneState, TraceIndex } from "./trace-index.js";

/** What happened, in one clause: `s3 becomes leader of term 2`. */
export function titleOf(recording: Recording, id: number): string {
  const { log, world } = recording;
  const at = world.nameOf(log.at(id));
  const word = (position: number): number => log.word(id, position);
  const kind = log.kind(id);
  switch (kind) {
    case "start":
      return `${at} starts`;
    case "send":
    case "deliver":
    case "drop":
    case "held":
      return messageTitle(recording, id, kind);
    case "timer":
      return `${at}'s ${word(0) === 0 ? "election" : "heartbeat"} timer runs out`;
    case "transition":
      return transitionTitle(recording, id);
    case "truncate":
      return `${at} removes its entries from ${word(0)} on`;
    case "durable":
      return `${at}'s write is durable, its log up to ${word(0)}`;
    case "take-snapshot":
      return `${at} is asked for a snapshot`;
    case "snapshot":
      return `${at} takes a snapshot up to ${word(0)}`;
    case "install":
      return `${at} installs a snapshot up to ${word(0)}`;
    case "commit":
      return `${at} commits up to ${word(0)}`;
    case "crash":
      return `${at} crashes`;
    case "restart":
      return `${at} restarts`;
    case "pause":
      return `${at} is paused`;
    case "resume":
      return `${at} goes on`;
    case "wipe":
      return `${at}'s disk is wiped`;
    case "timeout":
      return `${at}'s election timer is made to run out`;
    case "membership":
    case "transfer":
      return `${at} is asked: ${askedText(recording, id)}`;
    case "configuration":
      return `${at} uses ${usedConfiguration(recording, id)}`;
    case "fault":
    case "heal":
    case "release":
    case "lose":
    case "tick":
    case "deliver-asked":
    case "copy-asked":
      return actionText(recording, id) ?? kind;
    case "struck":
      return `${at} reaches a crash point: ${faultText(recording, word(0))}`;
    case "disk-error":
      return `${at} cannot write to its disk and stops itself`;
    case "disk-lost":
      return diskLossTitle(at, word(0), word(1), word(2));
    case "no-start":
      return startRefusal(at, START_REFUSALS[word(1)] === "disk-fails", word(2));
    case "lease-promote":
      return `${at} counts ${word(0)} ${plural(word(0), "lease")} anew`;
    case "lease-expired":
      return `${at} finds the time of lease ${leaseText(leaseOfWords(word(0), word(1)))} over`;
    case "undo":
      return `ends: ${faultText(recording, word(0))}`;
    case "invoke":
      return word(1) === 0
        ? `${at} is asked and does not run: ${actionText(recording, id) ?? "an operation"}`
        : `${at} asks: ${requestText(recording, word(1))}`;
    case "return":
      return `${at}: ${requestText(recording, word(0))} => ${returnText(recording, word(0), word(1))}`;
    case "retry":
      return word(1) === 0
        ? `${at} does not ask again: ${requestText(recording, word(0))}`
        : `${at} tries ${world.nameOf(word(1))}: ${requestText(recording, word(0))}`;
    case "watch":
      return actionText(recording, id) ?? `${at} opens ${watchText(recording, word(1))}`;
    case "unwatch":
      return `${at} ends ${watchText(recording, word(1))}`;
    case "watch-events":
      return `${at} receives ${word(3)} ${plural(word(3), "event")} on ${watchText(recording, word(0))}, ${revisions(word(1), word(2))}`;
    case "watch-resume":
      return `${at} resumes ${watchText(recording, word(0))} at ${world.nameOf(word(2))}, ${word(1) > 0 ? `from rev ${word(1)}` : "from now on"}`;
    case "watch-progress":
      return actionText(recording, id) ?? `${at} asks how far ${watchText(recording, word(1))} has come`;
    case "watch-created":
      return `${at}'s ${watchText(recording, word(0))} is open at ${world.nameOf(word(2))}, whose store is at rev ${word(1)}`;
    case "watch-notified":
      return `${at} is told on ${watchText(recording, word(0))} that everything up to rev ${word(1)} was sent`;
    case "watch-canceled":
      return `${at}'s ${watchText(recording, word(0))} is ended by the server: ${canceledText(word(1), word(2))}`;
    case "watch-catch-up":
      return `${at} catches up ${watchText(recording, word(0))} from rev ${word(1)}: ${word(3)} ${plural(word(3), "event")}${word(4) === 0 ? "" : ", more follow"}`;
    case "step":
      return word(0) > 0 ? `step of line ${word(0)}` : "a step";
    case "note":
      return actionText(recording, id) ?? "note";
    case "result": {
      const text = actionText(recording, id) ?? "";
      const outcome = word(1) === 0 ? "failed" : "ok";
      return text === "" || text === outcome ? outcome : `${outcome}: ${text}`;
    }
    case "add-client":
      return actionText(recording, id) ?? "a client joins";
  }
}

/** What a server is asked about its cluster, without the server. */
function askedText(recording: Recording, id: number): string {
  return (actionText(recording, id) ?? recording.log.kind(id)).replace(/ at \S+$/, "");
}

/** The configuration that came into force, with its place: `configuration {s1 s2 s4} of entry 5`. */
export function usedConfiguration(recording: Recording, id: number): string {
  const { log, world, history } = recording;
  const index = log.word(id, 0);
  const configuration = history.configurations[log.word(id, 1) - 1];
  const text =
    configuration === undefined ? "a configuration" : configurationText(configuration, (of) => world.nameOf(of));
  return index === 0 ? `${text}, the first` : `${text} of entry ${index}`;
}

/** What a server was before a `transition` event. */
export function stateBefore(recording: Recording, id: number): LaneState | null {
  return TraceIndex.of(recording).stateAfter(recording.log.at(id), id - 1);
}

function diskLossTitle(at: string, what: number, lastIndex: number, entries: number): string {
  const left = `its log ends at ${lastIndex}`;
  const lost = `${entries} ${plural(entries, "entry", "entries")} reported as durable ${plural(entries, "is", "are")} lost`;
  switch (DISK_LOSSES[what]) {
    case "torn":
      return entries === 0
        ? `${at} finds its last record half-written and drops it, ${left}`
        : `${at} finds its last record half-written and drops it: ${lost}, ${left}`;
    case "damaged":
      return `${at} takes a damaged record for the end of its log: ${lost}, ${left}`;
    default:
      return `${at}'s disk had not written what it reported: ${lost}, ${left}`;
  }
}

function messageTitle(recording: Recording, id: number, kind: "send" | "deliver" | "drop" | "held"): string {
  const sent = messageOf(recording, id);
  if (sent === null) return kind;
  const from = recording.world.nameOf(sent.from);
  const to = recording.world.nameOf(sent.to);
  const text = messageText(recording, sent);
  switch (kind) {
    case "send":
      return `${from} → ${to} ${text}`;
    case "deliver":
      return `${to} receives ${text} from ${from}`;
    case "drop":
      return `lost: ${from} → ${to} ${text}`;
    case "held":
      return `held back: ${from} → ${to} ${text}`;
  }
}

function transitionTitle(recording: Recording, id: number): string {
  const { log, world } = recording;
  const at = world.nameOf(log.at(id));
  const role = ROLE_CODES[log.word(id, 0)] ?? "follower";
  const term = log.word(id, 1);
  const vote = log.word(id, 2);
  const leader = log.word(id, 3);
  const before = stateBefore(recording, id);
  const newTerm = before === null || before.term !== term;
  switch (role) {
    case "leader":
      return `${at} becomes leader of term ${term}`;
    case "candidate":
      return `${at} becomes candidate in term ${term}`;
    case "pre-candidate":
      return `${at} asks whether it could win term ${term + 1}`;
    case "follower": {
      if (before?.role === "leader") return `${at} steps down: follower in term ${term}`;
      if (before !== null && before.role !== "follower" && leader === 0) {
        return `${at} gives up: follower in term ${term}`;
      }
      if (leader !== 0 && before?.leader !== leader)
        return `${at} follows ${world.nameOf(leader)}, leader of term ${term}`;
      if (vote !== 0 && (newTerm || before.vote !== vote))
        return `${at} votes for ${world.nameOf(vote)} in term ${term}`;
      return newTerm ? `${at} moves to term ${term}` : `${at} is follower in term ${term}`;
    }
  }
}

/** `error compacted, history begins at rev 7`. `code` is a position in WATCH_ERRORS, from 1. */
function canceledText(code: number, compactRevision: number): string {
  const error = WATCH_ERRORS[code - 1];
  const named = error === undefined ? "no reason given" : `error ${error}`;
  return compactRevision > 0 ? `${named}, history begins at rev ${compactRevision}` : named;
}

function returnText(recording: Recording, operation: number, outcome: number): string {
  const known = recording.history.operation(operation)?.outcome ?? null;
  return known === null ? (OPERATION_OUTCOMES[outcome] ?? "returned") : outcomeText(known);
}

function revisions(first: number, last: number): string {
  return first === last ? `rev ${first}` : `rev ${first} to ${last}`;
}
