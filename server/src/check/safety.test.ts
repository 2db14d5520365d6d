import { describe, expect, it } from "vitest";
import type { Command } from "../kv/command.js";
import type { Progress, Raft } from "../raft/contract.js";
import { RaftLog } from "../raft/log.js";
import { clearOutput, createOutput, type ProposalOutcome } from "../raft/output.js";
import { type Reason, reason } from "../raft/reason.js";
import {
  CORRECT_RAFT,
  type Configuration,
  type Index,
  NONE,
  type RaftConfig,
  type Role,
  type ServerId,
  type Term,
} from "../raft/types.js";
import { SafetyChecker } from "./safety.js";
import { type LogEntry, SAFETY_PROPERTIES, serversOf } from "./violation.js";
import { violationText } from "./violation-text.js";

/** A server whose state is set by hand, so that it can be wrong. */
class FakeServer implements Raft<Command> {
  readonly config: RaftConfig;
  readonly output = createOutput<Command>();
  role: Role = "follower";
  term: Term = 0;
  vote: ServerId = 0;
  leader: ServerId = 0;
  log = new RaftLog<Command>();
  commitIndex: Index = 0;
  appliedIndex: Index = 0;
  durableIndex: Index = 0;
  readonly votesGranted: readonly ServerId[] = [];
  readonly configuration: Configuration = { voters: [1, 2, 3], outgoing: [], learners: [], autoLeave: false };
  readonly configurationIndex = 0;
  readonly snapshot = null;
  readonly transferee = NONE;
  readonly snapshotLimit = 0;
  localTime = 0;

  constructor(id: ServerId) {
    this.config = {
      id,
      voters: [1, 2, 3],
      preVote: false,
      checkQuorum: false,
      reads: "read-index",
      learners: [],
      membership: "joint",
      leaseBase: 150_000,
      leaseDrift: 0.1,
      snapshotChunk: 1024,
      appendLimit: 8,
      inflight: 8,
      rules: CORRECT_RAFT,
    };
  }

  become(role: Role, term: Term): void {
    this.role = role;
    this.term = term;
    this.output.transitions.push({ role, term, vote: 0, leader: 0, reason: reason("won-election") });
  }

  /** Replaces the log from `firstIndex` on. */
  rewrite(firstIndex: Index, ...entries: LogEntry[]): void {
    const truncateFrom = firstIndex <= this.log.lastIndex ? firstIndex : 0;
    if (truncateFrom > 0) this.log.truncateFrom(truncateFrom);
    for (const entry of entries) this.log.append(entry);
    this.output.writes.push({
      id: 1,
      hardState: null,
      snapshot: null,
      compactTo: 0,
      restart: false,
      truncateFrom,
      firstIndex: entries.length === 0 ? 0 : firstIndex,
      entries,
    });
  }

  append(...entries: LogEntry[]): void {
    this.rewrite(this.log.lastIndex + 1, ...entries);
  }

  commit(index: Index): void {
    this.commitIndex = index;
    this.output.committed = true;
  }

  progressOf(): Progress | null {
    return null;
  }
  start(): void {}
  receive(): void {}
  electionTimeout(): void {}
  heartbeatTimeout(): void {}
  propose(): ProposalOutcome {
    return { kind: "not-leader", leader: 0, reason: reason("not-leader") };
  }
  changeMembership(): ProposalOutcome {
    return this.propose();
  }
  transferLeadership(): Reason {
    return reason("not-leader");
  }
  compact(): void {}
  readIndex(): void {}
  persisted(): void {}
  applied(): void {}
  clone(): FakeServer {
    return this;
  }
}

/** Three fake servers under the checker; every step is one event. */
class Cluster {
  readonly checker = new SafetyChecker();
  readonly servers = [1, 2, 3].map((id) => new FakeServer(id));
  event = 0;

  constructor(given: (server: FakeServer) => void = () => {}) {
    for (const server of this.servers) {
      given(server);
      this.checker.started(server.config.id, server, 0);
    }
  }

  step(id: ServerId, change: (server: FakeServer) => void): this {
    const server = this.server(id);
    this.event += 1;
    change(server);
    this.checker.afterInput(id, server, server.output, this.event);
    clearOutput(server.output);
    return this;
  }

  apply(id: ServerId, index: Index, entry: LogEntry, duplicate = false): this {
    this.event += 1;
    const result = { kind: "put", revision: 2, prevKv: null } as const;
    const applied = entry.kind === "no-op" ? null : { result, duplicate, events: [], storeHash: 0 };
    this.checker.applied(id, index, entry, applied, this.event);
    return this;
  }

  server(id: ServerId): FakeServer {
    const server = this.servers[id - 1];
    if (server === undefined) throw new Error(`no server ${id}`);
    return server;
  }

  get found(): string[] {
    return this.checker.violations.map((violation) => violation.property);
  }

  get message(): string {
    const [violation] = this.checker.violations;
    if (violation === undefined) throw new Error("no violation");
    return violationText(
      violation,
      (id) => `s${id}`,
      (id) => `c${id}`,
    ).message;
  }
}

function noOp(term: Term): LogEntry {
  return { kind: "no-op", term };
}

function put(term: Term, value: string, client = 1, sequence = 1): LogEntry {
  return { kind: "command", term, command: { client, sequence, operation: { kind: "put", key: "k", value } } };
}

/** Server 1 leads term 1; its no-op and one put are in the logs of 1 and 2 and committed. */
function working(): { cluster: Cluster; first: LogEntry; second: LogEntry } {
  const cluster = new Cluster();
  const first = noOp(1);
  const second = put(1, "a");
  cluster
    .step(1, (s) => {
      s.become("leader", 1);
      s.append(first);
    })
    .step(1, (s) => s.append(second))
    .step(2, (s) => {
      s.become("follower", 1);
      s.append(first, second);
    })
    .step(1, (s) => s.commit(2))
    .step(2, (s) => s.commit(2));
  return { cluster, first, second };
}

describe("safety checks stay quiet", () => {
  it("while replication works", () => {
    const { cluster, first, second } = working();
    for (const id of [1, 2]) cluster.apply(id, 1, first).apply(id, 2, second);
    expect(cluster.found).toEqual([]);
  });

  it("when a follower replaces a conflicting suffix that was never committed", () => {
    const { cluster, first, second } = working();
    cluster
      .step(1, (s) => s.append(put(1, "lost", 1, 2), put(1, "lost too", 1, 3)))
      .step(2, (s) => {
        s.become("leader", 2);
        s.append(noOp(2));
      })
      .step(1, (s) => {
        s.become("follower", 2);
        s.rewrite(3, noOp(2));
      })
      .step(3, (s) => {
        s.become("follower", 2);
        s.append(first, second, noOp(2));
      })
      .step(2, (s) => s.commit(3));
    expect(cluster.found).toEqual([]);
  });

  it("when a stale leader lacks what was committed in a later term", () => {
    const { cluster } = working();
    cluster
      .step(2, (s) => {
        s.become("leader", 3);
        s.append(noOp(3));
        s.commit(3);
      })
      .step(1, (s) => s.become("leader", 2));
    expect(cluster.found).toEqual([]);
  });

  it("when a leader hears late of a commitment that the next leader has", () => {
    const { cluster } = working();
    const third = put(1, "c", 1, 2);
    cluster
      .step(1, (s) => s.append(third))
      .step(2, (s) => s.append(third))
      .step(2, (s) => {
        s.become("leader", 2);
        s.append(noOp(2));
      })
      .step(2, (s) => s.commit(4))
      .step(1, (s) => s.commit(3))
      .step(3, (s) => {
        s.become("follower", 2);
        s.append(...cluster.server(2).log.slice(1, 4));
      })
      .step(3, (s) => s.become("leader", 4));
    expect(cluster.found).toEqual([]);
  });

  it("when a server crashes, comes back with a shorter log, applies again and is re-elected", () => {
    const { cluster, first, second } = working();
    cluster.apply(1, 1, first).apply(1, 2, second);
    cluster.step(1, (s) => s.append(put(1, "not durable", 1, 2)));
    cluster.checker.crashed(1);
    const server = cluster.server(1);
    server.role = "follower";
    server.log = RaftLog.of([first, second]);
    server.commitIndex = 0;
    cluster.checker.started(1, server, 20);
    cluster
      .step(1, (s) => {
        s.become("leader", 2);
        s.append(noOp(2));
      })
      .apply(1, 1, first)
      .apply(1, 2, second)
      .step(1, (s) => s.commit(3));
    expect(cluster.found).toEqual([]);
  });

  it("with given logs and commit indexes", () => {
    const entries = [noOp(1), put(1, "a"), noOp(3)];
    const cluster = new Cluster((s) => {
      s.term = 3;
      s.log = RaftLog.of(entries.slice(0, s.config.id));
      s.commitIndex = Math.min(s.config.id, 2);
    });
    cluster.step(2, (s) => {
      s.become("leader", 4);
      s.append(noOp(4));
    });
    expect(cluster.found).toEqual([]);
  });
});

describe("safety checks catch", () => {
  it("two leaders in one term, over the whole history", () => {
    const { cluster } = working();
    cluster.step(1, (s) => s.become("follower", 2)).step(3, (s) => s.become("leader", 1));
    expect(cluster.found).toContain("election-safety");
    expect(cluster.checker.violations[0]).toMatchObject({ event: 7, related: 1, term: 1, first: 1, second: 3 });
    expect(cluster.message).toBe("two leaders in term 1: s1 and s3");
  });

  it("only that, when the second leader has everything", () => {
    const { cluster } = working();
    cluster.step(2, (s) => s.become("leader", 1));
    expect(cluster.found).toEqual(["election-safety"]);
  });

  it("a leader that removes an entry of its log", () => {
    const { cluster, second } = working();
    cluster.step(1, (s) => s.append(put(1, "b", 1, 2))).step(1, (s) => s.rewrite(3));
    expect(cluster.found).toEqual(["leader-append-only"]);
    expect(cluster.checker.violations[0]).toMatchObject({ index: 3, found: null, related: 6 });
    const other = working().cluster.step(1, (s) => s.rewrite(2, second));
    expect(other.found).toEqual(["leader-append-only"]);
    expect(cluster.message).toBe("s1, leader of term 1, removed entry 3 of its own log");
  });

  it("a leader whose log changes behind the back of its writes", () => {
    const { cluster } = working();
    cluster.step(1, (s) => s.log.truncateFrom(2));
    expect(cluster.found).toEqual(["leader-append-only"]);
  });

  it("two commands under one index and term", () => {
    const { cluster, first } = working();
    cluster.step(3, (s) => {
      s.become("follower", 1);
      s.append(first, put(1, "b"));
    });
    expect(cluster.found).toEqual(["log-matching"]);
    expect(cluster.checker.violations[0]).toMatchObject({ server: 3, other: 1, index: 2, term: 1, related: 2 });
    expect(cluster.message).toBe("s1 and s3 have different entries at index 2 of term 1");
  });

  it("one entry after two different pasts", () => {
    const { cluster } = working();
    const third = noOp(3);
    cluster
      .step(1, (s) => {
        s.become("leader", 3);
        s.append(third);
      })
      .step(3, (s) => {
        s.become("follower", 3);
        s.append(noOp(1), put(2, "b", 2), third);
      });
    expect(cluster.found).toEqual(["log-matching"]);
    expect(cluster.message).toContain("different entries before it");
  });

  it("a leader elected without a committed entry", () => {
    const { cluster, first } = working();
    cluster
      .step(3, (s) => {
        s.become("follower", 1);
        s.append(first);
      })
      .step(3, (s) => {
        s.become("leader", 2);
        s.append(noOp(2));
      });
    expect(cluster.found).toEqual(["leader-completeness"]);
    expect(cluster.checker.violations[0]).toMatchObject({ server: 3, term: 2, index: 2, committedIn: 1, related: 4 });
    expect(cluster.message).toBe("s3, leader of term 2, lacks entry 2, which was committed in term 1");
  });

  it("a leader elected before an earlier leader commits what it lacks", () => {
    const { cluster } = working();
    const third = put(1, "c", 1, 2);
    cluster
      .step(1, (s) => s.append(third))
      .step(2, (s) => {
        s.become("leader", 2);
        s.append(noOp(2));
      })
      .step(1, (s) => s.commit(3));
    expect(cluster.found).toEqual(["leader-completeness"]);
    expect(cluster.checker.violations[0]).toMatchObject({ server: 2, term: 2, index: 3, committedIn: 1, related: 7 });
  });

  it("the same when both have committed at that index", () => {
    const { cluster } = working();
    cluster
      .step(1, (s) => s.append(put(1, "c", 1, 2)))
      .step(2, (s) => {
        s.become("leader", 2);
        s.append(noOp(2));
        s.commit(3);
      })
      .step(1, (s) => s.commit(3));
    expect(cluster.found).toEqual(["leader-completeness"]);
  });

  it("a given commitment that the elected server lacks", () => {
    const cluster = new Cluster((s) => {
      s.term = 2;
      if (s.config.id !== 3) s.log = RaftLog.of([noOp(1), put(2, "a")]);
      if (s.config.id === 1) s.commitIndex = 2;
    });
    cluster.step(3, (s) => s.become("leader", 3));
    expect(cluster.found).toEqual(["leader-completeness"]);
  });

  it("two commands applied at one index", () => {
    const { cluster, first, second } = working();
    cluster
      .apply(1, 1, first)
      .apply(1, 2, second)
      .apply(2, 1, noOp(1))
      .apply(2, 2, put(2, "b", 2));
    expect(cluster.found).toEqual(["state-machine-safety"]);
    expect(cluster.checker.violations[0]).toMatchObject({ first: 1, second: 2, index: 2, related: 7, event: 9 });
    expect(cluster.message).toBe("s1 and s2 applied different commands at index 2");
  });

  it("two commands that one server applied at one index, before and after it restarted", () => {
    const { cluster, first, second } = working();
    cluster
      .apply(1, 1, first)
      .apply(1, 2, second)
      .apply(1, 2, put(2, "b", 2));
    expect(cluster.found).toEqual(["state-machine-safety"]);
    expect(cluster.message).toBe("s1 applied another command at index 2 than before it restarted");
  });

  it("a request executed twice, but not one recognised as a duplicate", () => {
    const cluster = new Cluster();
    const fine = (): Cluster => cluster.apply(1, 1, put(1, "a")).apply(2, 1, put(1, "a"));
    fine().apply(1, 2, put(1, "a"), true);
    expect(cluster.found).toEqual([]);
    cluster.apply(1, 3, put(2, "a"));
    expect(cluster.found).toEqual(["applied-twice"]);
    expect(cluster.message).toBe("request 1 of c1 was executed twice: at index 1 and, on s1, at index 3");
  });

  it("an acknowledged write that no leader has, or no majority", () => {
    const { cluster, first, second } = working();
    cluster.checker.acknowledged(1, 1, 7);
    const logs = [RaftLog.of([first, second]), RaftLog.of([first, second]), RaftLog.of([first])];
    const finals = (leader: ServerId) =>
      logs.map((log, at) => ({ server: at + 1, log, snapshot: null, leads: at + 1 === leader ? 4 : 0 }));
    cluster.checker.finished(finals(1), 8);
    cluster.checker.finished(finals(0), 8);
    expect(cluster.found).toEqual([]);
    cluster.checker.finished(finals(3), 8);
    expect(cluster.checker.violations).toMatchObject([
      { property: "acknowledged-lost", related: 7, leader: 3, holders: [1, 2] },
    ]);
    expect(cluster.message).toBe("request 1 of c1 was acknowledged and is lost: it is in the log of s1, s2 only");
    logs[1] = RaftLog.of([first]);
    cluster.checker.finished(finals(0), 9);
    expect(cluster.checker.violations[1]).toMatchObject({ leader: 0, holders: [1], servers: 3 });
  });

  it("an acknowledged write by the majority of those who vote, not of all who have a log", () => {
    const { cluster, first, second } = working();
    cluster.checker.acknowledged(1, 1, 7);
    const held = RaftLog.of([first, second]);
    const finals = [held, held, RaftLog.of([first]), new RaftLog<Command>(), new RaftLog<Command>()].map((log, at) => ({
      server: at + 1,
      log,
      snapshot: null,
      leads: 0,
    }));
    const voters = (...ids: ServerId[]): Configuration => ({
      voters: ids,
      outgoing: [],
      learners: [],
      autoLeave: false,
    });
    cluster.checker.finished(finals, 8, [voters(1, 2, 3)]);
    cluster.checker.finished(finals, 8, [voters(1, 2, 3, 4), voters(1, 2, 3)]);
    cluster.checker.finished(finals, 8, [{ ...voters(1, 2, 3), outgoing: [1, 2] }]);
    expect(cluster.found).toEqual([]);
    cluster.checker.finished(finals, 8, [voters(1, 2, 3, 4, 5)]);
    expect(cluster.found).toEqual(["acknowledged-lost"]);
  });

  it("an acknowledged write that is nowhere any more", () => {
    const { cluster, first } = working();
    cluster.checker.acknowledged(1, 1, 7);
    const logs = [RaftLog.of([first]), RaftLog.of([first]), RaftLog.of([first])];
    cluster.checker.finished(
      logs.map((log, at) => ({ server: at + 1, log, snapshot: null, leads: at === 0 ? 4 : 0 })),
      8,
    );
    expect(cluster.found).toEqual(["acknowledged-lost"]);
    expect(cluster.message).toBe("request 1 of c1 was acknowledged and is lost: no log holds it any more");
  });

  it("every property there is", () => {
    expect(SAFETY_PROPERTIES).toHaveLength(7);
    expect(serversOf({ property: "election-safety", event: 1, related: 0, term: 1, first: 1, second: 2 })).toEqual([
      1, 2,
    ]);
  });

  it("many violations without keeping them all", () => {
    const cluster = new Cluster();
    for (let index = 1; index <= 500; index += 1) {
      cluster.apply(1, index, put(1, "a", 1, index)).apply(2, index, put(1, "b", 1, index));
    }
    expect(cluster.checker.count).toBe(500);
    expect(cluster.checker.violations).toHaveLength(100);
  });
});
