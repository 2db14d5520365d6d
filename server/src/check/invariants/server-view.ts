import type { Command } from "../../kv/command.js";
import type { Progress, Raft } from "../../raft/contract.js";
import type { WriteId } from "../../raft/output.js";
import type { Configuration, Index, ServerId, Term } from "../../raft/types.js";

/** A write of term and vote that is on its way to the disk. */
export interface HardWrite {
  readonly id: WriteId;
  readonly term: Term;
  readonly vote: ServerId;
}

/** What the invariants remember of a server from one input to the next. */
export interface ServerView {
  readonly server: ServerId;
  /** The running server; after a crash the one that ran last: its log up to `durableIndex` is what its disk holds. */
  raft: Raft<Command>;
  running: boolean;
  term: Term;
  vote: ServerId;
  commitIndex: Index;
  appliedIndex: Index;
  lastIndex: Index;
  lastTerm: Term;
  /** The term it leads; 0 when it does not. */
  leads: Term;
  /** Term and vote that its disk has reported as durable. */
  durableTerm: Term;
  durableVote: ServerId;
  /** Writes of term and vote that are not reported yet, oldest first. */
  hardWrites: HardWrite[];
  /** Leaders: the highest match index seen of each follower in `matchTerm`, by server, and whose it is. */
  matchTerm: Term;
  matches: Index[];
  progress: (Progress | null)[];
  /** Index of the configuration in force; 0 for the one the cluster began with. */
  configurationIndex: Index;
  /** The configuration in force after the last input: by which a leader counted in the next one. */
  configuration: Configuration;
}

/** What is known of a server that begins with what its disk gave. */
export function viewOf(server: ServerId, raft: Raft<Command>): ServerView {
  return {
    server,
    raft,
    running: true,
    term: raft.term,
    vote: raft.vote,
    commitIndex: raft.commitIndex,
    appliedIndex: raft.appliedIndex,
    lastIndex: raft.log.lastIndex,
    lastTerm: raft.log.lastTerm,
    leads: raft.role === "leader" ? raft.term : 0,
    durableTerm: raft.term,
    durableVote: raft.vote,
    hardWrites: [],
    matchTerm: 0,
    matches: [],
    progress: [],
    configurationIndex: raft.configurationIndex,
    configuration: raft.configuration,
  };
}

/** Takes in that the disk has reported all writes up to `durableWrite`. */
export function noteDurable(view: ServerView, durableWrite: WriteId): void {
  const { hardWrites } = view;
  for (let first = hardWrites[0]; first !== undefined && first.id <= durableWrite; first = hardWrites[0]) {
    view.durableTerm = first.term;
    view.durableVote = first.vote;
    hardWrites.shift();
  }
}

/**
 * Whether a server began again with less than its disk had reported as durable: the disk lied, lost or was emptied. No
 * protocol survives that, so that what follows is not the protocol's doing.
 */
export function diskFailed(before: ServerView, raft: Raft<Command>): boolean {
  if (raft.term < before.durableTerm) return true;
  if (raft.term === before.durableTerm && before.durableVote !== 0 && raft.vote !== before.durableVote) return true;
  const { durableIndex, log } = before.raft;
  if (raft.log.lastIndex < durableIndex) return true;
  if (!log.knows(durableIndex)) return false;
  return raft.log.knows(durableIndex) && raft.log.termAt(durableIndex) !== log.termAt(durableIndex);
}
