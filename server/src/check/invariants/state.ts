import type { Command } from "../../kv/command.js";
import type { Raft } from "../../raft/contract.js";
import type { EventNumber } from "../violation.js";
import type { Report } from "./invariant.js";
import type { ServerView } from "./server-view.js";

/**
 * A server's own numbers: term, commit index and applied index never fall while it runs, a vote stays within its term
 * (Figure 2), and applied <= commit <= last index. Takes the new numbers into the view.
 */
export function checkState(view: ServerView, raft: Raft<Command>, event: EventNumber, report: Report): void {
  const { server } = view;
  const { term, vote, commitIndex, appliedIndex } = raft;
  if (term !== view.term || vote !== view.vote) {
    if (term < view.term) {
      report({ property: "state-monotonic", event, server, what: "term", before: view.term, after: term });
    } else if (term === view.term && view.vote !== 0) {
      report({ property: "state-monotonic", event, server, what: "vote", before: view.vote, after: vote });
    }
    view.term = term;
    view.vote = vote;
  }
  if (commitIndex !== view.commitIndex) {
    if (commitIndex < view.commitIndex) {
      const before = view.commitIndex;
      report({ property: "state-monotonic", event, server, what: "commit index", before, after: commitIndex });
    }
    view.commitIndex = commitIndex;
  }
  if (appliedIndex !== view.appliedIndex) {
    if (appliedIndex < view.appliedIndex) {
      const before = view.appliedIndex;
      report({ property: "state-monotonic", event, server, what: "applied index", before, after: appliedIndex });
    }
    view.appliedIndex = appliedIndex;
  }
  if (appliedIndex > commitIndex) {
    const what = "applied above commit";
    report({ property: "index-order", event, server, what, follower: 0, left: appliedIndex, right: commitIndex });
  }
  const { lastIndex } = raft.log;
  if (commitIndex > lastIndex) {
    const what = "commit above last";
    report({ property: "index-order", event, server, what, follower: 0, left: commitIndex, right: lastIndex });
  }
}
