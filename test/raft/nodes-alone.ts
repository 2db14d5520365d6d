import { RaftLog } from "../../server/src/raft/log.js";
import type { Message } from "../../server/src/raft/message.js";
import { RaftNode } from "../../server/src/raft/node.js";
import { clearOutput } from "../../server/src/raft/output.js";
import { DEFAULTS } from "./cluster.js";

/**
 * Servers with nothing around them but a queue, for measuring Raft alone: every message arrives, every write is durable at
 * once. The first server leads from the beginning.
 */
export class NodesAlone {
  readonly #nodes: RaftNode<number>[];
  #queue: Message<number>[] = [];
  #next: Message<number>[] = [];
  /** Messages, timers, proposals and finished writes so far. */
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

  /** The lowest commit index: what every server knows to be committed. */
  get committedEverywhere(): number {
    return this.#nodes.reduce((lowest, { commitIndex }) => Math.min(lowest, commitIndex), Number.POSITIVE_INFINITY);
  }

  /** Gives an input to the server that leads and lets all that follows from it happen. */
  leads(input: (leader: RaftNode<number>) => void): void {
    this.#input(input);
    this.#settle();
  }

  /** The leader gets so many proposals before any message arrives; then all that follows happens. */
  propose(first: number, count: number): void {
    for (let command = first; command < first + count; command += 1) this.#input((leader) => leader.propose(command));
    this.#settle();
  }

  #input(input: (leader: RaftNode<number>) => void): void {
    const leader = this.#nodes[0];
    if (leader === undefined) throw new Error("no servers");
    input(leader);
    this.#collect(leader);
  }

  #settle(): void {
    while (this.#queue.length > 0) {
      const messages = this.#queue;
      this.#queue = this.#next;
      for (const message of messages) {
        const node = this.#nodes[message.to - 1];
        if (node === undefined) continue;
        node.receive(message);
        this.#collect(node);
      }
      messages.length = 0;
      this.#next = messages;
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
