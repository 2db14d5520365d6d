import { t } from "../../l10n/text.js";
import { entries } from "../counts.js";
import { messageText, requestText } from "../message-text.js";
import type { Recording } from "../recording.js";
import type { Sent } from "../sent.js";

/** A message as a sentence about who wants what of whom, where its fields matter less than what it means: a link of a chain. */
export function hopText(recording: Recording, sent: Sent): string {
  const from = recording.world.nameOf(sent.from);
  const to = recording.world.nameOf(sent.to);
  switch (sent.type) {
    case "PreVote":
      return t("{0} asks {1} whether it would vote for it in term {2}", from, to, sent.term);
    case "PreVoteReply":
      return sent.voteGranted
        ? t("{0} tells {1} that it would vote for it", from, to)
        : t("{0} tells {1} that it would not vote for it", from, to);
    case "RequestVote":
      return t("{0} asks {1} for its vote in term {2}", from, to, sent.term);
    case "RequestVoteReply":
      return sent.voteGranted
        ? t("{0} gives {1} its vote in term {2}", from, to, sent.term)
        : t("{0} refuses {1} its vote", from, to);
    case "AppendEntries":
      return appendText(sent, from, to);
    case "AppendEntriesReply":
      return sent.success
        ? t("{0} tells {1} that it holds its log up to entry {2}", from, to, sent.matchIndex)
        : t("{0} refuses what {1} sent: the logs do not fit together", from, to);
    case "InstallSnapshot":
      return sent.done
        ? t("{0} sends {1} the last chunk of its snapshot, which ends at entry {2}", from, to, sent.lastIncludedIndex)
        : t("{0} sends {1} a chunk of its snapshot, which ends at entry {2}", from, to, sent.lastIncludedIndex);
    case "InstallSnapshotReply":
      return sent.matchIndex > 0
        ? t("{0} tells {1} that it has installed the snapshot", from, to)
        : t("{0} tells {1} how much of the snapshot it has: {2} bytes", from, to, sent.received);
    case "TimeoutNow":
      return t("{0} tells {1} to stand for election at once", from, to);
    case "TimeoutNowReply":
      return sent.started
        ? t("{0} tells {1} that it stands for election", from, to)
        : t("{0} tells {1} that it does not stand for election", from, to);
    case "ReadIndex":
      return t("{0} asks {1} up to which entry it must have applied the log before it answers a read", from, to);
    case "ReadIndexReply":
      return sent.success
        ? t("{0} tells {1} that its read needs the log up to entry {2}", from, to, sent.readIndex)
        : t("{0} tells {1} that it cannot help with the read", from, to);
    case "ClientRequest":
      return t("{0} sends its request to {1}: {2}", from, to, requestText(recording, sent.operation));
    case "ClientRequestReply":
      if (sent.result) return t("{0} answers {1}", from, to);
      return sent.leader === 0
        ? t("{0} tells {1} that it knows no leader", from, to)
        : t("{0} sends {1} on to {2}", from, to, recording.world.nameOf(sent.leader));
    case "WatchCreateRequest":
    case "WatchCancelRequest":
    case "WatchProgressRequest":
    case "WatchPing":
    case "WatchPong":
    case "WatchResponse":
      return `${from} → ${to} ${messageText(recording, sent)}`;
  }
}

function appendText(sent: Sent & { readonly type: "AppendEntries" }, from: string, to: string): string {
  if (sent.entries === 0) {
    return t(
      "{0} sends {1} a heartbeat, which says that everything up to entry {2} is committed",
      from,
      to,
      sent.leaderCommit,
    );
  }
  const first = sent.prevLogIndex + 1;
  return sent.entries === 1
    ? t("{0} sends {1} entry {2}", from, to, first)
    : t("{0} sends {1} {2}, from entry {3} on", from, to, entries(sent.entries), first);
}
