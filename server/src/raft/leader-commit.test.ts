import { expect, test } from "vitest";
import { Cluster } from "../../../test/raft/cluster.js";
import { CORRECT_RAFT } from "./types.js";

test("a leader whose new configuration is committed as soon as it is appended steps down if that leaves it out", () => {
  // With these rules off an entry counts as held where it was sent, and at the leader at once.
  const cluster = new Cluster(
    3,
    { rules: { ...CORRECT_RAFT, majorityCommit: false, leaderDurableBeforeCount: false } },
    {},
  );
  for (const { id } of cluster.hosts) cluster.start(id, false);
  const settle = (): void => {
    for (let round = 0; round < 12; round += 1) {
      while (cluster.messages.length > 0) cluster.deliver(0);
      for (const { id } of cluster.hosts) cluster.persist(id);
    }
  };
  cluster.input(1, (node) => node.electionTimeout(false));
  settle();
  expect(cluster.leader?.config.id).toBe(1);
  const outcome = cluster.input(1, (node) =>
    node.changeMembership({ kind: "reconfigure", voters: [2], autoLeave: true }),
  );
  expect(outcome.kind).toBe("appended");
  settle();
  const { role, commitIndex, configurationIndex, configuration } = cluster.node(1);
  expect(configuration.voters).toEqual([2]);
  expect(configuration.outgoing).toEqual([]);
  expect(commitIndex).toBeGreaterThanOrEqual(configurationIndex);
  expect(role).toBe("follower");
});
