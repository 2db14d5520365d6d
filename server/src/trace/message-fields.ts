import { KV_ERRORS } from "../kv/error.js";
import { t } from "../l10n/text.js";
import { bytes } from "./counts.js";
import { replyText, requestText, watchText } from "./message-text.js";
import type { Names } from "./reason-text.js";
import type { Recording } from "./recording.js";
import type { Sent } from "./sent.js";
import type { Field } from "./view.js";

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
      add("data", bytes(sent.length));
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
      if (sent.canceled) add("canceled", sent.error === null ? t("asked for") : KV_ERRORS[sent.error].message);
      if (sent.compactRevision > 0) add("compact revision", sent.compactRevision);
      if (sent.fragment) add("fragment", true);
      break;
  }
  return fields;
}
