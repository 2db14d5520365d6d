import { commas } from "../l10n/joined.js";
import { t } from "../l10n/text.js";
import type { Reason, ReasonCode } from "../raft/reason.js";
import { entries, watchEvents } from "./counts.js";
import { operationText, outcomeText } from "./operation-text.js";
import type { Names } from "./reason-text.js";
import type { Recording } from "./recording.js";
import { readSend, type Sent } from "./sent.js";

/** `AppendEntries term 2, 3 entries after 4/2, commit 4`. A pair like 4/2 is an index and the term of its entry. */
export function messageText(recording: Recording, sent: Sent): string {
  const names: Names = (id) => recording.world.nameOf(id);
  switch (sent.type) {
    case "RequestVote":
    case "PreVote":
      return sent.leadershipTransfer
        ? t(
            "{0} term {1}, last entry {2}/{3}, for a leadership transfer",
            sent.type,
            sent.term,
            sent.lastLogIndex,
            sent.lastLogTerm,
          )
        : t("{0} term {1}, last entry {2}/{3}", sent.type, sent.term, sent.lastLogIndex, sent.lastLogTerm);
    case "RequestVoteReply":
    case "PreVoteReply":
      return sent.voteGranted
        ? t("{0} term {1}, granted", sent.type, sent.term)
        : t("{0} term {1}, refused", sent.type, sent.term);
    case "AppendEntries": {
      const what = sent.entries === 0 ? t("heartbeat") : entries(sent.entries);
      return t(
        "AppendEntries term {0}, {1} after {2}/{3}, commit {4}",
        sent.term,
        what,
        sent.prevLogIndex,
        sent.prevLogTerm,
        sent.leaderCommit,
      );
    }
    case "AppendEntriesReply":
      return sent.success
        ? t("AppendEntriesReply term {0}, success up to {1}", sent.term, sent.matchIndex)
        : t(
            "AppendEntriesReply term {0}, refused after {1}, {2}",
            sent.term,
            sent.matchIndex,
            conflictText(sent.conflictTerm, sent.conflictIndex),
          );
    case "InstallSnapshot":
      return sent.done
        ? t(
            "InstallSnapshot term {0}, up to {1}/{2}, bytes {3}, last chunk",
            sent.term,
            sent.lastIncludedIndex,
            sent.lastIncludedTerm,
            chunkText(sent),
          )
        : t(
            "InstallSnapshot term {0}, up to {1}/{2}, bytes {3}",
            sent.term,
            sent.lastIncludedIndex,
            sent.lastIncludedTerm,
            chunkText(sent),
          );
    case "InstallSnapshotReply":
      return t("InstallSnapshotReply term {0}, {1}", sent.term, snapshotReplyText(sent));
    case "TimeoutNow":
      return t("TimeoutNow term {0}", sent.term);
    case "TimeoutNowReply":
      return sent.started
        ? t("TimeoutNowReply term {0}, election started", sent.term)
        : t("TimeoutNowReply term {0}, no election", sent.term);
    case "ReadIndex":
      return t("ReadIndex term {0}, read {1}", sent.term, sent.context);
    case "ReadIndexReply":
      return sent.success
        ? t("ReadIndexReply term {0}, read {1}, index {2}", sent.term, sent.context, sent.readIndex)
        : t("ReadIndexReply term {0}, read {1}, refused", sent.term, sent.context);
    case "ClientRequest":
      return `ClientRequest ${attemptText(requestText(recording, sent.operation), sent.attempt)}`;
    case "ClientRequestReply":
      return `ClientRequestReply ${replyText(recording, sent, names)}`;
    case "WatchCreateRequest":
      return `WatchCreateRequest ${watchText(recording, sent.watch)}${fromText(sent.revision)}`;
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
      if (sent.voteGranted) return t("{0} t{1} granted", sent.type, sent.term);
      return shortly(t("{0} t{1} refused", sent.type, sent.term), recording.log.reason(sent.eventId), names);
    }
    case "AppendEntries": {
      const added = sent.entries === 0 ? "" : ` +${sent.entries}`;
      return `AppendEntries t${sent.term} prev ${sent.prevLogIndex}/${sent.prevLogTerm}${added} commit ${sent.leaderCommit}`;
    }
    case "AppendEntriesReply":
      return sent.success
        ? `AppendEntriesReply t${sent.term} match ${sent.matchIndex}`
        : shortly(t("{0} t{1} refused", sent.type, sent.term), recording.log.reason(sent.eventId), names);
    case "InstallSnapshot":
      return `InstallSnapshot t${sent.term} to ${sent.lastIncludedIndex}/${sent.lastIncludedTerm} bytes ${chunkText(sent)}${sent.done ? " done" : ""}`;
    case "InstallSnapshotReply":
      return `InstallSnapshotReply t${sent.term} ${snapshotReplyText(sent)}`;
    case "TimeoutNow":
      return `TimeoutNow t${sent.term}`;
    case "TimeoutNowReply":
      return sent.started ? t("TimeoutNowReply t{0} started", sent.term) : t("{0} t{1} refused", sent.type, sent.term);
    case "ReadIndex":
      return `ReadIndex t${sent.term} read ${sent.context}`;
    case "ReadIndexReply":
      return sent.success
        ? `ReadIndexReply t${sent.term} index ${sent.readIndex}`
        : t("{0} t{1} refused", sent.type, sent.term);
    case "ClientRequest":
      return attemptText(requestText(recording, sent.operation), sent.attempt);
    case "ClientRequestReply":
      return replyText(recording, sent, names);
    case "WatchCreateRequest":
      return `watch ${watchText(recording, sent.watch)}${fromText(sent.revision)}`;
    case "WatchCancelRequest":
      return `unwatch ${watchText(recording, sent.watch)}`;
    case "WatchProgressRequest":
      return `progress ${watchText(recording, sent.watch)}`;
    case "WatchPing":
      return t("{0}: still there?", watchText(recording, sent.watch));
    case "WatchPong":
      return `${watchText(recording, sent.watch)}: ${pongText(sent.sequence)}`;
    case "WatchResponse":
      return `${watchText(recording, sent.watch)}: ${responseText(sent)}`;
  }
}

/** An operation of the history by its number. */
export function requestText(recording: Recording, operation: number): string {
  const record = recording.history.operation(operation);
  return record === undefined ? t("operation {0}", operation) : operationText(record.body);
}

/** A watch of the history by its number. */
export function watchText(recording: Recording, watch: number): string {
  return recording.history.watch(watch)?.name ?? t("watch {0}", watch);
}

function attemptText(text: string, attempt: number): string {
  return attempt > 1 ? t("{0} (attempt {1})", text, attempt) : text;
}

/** In the words of the language. */
function fromText(revision: number): string {
  return revision > 0 ? ` from rev ${revision}` : "";
}

function conflictText(conflictTerm: number, conflictIndex: number): string {
  return conflictTerm === 0
    ? t("the log ends before {0}", conflictIndex)
    : t("its term {0} begins at {1}", conflictTerm, conflictIndex);
}

/** `0..65535`: the bytes of a snapshot that a message carries. */
function chunkText(sent: { readonly offset: number; readonly length: number }): string {
  return `${sent.offset}..${sent.offset + sent.length - 1}`;
}

function snapshotReplyText(sent: { readonly received: number; readonly matchIndex: number }): string {
  return sent.matchIndex > 0 ? t("log agrees up to {0}", sent.matchIndex) : t("{0} bytes received", sent.received);
}

function responseText(sent: Sent & { readonly type: "WatchResponse" }): string {
  const parts: string[] = [];
  if (sent.created) parts.push(t("created"));
  if (sent.canceled) parts.push(sent.error === null ? t("canceled") : t("canceled: {0}", sent.error));
  if (sent.compactRevision > 0) parts.push(t("history begins at {0}", sent.compactRevision));
  if (sent.events > 0) parts.push(watchEvents(sent.events));
  if (parts.length === 0) parts.push(t("progress"));
  if (sent.fragment) parts.push(t("more follow"));
  if (sent.revision > 0) parts.push(`rev ${sent.revision}`);
  return commas(parts);
}

function pongText(sequence: number): string {
  if (sequence === 0) return t("no such watch here");
  return sequence === 1 ? t("1 response so far") : t("{0} responses so far", sequence);
}

/** What a server answered to a client's request. */
export function replyText(recording: Recording, sent: Sent & { type: "ClientRequestReply" }, names: Names): string {
  if (!sent.result) {
    return sent.leader === 0 || sent.leader === sent.from
      ? t("not leader")
      : t("not leader, ask {0}", names(sent.leader));
  }
  const { log } = recording;
  const record = recording.history.operation(sent.operation);
  // The trace has no results; the history has the one that the client took, and only this reply may claim it.
  if (record === undefined || record.outcome === null || record.returnEvent === null) return t("result");
  const delivered = log.cause(record.returnEvent);
  const answers = delivered >= 0 && log.kind(delivered) === "deliver" && log.cause(delivered) === sent.eventId;
  return answers ? outcomeText(record.outcome) : t("result");
}

const SHORT: Partial<Readonly<Record<ReasonCode, (a: number, b: number, names: Names) => string>>> = {
  "vote-refused-stale-term": () => t("stale term"),
  "vote-refused-already-voted": (votedFor, _b, names) => t("voted for {0}", names(votedFor)),
  "vote-refused-log-term-behind": (theirs, mine) => t("log behind, last term {0} < {1}", theirs, mine),
  "vote-refused-log-shorter": (theirs, mine) => t("log behind, last index {0} < {1}", theirs, mine),
  "vote-refused-leader-heard": (leader, _b, names) => t("hears leader {0}", names(leader)),
  "append-refused-stale-term": () => t("stale term"),
  "append-refused-gap": (_a, last) => t("gap, log ends at {0}", last),
  "append-refused-conflict": (previous, term) => t("conflict, {0} is of term {1}", previous, term),
};

/** A refusal's label with its reason in a few words. */
function shortly(label: string, reason: Reason | null, names: Names): string {
  const text = reason === null ? undefined : SHORT[reason.code]?.(reason.a, reason.b, names);
  return text === undefined ? label : t("{0}, {1}", label, text);
}

/** The message that a `deliver`, `drop` or `held` event is about; `null` when the event has none. */
export function messageOf(recording: Recording, eventId: number): Sent | null {
  const { log } = recording;
  const kind = log.kind(eventId);
  const send =
    kind === "send" ? eventId : kind === "deliver" || kind === "drop" || kind === "held" ? log.cause(eventId) : -1;
  return send >= 0 && log.kind(send) === "send" ? readSend(log, send) : null;
}
