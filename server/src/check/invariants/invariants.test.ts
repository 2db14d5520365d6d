import { describe, expect, it } from "vitest";
import type { Command } from "../../kv/command.js";
import type { KvRequest } from "../../kv/request.js";
import { KvStateMachine } from "../../kv/state-machine.js";
import { RaftLog } from "../../raft/log.js";
import { RaftNode } from "../../raft/node.js";
import { CORRECT_RAFT, type Entry, type HardState } from "../../raft/types.js";
import { RunChecks } from "../run-checks.js";
import { invariantText } from "./invariant-text.js";

const noOp = (term: number): Entry<Command> => ({ kind: "no-op", term });

function server(id: number, log: RaftLog<Command>, hardState: HardState = { term: 1, vote: 0 }): RaftNode<Command> {
  return new RaftNode<Command>(
    {
      id,
      voters: [1, 2, 3],
      learners: [],
      membership: "joint",
      preVote: false,
      checkQuorum: false,
      reads: "read-index",
      leaseBase: 150_000,
      leaseDrift: 0.1,
      appendLimit: 8,
      inflight: 8,
      snapshotChunk: 1024,
      rules: CORRECT_RAFT,
    },
    { hardState, log, snapshot: null, commitIndex: 0 },
  );
}

function told({ invariants }: RunChecks): string[] {
  return invariants.violations.map((violation) => invariantText(violation, (id) => `s${id}`));
}

function put(sequence: number, value: string): Command {
  return { client: 1, sequence, operation: { kind: "put", key: "k", value } };
}

function write(machine: KvStateMachine, operation: KvRequest): void {
  machine.apply({ client: 0, sequence: 0, operation });
}

describe("stores of one revision", () => {
  it("that differ are found, whatever the logs say", () => {
    const checks = new RunChecks();
    const one = new KvStateMachine();
    const other = new KvStateMachine();
    // A state machine that is not deterministic executes what another did not.
    other.apply({ client: 0, sequence: 0, operation: { kind: "put", key: "k", value: "z" } });
    const command = put(1, "a");
    const entry: Entry<Command> = { kind: "command", term: 1, command };
    checks.applied(1, 1, entry, one.apply(command), 5);
    checks.applied(2, 1, entry, other.apply(command), 6);
    expect(told(checks)).toEqual([]);
    const next = put(2, "a");
    checks.applied(1, 2, { kind: "command", term: 1, command: next }, one.apply(next), 7);
    expect(told(checks)).toEqual(["s1 and s2 hold different stores at revision 3, after entry 2"]);
  });

  it("have the same hash for the same changes, and another one for others", () => {
    const written = (...values: string[]): number => {
      const machine = new KvStateMachine();
      for (const value of values) write(machine, { kind: "put", key: "k", value });
      return machine.store.hash;
    };
    expect(written("a", "b")).toBe(written("a", "b"));
    expect(new Set([written(), written("a"), written("a", "b"), written("b", "a"), written("ab")]).size).toBe(5);
    const machine = new KvStateMachine();
    write(machine, { kind: "put", key: "k", value: "" });
    const copy = machine.clone();
    write(machine, { kind: "delete", key: "k" });
    write(copy, { kind: "put", key: "k", value: "" });
    expect(copy.store.hash).not.toBe(machine.store.hash);
  });
});

describe("a disk that gives back less than it reported", () => {
  const whole = (): RaftLog<Command> => RaftLog.of([noOp(1), noOp(1)]);

  /** s1 restarts with these, and then sends a message that promises too much. */
  function afterRestart(log: RaftLog<Command>, hardState: HardState): string[] {
    const checks = new RunChecks();
    checks.started(1, server(1, whole(), { term: 1, vote: 2 }), 0);
    checks.crashed(1);
    const again = server(1, log, hardState);
    checks.started(1, again, 3);
    again.term = 2;
    checks.sent(1, { type: "RequestVoteReply", from: 1, to: 2, term: 2, voteGranted: false }, 0, 4);
    return told(checks);
  }

  it("is no fault of the protocol: what rests on disks is not judged any more", () => {
    expect(afterRestart(whole(), { term: 1, vote: 2 })).toEqual([
      "s1 sends RequestVoteReply to s2 before what it promises is durable: it names term 2, the disk holds term 1",
    ]);
    expect(afterRestart(RaftLog.of([noOp(1)]), { term: 1, vote: 2 })).toEqual([]);
    expect(afterRestart(whole(), { term: 1, vote: 0 })).toEqual([]);
    expect(afterRestart(new RaftLog(), { term: 0, vote: 0 })).toEqual([]);
  });
});
