import type { Command } from "../../kv/command.js";
import type { Message } from "../../raft/message.js";
import type { ServerId } from "../../raft/types.js";
import type { EventNumber } from "../violation.js";
import type { Report } from "./invariant.js";
import type { ServerView } from "./server-view.js";

/**
 * What a message may say when it leaves. Its term is not above its sender's (§5.1), except where a pre-vote speaks of a
 * term that nobody has begun (D §9.6). Term, vote and log that it promises are durable (Figure 2, persistent state), as far
 * as the disk has reported.
 */
export function checkMessage(
  view: ServerView,
  message: Message<Command>,
  disksFailed: boolean,
  event: EventNumber,
  report: Report,
): void {
  const { server, raft } = view;
  const { type, to, term } = message;
  if (type === "PreVote" || (type === "PreVoteReply" && message.voteGranted)) return;
  if (term > raft.term) {
    report({ property: "message-term", event, server, to, type, term, own: raft.term });
    return;
  }
  if (type === "AppendEntries" && message.entries.length > 0) checkProgress(view, to, event, report);
  if (disksFailed) return;
  if (term > view.durableTerm) {
    const durable = view.durableTerm;
    report({ property: "durable-before-send", event, server, to, type, what: "term", promised: term, durable });
  }
  if (type === "RequestVoteReply") {
    // A vote of a term that is over promises nothing any more.
    if (message.voteGranted && view.durableTerm === term && view.durableVote !== to) {
      const durable = view.durableVote;
      report({ property: "durable-before-send", event, server, to, type, what: "vote", promised: term, durable });
    }
  } else if (type === "InstallSnapshotReply" || (type === "AppendEntriesReply" && message.success)) {
    const { matchIndex: promised } = message;
    // In a later term the log may have been truncated since; the old leader's count of it commits nothing wrong.
    // A snapshot on its way to the disk begins the log anew; what it replaces is there until then, and committed.
    const covered = type === "AppendEntriesReply" ? (raft.snapshot?.lastIncludedIndex ?? 0) : 0;
    if (term === raft.term && promised > raft.durableIndex && promised > covered) {
      const durable = raft.durableIndex;
      report({ property: "durable-before-send", event, server, to, type, what: "log", promised, durable });
    }
  }
}

/** matchIndex stays below nextIndex and does not fall while a leader leads (Figure 2). */
function checkProgress(view: ServerView, follower: ServerId, event: EventNumber, report: Report): void {
  const { server, raft } = view;
  const progress = raft.progressOf(follower);
  if (progress === null) return;
  const { match, next } = progress;
  if (view.matchTerm !== raft.term) {
    view.matchTerm = raft.term;
    view.matches = [];
    view.progress = [];
  }
  if (match >= next) {
    report({
      property: "index-order",
      event,
      server,
      what: "match not below next",
      follower,
      left: match,
      right: next,
    });
  }
  const before = view.matches[follower] ?? 0;
  if (match === before) return;
  // Who left the configuration and came back begins anew.
  if (match < before && view.progress[follower] === progress) {
    report({ property: "index-order", event, server, what: "match fell", follower, left: match, right: before });
  }
  view.matches[follower] = match;
  view.progress[follower] = progress;
}
