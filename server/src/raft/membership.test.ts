import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Cluster } from "../../../test/raft/cluster.js";
import { SafetyCheck } from "../../../test/raft/safety.js";
import { isVoter, membersOf } from "./configuration.js";
import type { MembershipChange } from "./membership.js";
import type { RaftConfig, Rules } from "./types.js";
import { CORRECT_RAFT } from "./types.js";

// Configurations that change while everything goes wrong: three voters, a learner and two spares, of whom anybody may be
// added, promoted, demoted, removed, exchanged, or be handed the leadership; and logs that are compacted.

const VOTERS = 3;
const SERVERS = 6;

interface World {
  readonly cluster: Cluster;
  readonly check: SafetyCheck;
}

function begin(settings: Partial<RaftConfig>): World {
  const check = new SafetyCheck(settings.rules !== undefined || settings.membership === "naive");
  const cluster = new Cluster(VOTERS, settings, check, 1, 2);
  check.hosts.push(...cluster.hosts);
  for (const { id } of cluster.hosts) cluster.start(id, false);
  return { cluster, check };
}

/** A small generator of its own, so that long runs need only a seed. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 4294967296) * below);
  };
}

function change(next: (below: number) => number): MembershipChange {
  const server = 1 + next(SERVERS);
  const kind = (["add-voter", "add-learner", "promote", "remove", "reconfigure", "leave-joint"] as const)[next(6)];
  if (kind === "leave-joint") return { kind };
  if (kind !== "reconfigure" && kind !== undefined) return { kind, server };
  const voters = [1, 2, 3, 4, 5, 6].filter(() => next(2) === 0);
  return { kind: "reconfigure", voters, autoLeave: next(3) > 0 };
}

function happen({ cluster, check }: World, next: (below: number) => number): void {
  const kind = next(100);
  const host = cluster.host(1 + next(SERVERS));
  const { id } = host;
  const { leader } = cluster;
  const position = next(Math.max(1, cluster.messages.length));
  if (kind < 52) cluster.deliver(kind < 20 ? 0 : position, kind >= 50);
  else if (kind < 56) cluster.messages.splice(position, 1);
  else if (kind < 76) cluster.persist(id);
  else if (host.node === null) cluster.start(id, true);
  else if (kind < 81) cluster.input(id, (node) => node.electionTimeout(false));
  else if (kind >= 98) cluster.crash(id);
  else if (kind >= 97) cluster.compact(id, next(4));
  else if (kind >= 95) cluster.cut = next(2) === 0 ? id : 0;
  else if (leader === null) return;
  else if (kind < 85) cluster.input(leader.config.id, (node) => node.heartbeatTimeout());
  else if (kind < 88) cluster.input(leader.config.id, (node) => node.propose(`c${position}`));
  else if (kind < 93) cluster.input(leader.config.id, (node) => node.changeMembership(change(next)));
  else if (kind < 94) cluster.input(leader.config.id, (node) => node.transferLeadership(id));
  else {
    const context = check.asks();
    cluster.input(id, (node) => node.readIndex(context));
  }
}

function run(seed: number, steps: number, settings: Partial<RaftConfig>): World {
  const world = begin(settings);
  const next = dice(seed);
  for (let step = 0; step < steps; step += 1) happen(world, next);
  return world;
}

/** Lets everything arrive, in order, until nothing is under way. */
function settle(cluster: Cluster): void {
  for (let step = 0; step < 100_000; step += 1) {
    let busy = false;
    for (const host of cluster.hosts) {
      while (host.writes.length > 0) {
        busy = true;
        cluster.persist(host.id);
      }
    }
    if (cluster.messages.length > 0) cluster.deliver(0);
    else if (!busy) return;
  }
  throw new Error("messages never end");
}

/** No more faults: somebody is elected who may lead, and all members get its log. */
function heal(cluster: Cluster): void {
  cluster.cut = 0;
  for (const host of cluster.hosts) if (host.node === null) cluster.start(host.id, true);
  settle(cluster);
  for (let round = 0; round < 20; round += 1) {
    for (const { id, node } of cluster.hosts) {
      if (node?.role === "leader") cluster.input(id, (raft) => raft.heartbeatTimeout());
      settle(cluster);
      if (cluster.leader === null || round < 2) cluster.input(id, (raft) => raft.electionTimeout(false));
      settle(cluster);
    }
  }
  const { leader } = cluster;
  if (leader === null) throw new Error("no leader came to be");
  expect(isVoter(leader.configuration, leader.config.id)).toBe(true);
  cluster.input(leader.config.id, (node) => node.propose("last"));
  settle(cluster);
  const { lastIndex } = leader.log;
  for (const id of membersOf(leader.configuration)) {
    expect([id, cluster.node(id).log.lastIndex, cluster.node(id).commitIndex]).toEqual([id, lastIndex, lastIndex]);
  }
}

const settings = fc.record({
  preVote: fc.boolean(),
  checkQuorum: fc.boolean(),
  membership: fc.constantFrom("joint" as const, "single" as const),
  appendLimit: fc.integer({ min: 1, max: 5 }),
  inflight: fc.integer({ min: 1, max: 4 }),
});

describe("while configurations change", () => {
  test("the properties of Figure 3 hold, reads are fresh, and afterwards the members' logs become one", () => {
    let changes = 0;
    fc.assert(
      fc.property(fc.nat(), settings, (seed, chosen) => {
        const { cluster } = run(seed, 900, chosen);
        heal(cluster);
        for (const { node } of cluster.hosts) if (node !== null && node.configurationIndex > 0) changes += 1;
      }),
      { numRuns: 150 },
    );
    expect(changes).toBeGreaterThan(150);
  });
});

const BREAKS: readonly (readonly [string, Partial<RaftConfig>, Partial<Rules>, string])[] = [
  ["membership naive", { membership: "naive" }, {}, "leader completeness|election safety|state machine safety"],
  ["bothMajorities", {}, { bothMajorities: false }, "leader completeness|election safety|state machine safety"],
  ["oneChangeAtATime", { membership: "single" }, { oneChangeAtATime: false }, "leader completeness|election safety"],
];

describe("changes without a rule are caught", () => {
  test.each(BREAKS)("%s", (_, config, off, property) => {
    const rules = { ...CORRECT_RAFT, ...off };
    expect(() => {
      for (let seed = 1; seed <= 5_000; seed += 1) run(seed * 7919, 900, { ...config, rules });
    }).toThrow(new RegExp(property));
  });
});
