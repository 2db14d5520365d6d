import { expect, it } from "vitest";
import { Cluster } from "../../../test/raft/cluster.js";
import { CORRECT_RAFT } from "./types.js";

it("no snapshot is taken of what was executed and is not in the log any more", () => {
  // With truncate-only-on-conflict off a late message cuts the log behind what it covers, committed or not.
  const cluster = new Cluster(3, { rules: { ...CORRECT_RAFT, truncateOnlyOnConflict: false } }, {});
  for (const { id } of cluster.hosts) cluster.start(id, false);
  const settle = (): void => {
    for (let round = 0; round < 12; round += 1) {
      while (cluster.messages.length > 0) cluster.deliver(0);
      for (const { id } of cluster.hosts) cluster.persist(id);
    }
  };
  cluster.input(1, (node) => node.electionTimeout(false));
  settle();
  const late = {
    type: "AppendEntries",
    from: 1,
    to: 2,
    term: 1,
    prevLogIndex: 1,
    prevLogTerm: 1,
    entries: [],
    leaderCommit: 1,
    round: 0,
  } as const;
  for (const command of ["a", "b", "c"]) cluster.input(1, (node) => node.propose(command));
  settle();
  cluster.input(1, (node) => node.heartbeatTimeout());
  settle();
  expect(cluster.node(2).appliedIndex).toBe(4);
  cluster.input(2, (node) => node.receive(late));
  expect([cluster.node(2).log.lastIndex, cluster.node(2).appliedIndex]).toEqual([1, 4]);
  cluster.compact(2, 0);
  expect(cluster.node(2).snapshot).toBeNull();
});
