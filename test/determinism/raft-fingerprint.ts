import type { Command } from "../../server/src/kv/command.js";
import { membersOf } from "../../server/src/raft/configuration.js";
import type { Raft } from "../../server/src/raft/contract.js";

/** What can be seen of a Raft server, as plain data. */
export function raftFingerprint(raft: Raft<Command>): unknown {
  const { role, term, vote, leader, commitIndex, appliedIndex, durableIndex, votesGranted, log } = raft;
  return {
    role,
    term,
    vote,
    leader,
    commitIndex,
    appliedIndex,
    durableIndex,
    votesGranted: [...votesGranted],
    firstIndex: log.firstIndex,
    log: log.slice(log.firstIndex, log.lastIndex),
    snapshot: raft.snapshot,
    configuration: [raft.configurationIndex, raft.configuration],
    transferee: raft.transferee,
    progress: membersOf(raft.configuration).map((member) => raft.progressOf(member)),
  };
}
