import { RaftLog } from "../../server/src/raft/log.js";
import type { Message } from "../../server/src/raft/message.js";
import { RaftNode } from "../../server/src/raft/node.js";
import type { Outgoing, Write } from "../../server/src/raft/output.js";
import { clearOutput } from "../../server/src/raft/output.js";
import { startingLog } from "../../server/src/raft/recovery.js";
import type {
  Entry,
  HardState,
  Index,
  RaftConfig,
  ServerId,
  Snapshot,
  SnapshotData,
} from "../../server/src/raft/types.js";
import { CORRECT_RAFT } from "../../server/src/raft/types.js";

/** What the tests' clusters have in common where a test says nothing. */
export const DEFAULTS: Omit<RaftConfig, "id" | "voters"> = {
  preVote: false,
  checkQuorum: false,
  reads: "read-index",
  learners: [],
  membership: "joint",
  leaseBase: 150_000,
  leaseDrift: 0.1,
  snapshotChunk: 1024,
  appendLimit: 64,
  inflight: 16,
  rules: CORRECT_RAFT,
};

/** A snapshot of a test: every entry that it covers. */
export class TestData implements SnapshotData {
  readonly entries: readonly Entry<string>[];

  constructor(entries: readonly Entry<string>[]) {
    this.entries = entries;
  }

  /** Ten for each entry. */
  get bytes(): number {
    return Math.max(1, this.entries.length * 10);
  }
}

/** The entries that a snapshot covers. */
export function covered(snapshot: Snapshot | null): readonly Entry<string>[] {
  if (snapshot === null) return [];
  if (!(snapshot.data instanceof TestData)) throw new Error("a test's snapshot holds entries");
  return snapshot.data.entries;
}

/** The entry at an index, whether it stands in the log or in the snapshot before it. */
export function entryAt({ log, snapshot }: Pick<Host, "log" | "snapshot">, index: Index): Entry<string> | undefined {
  return index < log.firstIndex ? covered(snapshot)[index - 1] : log.at(index);
}

/** One server of a test: its node while it is up, and its disk, which survives. */
export interface Host {
  readonly id: ServerId;
  readonly config: RaftConfig;
  node: RaftNode<string> | null;
  hardState: HardState;
  log: RaftLog<string>;
  snapshot: Snapshot | null;
  /** What the state machine has executed, from index 1 on. */
  state: Entry<string>[];
  writes: Write<string>[];
  /** Messages that wait for a write. */
  waiting: Outgoing<string>[];
  applied: Index;
}

/** What a watcher of a {@link Cluster} hears. */
export interface Watcher {
  /** An input was handled; its output is still there. */
  handled?(host: Host, node: RaftNode<string>): void;
  /** A message leaves its sender; it had to wait for the disk, or not. */
  leaves?(host: Host, message: Message<string>, waited: boolean): void;
  applies?(host: Host, index: Index, entry: Entry<string>): void;
  /** A snapshot has replaced the state of a server's state machine, here or when it began again. */
  restores?(host: Host, snapshot: Snapshot): void;
}

/** A tiny world for Raft nodes: nothing happens unless a test says so, and everything is in plain sight. */
export class Cluster {
  readonly hosts: Host[] = [];
  /** Messages under way, in the order of sending. */
  readonly messages: Message<string>[] = [];
  /** A server cut off from the others: what would arrive there or from there is lost. 0: none. */
  cut: ServerId = 0;
  readonly #watcher: Watcher;
  #step: <T>(node: RaftNode<string>, input: (node: RaftNode<string>) => T) => T = (node, input) => input(node);

  /** `servers` voters, then learners, then spares: servers that belong to no configuration. */
  constructor(servers: number, settings: Partial<RaftConfig>, watcher: Watcher, learning = 0, spares = 0) {
    this.#watcher = watcher;
    const ids = Array.from({ length: servers + learning + spares }, (_, i) => i + 1);
    const voters = ids.slice(0, servers);
    const learners = ids.slice(servers, servers + learning);
    for (const id of ids) {
      const members = id > servers + learning ? { voters: [], learners: [] } : { voters, learners };
      this.hosts.push({
        id,
        config: { ...DEFAULTS, ...settings, id, ...members },
        node: null,
        hardState: { term: 0, vote: 0 },
        log: new RaftLog<string>(),
        snapshot: null,
        state: [],
        writes: [],
        waiting: [],
        applied: 0,
      });
    }
  }

  /** Replaces the way inputs are given to nodes. */
  stepWith(step: <T>(node: RaftNode<string>, input: (node: RaftNode<string>) => T) => T): void {
    this.#step = step;
  }

  host(id: ServerId): Host {
    const host = this.hosts[id - 1];
    if (host === undefined) throw new Error(`there is no server ${id}`);
    return host;
  }

  /** The running node of a server. */
  node(id: ServerId): RaftNode<string> {
    const { node } = this.host(id);
    if (node === null) throw new Error(`server ${id} is down`);
    return node;
  }

  /** The leader of the highest term among those that are up. */
  get leader(): RaftNode<string> | null {
    let best: RaftNode<string> | null = null;
    for (const { node } of this.hosts) {
      if (node?.role === "leader" && (best === null || node.term > best.term)) best = node;
    }
    return best;
  }

  start(id: ServerId, restarted: boolean, commitIndex: Index = 0): void {
    const host = this.host(id);
    host.log = startingLog(host.snapshot, host.log);
    host.node = new RaftNode<string>(host.config, {
      hardState: host.hardState,
      log: host.log,
      snapshot: host.snapshot,
      commitIndex,
    });
    host.applied = 0;
    host.state = [];
    if (host.snapshot !== null) this.#restore(host, host.snapshot);
    this.input(id, (node) => node.start(restarted));
  }

  crash(id: ServerId): void {
    const host = this.host(id);
    host.node = null;
    host.writes = [];
    host.waiting = [];
  }

  /** Gives an input to a server and collects what comes of it. */
  input<T>(id: ServerId, input: (node: RaftNode<string>) => T): T {
    const host = this.host(id);
    const node = this.node(id);
    const result = this.#step(node, input);
    host.writes.push(...node.output.writes);
    this.#watcher.handled?.(host, node);
    for (const outgoing of node.output.messages) {
      if (this.#durable(host, outgoing.after)) this.#send(host, outgoing.message, false);
      else host.waiting.push(outgoing);
    }
    const { installed } = node.output;
    clearOutput(node.output);
    if (installed !== null) this.#restore(host, installed);
    for (let index = host.applied + 1; index <= node.commitIndex; index += 1) {
      const entry = node.log.at(index);
      if (entry === undefined) break;
      this.#watcher.applies?.(host, index, entry);
      host.applied = index;
      host.state.push(entry);
    }
    node.applied(host.applied);
    return result;
  }

  /** A server takes a snapshot of all it may, and keeps `keep` entries behind it. */
  compact(id: ServerId, keep: number): void {
    const host = this.host(id);
    const { snapshotLimit } = this.node(id);
    const entries = Array.from({ length: snapshotLimit }, (_, i) => {
      const entry = host.state[i] ?? this.node(id).log.at(i + 1);
      if (entry === undefined) throw new Error(`server ${id} has no entry ${i + 1}`);
      return entry;
    });
    this.input(id, (node) => node.compact(snapshotLimit, new TestData(entries), keep));
  }

  /** Delivers the message at `position`, leaving a copy under way with `again`. It is lost when the receiver is down. */
  deliver(position: number, again = false): void {
    const message = this.messages[position];
    if (message === undefined) return;
    if (!again) this.messages.splice(position, 1);
    if (message.from === this.cut || message.to === this.cut) return;
    if (this.host(message.to).node !== null) this.input(message.to, (node) => node.receive(message));
  }

  /** Completes the oldest write of a server. */
  persist(id: ServerId): void {
    const host = this.host(id);
    const write = host.writes.shift();
    if (write === undefined || host.node === null) return;
    if (write.hardState !== null) host.hardState = write.hardState;
    if (write.snapshot !== null) {
      host.snapshot = write.snapshot;
      if (write.restart) host.log.restart(write.snapshot.lastIncludedIndex, write.snapshot.lastIncludedTerm);
    }
    host.log.compactTo(write.compactTo);
    if (write.truncateFrom > 0) host.log.truncateFrom(write.truncateFrom);
    for (const entry of write.entries) host.log.append(entry);
    for (const outgoing of host.waiting.filter(({ after }) => after <= write.id))
      this.#send(host, outgoing.message, true);
    host.waiting = host.waiting.filter(({ after }) => after > write.id);
    this.input(id, (node) => node.persisted(write.id));
  }

  #restore(host: Host, snapshot: Snapshot): void {
    host.state = [...covered(snapshot)];
    host.applied = snapshot.lastIncludedIndex;
    this.#watcher.restores?.(host, snapshot);
  }

  #durable(host: Host, write: number): boolean {
    const oldest = host.writes[0];
    return oldest === undefined || write < oldest.id;
  }

  #send(host: Host, message: Message<string>, waited: boolean): void {
    this.#watcher.leaves?.(host, message, waited);
    this.messages.push(message);
  }
}
