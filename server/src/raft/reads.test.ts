import { expect, test } from "vitest";
import { Cluster } from "../../../test/raft/cluster.js";

test("a follower whose leader never answers forgets the oldest of its reads, and says so", () => {
  const refused: number[] = [];
  const cluster = new Cluster(
    3,
    {},
    {
      handled: (_, node) => {
        for (const { kind, context } of node.output.reads) if (kind === "refused") refused.push(context);
      },
    },
  );
  for (const { id } of cluster.hosts) cluster.start(id, false);
  cluster.input(1, (node) => node.electionTimeout(false));
  cluster.persist(1);
  for (let round = 0; round < 12; round += 1) {
    while (cluster.messages.length > 0) cluster.deliver(0);
    for (const { id } of cluster.hosts) cluster.persist(id);
  }
  const reads = 2_000;
  for (let context = 1; context <= reads; context += 1) cluster.input(2, (node) => node.readIndex(context));
  expect(cluster.node(2).forwardedReads.length).toBeLessThan(reads);
  expect(refused.length + cluster.node(2).forwardedReads.length).toBe(reads);
  expect(refused.slice(0, 3)).toEqual([1, 2, 3]);
  // Those that it still knows are answered.
  while (cluster.messages.length > 0) cluster.deliver(0);
  expect(cluster.node(2).forwardedReads).toEqual([]);
});
