import type { ServerId, Term } from "../../raft/types.js";
import type { Commitments } from "../commitments.js";
import { IntList } from "../int-list.js";
import type { EventNumber } from "../violation.js";
import type { Report } from "./invariant.js";
import type { ServerView } from "./server-view.js";

/**
 * What logs have to do with each other, looked at whenever one changes: the leader owns the largest index of its term, and
 * a log that ends in a later term holds everything committed in earlier ones.
 */
export class LogChecks {
  readonly #views: readonly (ServerView | undefined)[];
  readonly #commitments: Commitments;
  readonly #report: Report;
  /** Who was elected in a term, by term; 0 for nobody. */
  readonly #leaders = new IntList();
  #committed = 0;

  constructor(views: readonly (ServerView | undefined)[], commitments: Commitments, report: Report) {
    this.#views = views;
    this.#commitments = commitments;
    this.#report = report;
  }

  /** A server was elected. */
  elected(server: ServerId, term: Term): void {
    this.#leaders.set(term, server);
  }

  /** The server's log ends elsewhere than before. */
  changed(view: ServerView, event: EventNumber): void {
    const { lastIndex, lastTerm } = view.raft.log;
    const termBefore = view.lastTerm;
    view.lastIndex = lastIndex;
    view.lastTerm = lastTerm;
    const leader = this.#views[this.#leaders.at(lastTerm)];
    if (leader !== undefined && leader !== view && leader.leads === lastTerm) {
      const leaderLastIndex = leader.raft.log.lastIndex;
      if (lastIndex > leaderLastIndex) {
        const { server } = view;
        const other = leader.server;
        this.#report({
          property: "leader-last-index",
          event,
          server,
          other,
          term: lastTerm,
          lastIndex,
          leaderLastIndex,
        });
      }
    }
    // Within a term logs only grow, and agree with the leader of that term: Log Matching sees to that.
    if (lastTerm > termBefore) this.#checkComplete(view, event);
  }

  /** Something may have been committed for the first time: every log that ends in a later term must hold it. */
  committed(event: EventNumber): void {
    const { lastIndex } = this.#commitments;
    if (lastIndex === this.#committed) return;
    this.#committed = lastIndex;
    const committedIn = this.#commitments.committedIn(lastIndex);
    for (const view of this.#views) {
      if (view !== undefined && view.lastTerm > committedIn) this.#checkComplete(view, event);
    }
  }

  /** A leader appends no configuration while an earlier one of its log is not committed (§6, D §4.1). */
  configuration(view: ServerView, event: EventNumber): void {
    const { raft, server } = view;
    const first = view.configurationIndex;
    const second = raft.configurationIndex;
    view.configurationIndex = second;
    const { commitIndex } = raft;
    // The term tells that the leader appended it: one elected in this input may have found both in its log.
    if (second <= first || first <= commitIndex || raft.log.termAt(second) !== view.leads) return;
    this.#report({ property: "one-configuration-change", event, server, first, second, commitIndex });
  }

  #checkComplete(view: ServerView, event: EventNumber): void {
    const { lastTerm, server } = view;
    const index = this.#commitments.requiredOf(lastTerm);
    if (index === 0) return;
    const { log } = view.raft;
    if (log.termAt(index) === this.#commitments.entryTerm(index) || index < log.firstIndex - 1) return;
    const committedIn = this.#commitments.committedIn(index);
    this.#report({ property: "log-completeness", event, server, lastTerm, index, committedIn });
  }
}
