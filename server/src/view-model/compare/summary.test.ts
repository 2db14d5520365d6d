import { describe, expect, it } from "vitest";
import type { ClusterView, ServerView } from "../../protocol/cluster-view.js";
import { serverRows } from "./summary.js";

const server = (more: Partial<ServerView>): ServerView => ({
  name: "s1",
  status: "up",
  diskFailed: false,
  role: "follower",
  term: 1,
  vote: null,
  leader: null,
  votes: [],
  configuration: { index: 0, voters: [], outgoing: [], learners: [] },
  transferee: null,
  commitIndex: 2,
  appliedIndex: 2,
  durableIndex: 2,
  lastIndex: 3,
  firstIndex: 1,
  snapshot: null,
  log: [],
  timers: [],
  progress: [],
  revision: 1,
  kv: [],
  moreKeys: 0,
  compactRevision: -1,
  leases: [],
  moreLeases: 0,
  alarms: [],
  pendingWrites: 0,
  pendingEntries: 0,
  writesDoneUs: null,
  clockRate: 1,
  faults: [],
  clockOffsetUs: 0,
  damagedIndex: null,
  ...more,
});
const cluster = (servers: readonly ServerView[]): ClusterView => ({
  sessionId: "a",
  eventId: 0,
  timeUs: 0,
  servers,
  clients: [],
  messages: [],
  moreMessages: 0,
  faults: [],
  blocked: [],
  logRange: { from: 1, to: 0, last: 0 },
  watches: [],
  moreWatches: 0,
});

describe("two clusters side by side", () => {
  it("tell what differs of each server", () => {
    const left = cluster([server({}), server({ name: "s2", role: "leader", status: "up" })]);
    const right = cluster([
      server({}),
      server({ name: "s2", role: "leader", status: "down", term: 2, commitIndex: 4 }),
    ]);
    const [s1, s2] = serverRows({ left, right });
    expect(s1).toMatchObject({ server: "s1", differences: [] });
    expect(s2?.differences).toEqual(["role", "term", "commit"]);
    expect([s2?.left?.role, s2?.right?.role]).toEqual(["leader", "down"]);
  });

  it("have servers that only one of them has", () => {
    const rows = serverRows({ left: cluster([server({})]), right: cluster([server({ name: "s9" })]) });
    expect(rows.map(({ server: name, left, right }) => [name, left === null, right === null])).toEqual([
      ["s1", false, true],
      ["s9", true, false],
    ]);
    expect(serverRows({ left: null, right: null })).toEqual([]);
  });
});
