import { bench, describe } from "vitest";
import { RaftLog } from "../../server/src/raft/log.js";
import type { Message } from "../../server/src/raft/message.js";
import { RaftNode } from "../../server/src/raft/node.js";
import { clearOutput } from "../../server/src/raft/output.js";
import { DEFAULTS } from "./cluster.js";

// Inputs (messages, timers, proposals, finished writes) that one core handles, with nothing around the nodes but a queue.
// One iteration is 10,000 inputs: 100 iterations a second are the aim of 1,000,000 inputs a second.

const INPUTS = 10_000;

class Bench {
  readonly #nodes: RaftNode<number>[];
  #queue: Message<number>[] = [];
  inputs = 0;

  constructor(servers: number) {
    const voters = Array.from({ length: servers }, (_, i) => i + 1);
    const hardState = { term: 0, vote: 0 };
    this.#nodes = voters.map(
      (id) =>
        new RaftNode<number>(
          { ...DEFAULTS, preVote: true, checkQuorum: true, id, voters },
          { hardState, log: new RaftLog<number>(), snapshot: null, commitIndex: 0 },
        ),
    );
    this.leads((node) => node.electionTimeout(false));
  }

  /** Gives an input to the first server, which leads, and lets all that follows from it happen. */
  leads(input: (leader: RaftNode<number>) => void): void {
    const leader = this.#nodes[0];
    if (leader === undefined) throw new Error("no servers");
    input(leader);
    this.#collect(leader);
    while (this.#queue.length > 0) {
      const messages = this.#queue;
      this.#queue = [];
      for (const message of messages) {
        const node = this.#nodes[message.to - 1];
        if (node === undefined) continue;
        node.receive(message);
        this.#collect(node);
      }
    }
  }

  #collect(node: RaftNode<number>): void {
    this.inputs += 1;
    const { output } = node;
    for (const { message } of output.messages) this.#queue.push(message);
    const write = output.writes.at(-1);
    clearOutput(output);
    if (write === undefined) return;
    node.persisted(write.id);
    this.inputs += 1;
    for (const { message } of output.messages) this.#queue.push(message);
    clearOutput(output);
  }
}

describe.each([3, 5, 7, 101])(`%d servers, ${INPUTS} inputs`, (servers) => {
  const idle = new Bench(servers);
  bench("heartbeats", () => {
    const until = idle.inputs + INPUTS;
    while (idle.inputs < until) idle.leads((leader) => leader.heartbeatTimeout());
  });

  const busy = new Bench(servers);
  let command = 0;
  bench("proposals, one after another", () => {
    const until = busy.inputs + INPUTS;
    while (busy.inputs < until) {
      command += 1;
      busy.leads((leader) => leader.propose(command));
    }
  });
});
