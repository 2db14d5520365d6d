import type { RaftLog } from "../../server/src/raft/log.js";
import type { Message } from "../../server/src/raft/message.js";
import type { RaftNode } from "../../server/src/raft/node.js";
import type { Entry, Index, ServerId, Snapshot, Term } from "../../server/src/raft/types.js";
import { NONE } from "../../server/src/raft/types.js";
import type { Host, Watcher } from "./cluster.js";
import { covered, entryAt } from "./cluster.js";

function fail(what: string): never {
  throw new Error(what);
}

function same(a: Entry<string> | undefined, b: Entry<string> | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  if (a.term !== b.term || a.kind !== b.kind) return false;
  return a.kind !== "command" || b.kind !== "command" || a.command === b.command;
}

interface Known {
  readonly node: RaftNode<string>;
  readonly term: Term;
  readonly vote: ServerId;
  readonly commit: Index;
}

/** The five properties of Figure 3, fresh reads, and what a message may say before it is durable; each throws when broken. */
export class SafetyCheck implements Watcher {
  readonly hosts: Host[] = [];
  /** Snapshots that a leader sent and a follower installed. */
  installs = 0;
  readonly #leaderOf = new Map<Term, ServerId>();
  readonly #ledLog = new Map<ServerId, { readonly term: Term; readonly log: RaftLog<string> }>();
  readonly #applied: Entry<string>[] = [];
  readonly #committed: { readonly index: Index; readonly entry: Entry<string>; readonly inTerm: Term }[] = [];
  readonly #known = new Map<ServerId, Known>();
  readonly #figure3Only: boolean;
  /** For each read, by context, what was committed anywhere when it was asked. */
  readonly #asked: Index[] = [];
  #counted = 0;

  /** With `figure3Only`, for servers that break a rule on purpose, what one server alone does wrong goes unnoticed. */
  constructor(figure3Only: boolean) {
    this.#figure3Only = figure3Only;
  }

  handled(host: Host, node: RaftNode<string>): void {
    if (node.output.installed !== null) this.installs += 1;
    if (!this.#figure3Only) this.#alone(host, node);
    for (const read of node.output.reads) {
      const asked = this.#asked[read.context] ?? 0;
      if (read.kind === "ready" && read.index < asked)
        fail(`stale read: index ${read.index}, but ${asked} was committed`);
    }
    if (node.role === "leader") this.#leads(host, node);
    if (node.output.transitions.length > 0 || node.output.writes.length > 0) this.#logMatching(node);
    if (node.commitIndex > this.#counted) {
      for (let index = this.#counted + 1; index <= node.commitIndex; index += 1) {
        const entry = entryAt(node, index) ?? fail(`server ${host.id} committed ${index}, which it does not have`);
        this.#committed.push({ index, entry, inTerm: node.term });
      }
      this.#counted = node.commitIndex;
    }
  }

  /** A read is about to be asked; its context. */
  asks(): number {
    return this.#asked.push(this.#counted) - 1;
  }

  leaves(host: Host, message: Message<string>): void {
    if (this.#figure3Only) return;
    const { hardState, log } = host;
    if (message.type === "PreVote" || message.type === "PreVoteReply") return;
    if (hardState.term < message.term) fail(`server ${host.id} speaks of term ${message.term} before it is durable`);
    if (message.type === "RequestVoteReply" && message.voteGranted && hardState.term === message.term) {
      if (hardState.vote !== message.to) fail(`server ${host.id} tells a vote that is not durable`);
    }
    const acknowledges =
      message.type === "InstallSnapshotReply" || (message.type === "AppendEntriesReply" && message.success);
    if (acknowledges && log.lastIndex < message.matchIndex) {
      fail(`server ${host.id} acknowledges ${message.matchIndex}, durable is ${log.lastIndex}`);
    }
  }

  applies(host: Host, index: Index, entry: Entry<string>): void {
    const known = this.#applied[index];
    if (known === undefined) this.#applied[index] = entry;
    else if (!same(known, entry)) fail(`state machine safety: server ${host.id} applies another entry at ${index}`);
  }

  restores(host: Host, snapshot: Snapshot): void {
    covered(snapshot).forEach((entry, i) => {
      this.applies(host, i + 1, entry);
    });
  }

  #leads(host: Host, node: RaftNode<string>): void {
    const other = this.#leaderOf.get(node.term);
    if (other === undefined) {
      this.#leaderOf.set(node.term, host.id);
      for (const { index, entry, inTerm } of this.#committed) {
        if (inTerm < node.term && !same(entryAt(node, index), entry)) {
          fail(`leader completeness: the leader of term ${node.term} lacks entry ${index} committed in term ${inTerm}`);
        }
      }
    } else if (other !== host.id) {
      fail(`election safety: term ${node.term} has leaders ${other} and ${host.id}`);
    }
    const before = this.#ledLog.get(host.id);
    if (before?.term === node.term) {
      for (let index = node.log.firstIndex; index <= before.log.lastIndex; index += 1) {
        if (!same(before.log.at(index), node.log.at(index)))
          fail(`leader append-only: server ${host.id} changed ${index}`);
      }
    }
    this.#ledLog.set(host.id, { term: node.term, log: node.log.clone() });
    if (!this.#figure3Only) this.#progress(node);
  }

  #progress(node: RaftNode<string>): void {
    for (const peer of node.peers) {
      const progress = node.progressOf(peer) ?? fail("a leader has progress for its peers");
      if (progress.match >= progress.next) fail(`match ${progress.match} is not below next ${progress.next}`);
      if (progress.inflight > node.config.inflight) fail(`${progress.inflight} messages are unanswered`);
    }
  }

  #logMatching(node: RaftNode<string>): void {
    for (const { node: other } of this.hosts) {
      if (other === null || other === node) continue;
      let agree = false;
      for (let index = Math.min(node.log.lastIndex, other.log.lastIndex); index > 0; index -= 1) {
        const one = entryAt(node, index);
        const another = entryAt(other, index);
        const equal = same(one, another);
        if (one?.term === another?.term) agree = true;
        if (agree && !equal) fail(`log matching: servers ${node.config.id} and ${other.config.id} differ at ${index}`);
      }
    }
  }

  #alone(host: Host, node: RaftNode<string>): void {
    const before = this.#known.get(host.id);
    if (before?.node === node) {
      if (node.term < before.term) fail(`server ${host.id}: the term fell`);
      if (node.commitIndex < before.commit) fail(`server ${host.id}: the commit index fell`);
      if (node.term === before.term && before.vote !== NONE && node.vote !== before.vote) fail("a vote changed");
    }
    if (node.durableIndex > node.log.lastIndex) fail(`server ${host.id} takes for durable what it does not have`);
    for (let index = 1; index <= node.durableIndex; index += 1) {
      if (!same(entryAt(node, index), entryAt(host, index)))
        fail(`server ${host.id}: entry ${index} is not durable as it is`);
    }
    this.#known.set(host.id, { node, term: node.term, vote: node.vote, commit: node.commitIndex });
  }
}
