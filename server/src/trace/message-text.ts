import { KV_ERRORS } from "../kv/error.js";
import type { Reason, ReasonCode } from "../raft/reason.js";
import { operationText, outcomeText } from "./operation-text.js";
import { type Names, plural } from "./reason-text.js";
import type { Recording } from "./recording.js";
import { readSend, type Sent } from "./sent.js";
import type { Field } from "./view.js";

/** `AppendEntries term 2, 3 entries after 4/2, commit 4`. A pair like 4/2 is an index and the term of its entry. */
export function messageText(recording: Recording, sent: Sent): string {
  const names: Names = (id) => recording.world.nameOf(id);
  switch (sent.type) {
    case "RequestVote":
    case "PreVote":
      return `${sent.type} term ${sent.term}, last entry ${sent.lastLogIndex}/${sent.lastLogTerm}${sent.leadershipTransfer ? ", for a leadership transfer" : ""}`;
    case "RequestVoteReply":
    case "PreVoteReply":
      return `${sent.type} term ${sent.term}, ${sent.voteGranted ? "granted" : "refused"}`;
    case "AppendEntries": {
      const what = sent.entries === 0 ? "heartbeat" : `${sent.entries} ${plural(sent.entries, "entry", "entries")}`;
      return `AppendEntries term ${sent.term}, ${what} after ${sent.prevLogIndex}/${sent.prevLogTerm}, commit ${sent.leaderCommit}`;
    }
    case "AppendEntriesReply":
      return sent.success
        ? `AppendEntriesReply term ${sent.term}, success up to ${sent.matchIndex}`
        : `AppendEntriesReply term ${sent.term}, refused after ${sent.matchIndex}, ${conflictText(sent.conflictTerm, sent.conflictIndex)}`;
    case "InstallSnapshot":
      return `InstallSnapshot term ${sent.term}, up to ${sent.lastIncludedIndex}/${sent.lastIncludedTerm}, bytes ${chunkText(sent)}${sent.done ? ", last chunk" : ""}`;
    case "InstallSnapshotReply":
      return `InstallSnapshotReply term ${sent.term}, ${snapshotReplyText(sent)}`;
    case "TimeoutNow":
      return `TimeoutNow term ${sent.term}`;
    case "TimeoutNowReply":
      return `TimeoutNowReply term ${sent.term}, ${sent.started ? "election started" : "no election"}`;
    case "ReadIndex":
      return `ReadIndex term ${sent.term}, read ${sent.context}`;
    case "ReadIndexReply":
      return `ReadIndexReply term ${sent.term}, read ${sent.context}, ${sent.success ? `index ${sent.readIndex}` : "refused"}`;
    case "ClientRequest":
      return `ClientRequest ${requestText(recording, sent.operation)}${attemptText(sent.attempt)}`;
    case "ClientRequestReply":
      return `ClientRequestReply ${replyText(recording, sent, names)}`;
    case "WatchCreateRequest":
      return `WatchCreateRequest ${watchText(recording, sent.watch)}${sent.revision > 0 ? ` from rev ${sent.revision}` : ""}`;
    case "WatchCancelRequest":
    case "WatchProgressRequest":
      return `${sent.type} ${watchText(recording, sent.watch)}`;
    case "WatchPing":
      return `WatchPing ${watchText(recording, sent.watch)}`;
    case "WatchPong":
      return `WatchPong ${watchText(recording, sent.watch)}, ${pongText(sent.sequence)}`;
    case "WatchResponse":
      return `WatchResponse ${watchText(recording, sent.watch)}, ${responseText(sent)}`;
  }
}

/** `AppendEntries t2 prev 4/2 +3 commit 4`: short enough for an arrow of a diagram. */
export function messageLabel(recording: Recording, sent: Sent): string {
  const names: Names = (id) => recording.world.nameOf(id);
  switch (sent.type) {
    case "RequestVote":
    case "PreVote":
      return `${sent.type} t${sent.term} last ${sent.lastLogIndex}/${sent.lastLogTerm}`;
    case "RequestVoteReply":
    case "PreVoteReply": {
      if (sent.voteGranted) return `${sent.type} t${sent.term} granted`;
      return `${sent.type} t${sent.term} refused${shortly(recording.log.reason(sent.eventId), names)}`;
    }
    case "AppendEntries": {
      const entries = sent.entries === 0 ? "" : ` +${sent.entries}`;
      return `AppendEntries t${sent.term} prev ${sent.prevLogIndex}/${sent.prevLogTerm}${entries} commit ${sent.leaderCommit}`;
    }
    case "AppendEntriesReply":
      return sent.success
        ? `AppendEntriesReply t${sent.term} match ${sent.matchIndex}`
        : `AppendEntriesReply t${sent.term} refused${shortly(recording.log.reason(sent.eventId), names)}`;
    case "InstallSnapshot":
      return `InstallSnapshot t${sent.term} to ${sent.lastIncludedIndex}/${sent.lastIncludedTerm} bytes ${chunkText(sent)}${sent.done ? " done" : ""}`;
    case "InstallSnapshotReply":
      return `InstallSnapshotReply t${sent.term} ${snapshotReplyText(sent)}`;
    case "TimeoutNow":
      return `TimeoutNow t${sent.term}`;
    case "TimeoutNowReply":
      return `TimeoutNowReply t${sent.term} ${sent.started ? "started" : "refused"}`;
    case "ReadIndex":
      return `ReadIndex t${sent.term} read ${sent.context}`;
    case "ReadIndexReply":
      return `ReadIndexReply t${sent.term} ${sent.success ? `index ${sent.readIndex}` : "refused"}`;
    case "ClientRequest":
      return `${requestText(recording, sent.operation)}${attemptText(sent.attempt)}`;
    case "ClientRequestReply":
      return replyText(recording, sent, names);
    case "WatchCreateRequest":
      return `watch ${watchText(recording, sent.watch)}${sent.revision > 0 ? ` from rev ${sent.revision}` : ""}`;
    case "WatchCancelRequest":
      return `unwatch ${watchText(recording, sent.watch)}`;
    case "WatchProgressRequest":
      return `progress ${watchText(recording, sent.watch)}`;
    case "WatchPing":
      return `${watchText(recording, sent.watch)}: still there?`;
    case "WatchPong":
      return `${watchText(recording, sent.watch)}: ${pongText(sent.sequence)}`;
    case "WatchResponse":
      return `${watchText(recording, sent.watch)}: ${responseText(sent)}`;
  }
}

/** The message's fields with the paper's names, in the order of Figure 2. */
export function messageFields(recording: Recording, sent: Sent): Field[] {
  const names: Names = (id) => recording.world.nameOf(id);
  const fields: Field[] = [];
  const add = (name: string, value: number | string | boolean): void => {
    fields.push({ name, value: String(value) });
  };
  add("type", sent.type);
  add("from", names(sent.from));
  add("to", names(sent.to));
  switch (sent.type) {
    case "RequestVote":
    case "PreVote":
      add("term", sent.term);
      add("candidateId", names(sent.from));
      add("lastLogIndex", sent.lastLogIndex);
      add("lastLogTerm", sent.lastLogTerm);
      if (sent.leadershipTransfer) add("leadershipTransfer", true);
      break;
    case "RequestVoteReply":
    case "PreVoteReply":
      add("term", sent.term);
      add("voteGranted", sent.voteGranted);
      break;
    case "AppendEntries":
      add("term", sent.term);
      add("leaderId", names(sent.from));
      add("prevLogIndex", sent.prevLogIndex);
      add("prevLogTerm", sent.prevLogTerm);
      add("entries", sent.entries);
      add("leaderCommit", sent.leaderCommit);
      break;
    case "AppendEntriesReply":
      add("term", sent.term);
      add("success", sent.success);
      add(sent.success ? "matchIndex" : "prevLogIndex", sent.matchIndex);
      if (!sent.success) {
        add("conflictTerm", sent.conflictTerm);
        add("conflictIndex", sent.conflictIndex);
      }
      break;
    case "InstallSnapshot":
      add("term", sent.term);
      add("leaderId", names(sent.from));
      add("lastIncludedIndex", sent.lastIncludedIndex);
      add("lastIncludedTerm", sent.lastIncludedTerm);
      add("offset", sent.offset);
      add("data", `${sent.length} bytes`);
      add("done", sent.done);
      break;
    case "InstallSnapshotReply":
      add("term", sent.term);
      add("lastIncludedIndex", sent.lastIncludedIndex);
      add("received", sent.received);
      if (sent.matchIndex > 0) add("matchIndex", sent.matchIndex);
      break;
    case "TimeoutNow":
      add("term", sent.term);
      add("leaderId", names(sent.from));
      break;
    case "TimeoutNowReply":
      add("term", sent.term);
      add("started", sent.started);
      break;
    case "ReadIndex":
      add("term", sent.term);
      add("read", sent.context);
      break;
    case "ReadIndexReply":
      add("term", sent.term);
      add("read", sent.context);
      add("success", sent.success);
      if (sent.success) add("readIndex", sent.readIndex);
      break;
    case "ClientRequest":
      add("operation", requestText(recording, sent.operation));
      add("attempt", sent.attempt);
      break;
    case "ClientRequestReply":
      add("operation", requestText(recording, sent.operation));
      add("reply", replyText(recording, sent, names));
      break;
    case "WatchCreateRequest":
      add("watch", watchText(recording, sent.watch));
      if (sent.revision > 0) add("from revision", sent.revision);
      break;
    case "WatchCancelRequest":
    case "WatchProgressRequest":
    case "WatchPing":
      add("watch", watchText(recording, sent.watch));
      break;
    case "WatchPong":
      add("watch", watchText(recording, sent.watch));
      add("known", sent.sequence > 0);
      if (sent.sequence > 0) add("last response", sent.sequence);
      break;
    case "WatchResponse":
      add("watch", watchText(recording, sent.watch));
      add("revision", sent.revision);
      add("events", sent.events);
      add("created", sent.created);
      if (sent.canceled) add("canceled", sent.error === null ? "asked for" : KV_ERRORS[sent.error].message);
      if (sent.compactRevision > 0) add("compact revision", sent.compactRevision);
      if (sent.fragment) add("fragment", true);
      break;
  }
  return fields;
}

/** An operation of the history by its number. */
export function requestText(recording: Recording, operation: number): string {
  const record = recording.history.operation(operation);
  return record === undefined ? `operation ${operation}` : operationText(record.body);
}

/** A watch of the history by its number. */
export function watchText(recording: Recording, watch: number): string {
  return recording.history.watch(watch)?.name ?? `watch ${watch}`;
}

function attemptText(attempt: number): string {
  return attempt > 1 ? ` (attempt ${attempt})` : "";
}

function conflictText(conflictTerm: number, conflictIndex: number): string {
  return conflictTerm === 0
    ? `the log ends before ${conflictIndex}`
    : `its term ${conflictTerm} begins at ${conflictIndex}`;
}

/** `0..65535`: the bytes of a snapshot that a message carries. */
function chunkText(sent: { readonly offset: number; readonly length: number }): string {
  return `${sent.offset}..${sent.offset + sent.length - 1}`;
}

function snapshotReplyText(sent: { readonly received: number; readonly matchIndex: number }): string {
  return sent.matchIndex > 0 ? `log agrees up to ${sent.matchIndex}` : `${sent.received} bytes received`;
}

function responseText(sent: Sent & { readonly type: "WatchResponse" }): string {
  const parts: string[] = [];
  if (sent.created) parts.push("created");
  if (sent.canceled) parts.push(`canceled${sent.error === null ? "" : `: ${sent.error}`}`);
  if (sent.compactRevision > 0) parts.push(`history begins at ${sent.compactRevision}`);
  if (sent.events > 0) parts.push(`${sent.events} ${plural(sent.events, "event")}`);
  if (parts.length === 0) parts.push("progress");
  if (sent.fragment) parts.push("more follow");
  if (sent.revision > 0) parts.push(`rev ${sent.revision}`);
  return parts.join(", ");
}

function pongText(sequence: number): string {
  return sequence > 0 ? `${sequence} ${plural(sequence, "response")} so far` : "no such watch here";
}

function replyText(recording: Recording, sent: Sent & { type: "ClientRequestReply" }, names: Names): string {
  if (!sent.result) {
    return sent.leader === 0 || sent.leader === sent.from ? "not leader" : `not leader, ask ${names(sent.leader)}`;
  }
  const { log } = recording;
  const record = recording.history.operation(sent.operation);
  // The trace has no results; the history has the one that the client took, and only this reply may claim it.
  if (record === undefined || record.outcome === null || record.returnEvent === null) return "result";
  const delivered = log.cause(record.returnEvent);
  const answers = delivered >= 0 && log.kind(delivered) === "deliver" && log.cause(delivered) === sent.eventId;
  return answers ? outcomeText(record.outcome) : "result";
}

const SHORT: Partial<Readonly<Record<ReasonCode, (a: number, b: number, names: Names) => string>>> = {
  "vote-refused-stale-term": () => "stale term",
  "vote-refused-already-voted": (votedFor, _b, names) => `voted for ${names(votedFor)}`,
  "vote-refused-log-term-behind": (theirs, mine) => `log behind, last term ${theirs} < ${mine}`,
  "vote-refused-log-shorter": (theirs, mine) => `log behind, last index ${theirs} < ${mine}`,
  "vote-refused-leader-heard": (leader, _b, names) => `hears leader ${names(leader)}`,
  "append-refused-stale-term": () => "stale term",
  "append-refused-gap": (_a, last) => `gap, log ends at ${last}`,
  "append-refused-conflict": (previous, term) => `conflict, ${previous} is of term ${term}`,
};

function shortly(reason: Reason | null, names: Names): string {
  if (reason === null) return "";
  const text = SHORT[reason.code]?.(reason.a, reason.b, names);
  return text === undefined ? "" : `, ${text}`;
}

/** The message that a `deliver`, `drop` or `held` event is about; `null` when the event has none. */
export function messageOf(recording: Recording, eventId: number): Sent | null {
  const { log } = recording;
  const kind = log.kind(eventId);
  const send =
    kind === "send" ? eventId : kind === "deliver" || kind === "drop" || kind === "held" ? log.cause(eventId) : -1;
  return send >= 0 && log.kind(send) === "send" ? readSend(log, send) : null;
}
