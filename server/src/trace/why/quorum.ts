import type { Command } from "../../kv/command.js";
import type { Raft } from "../../raft/contract.js";
import { majority } from "../../raft/quorum.js";
import type { Configuration, ServerId } from "../../raft/types.js";

/** Where a majority is missing: the voters for which `has` does not hold; empty when every configuration has its majority. */
export function lackingVoters(
  { voters, outgoing }: Configuration,
  has: (id: ServerId) => boolean,
): readonly ServerId[] {
  for (const group of outgoing.length === 0 ? [voters] : [voters, outgoing]) {
    const lacking = group.filter((id) => !has(id));
    if (group.length - lacking.length < majority(group.length)) return lacking;
  }
  return [];
}

/** Up to where a leader knows a voter's log to hold its own, durably. */
export function heldBy(raft: Raft<Command>, voter: ServerId): number {
  return voter === raft.config.id ? raft.durableIndex : (raft.progressOf(voter)?.match ?? 0);
}
