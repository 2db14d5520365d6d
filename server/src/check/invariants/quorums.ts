import type { Command } from "../../kv/command.js";
import type { Raft } from "../../raft/contract.js";
import { majority } from "../../raft/quorum.js";
import type { Configuration, Index, ServerId, Term } from "../../raft/types.js";
import type { Commitments } from "../commitments.js";
import type { EventNumber } from "../violation.js";
import type { Report } from "./invariant.js";
import type { ServerView } from "./server-view.js";

/** The sets of voters each of which has to agree, as this server sees it: one, or two in joint consensus (§6). */
export function configurationsOf({ configuration }: Raft<Command>): readonly (readonly ServerId[])[] {
  return groupsOf(configuration);
}

function groupsOf({ voters, outgoing }: Configuration): readonly (readonly ServerId[])[] {
  return outgoing.length === 0 ? [voters] : [voters, outgoing];
}

/**
 * Where committed entries stand, looked at whenever a commit index advances: a leader commits what is durable on a
 * majority, and in every quorum of a server's configuration some member durably holds what that server has committed.
 */
export class QuorumChecks {
  readonly #views: readonly (ServerView | undefined)[];
  readonly #commitments: Commitments;
  readonly #report: Report;
  /** Up to here the committed prefix on record was seen on the disks of a majority. */
  #durable: Index = 0;

  constructor(views: readonly (ServerView | undefined)[], commitments: Commitments, report: Report) {
    this.#views = views;
    this.#commitments = commitments;
    this.#report = report;
  }

  /** The server's commit index is higher than before. */
  advanced(view: ServerView, event: EventNumber): void {
    const { raft, server } = view;
    const index = Math.min(raft.commitIndex, raft.log.lastIndex);
    const term = raft.log.termAt(index);
    if (term === 0) return;
    // Nearly always a follower hears of what was looked at when its leader committed it.
    if (index <= this.#durable && this.#commitments.entryTerm(index) === term) return;
    const leads = raft.role === "leader";
    // Without config-on-append a leader counts by the configuration before the one that the commitment brings into force.
    const counted = leads && !raft.config.rules.configOnAppend ? view.configuration : raft.configuration;
    for (const voters of groupsOf(counted)) {
      const count = this.#countHolders(voters, index, term);
      const enough = leads ? count >= majority(voters.length) : voters.length - count < majority(voters.length);
      if (enough) continue;
      const holders = voters.filter((id) => this.#holds(id, index, term));
      const property = leads ? "commit-durable" : "quorum-holds-committed";
      this.#report({ property, event, server, index, holders, voters });
      return;
    }
    if (leads) this.#durable = Math.max(this.#durable, index);
  }

  #countHolders(voters: readonly ServerId[], index: Index, term: Term): number {
    let count = 0;
    for (const id of voters) if (this.#holds(id, index, term)) count += 1;
    return count;
  }

  #holds(id: ServerId, index: Index, term: Term): boolean {
    const raft = this.#views[id]?.raft;
    if (raft === undefined || raft.durableIndex < index) return false;
    // What a snapshot covers is committed, and its last entry's term is known.
    return raft.log.termAt(index) === term || index < raft.log.firstIndex - 1;
  }
}
