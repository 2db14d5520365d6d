import type { KeyRange } from "../kv/request.js";
import type { Reason } from "../raft/reason.js";
import type { EndpointId, Micros } from "./config.js";
import type { WatchOptions } from "./watch-options.js";
import { RangeIndex } from "./watch-ranges.js";

/**
 * Responses of one watch that may be under way at once. What is more than that waits at the server, as with etcd, whose
 * channels and connections hold so much and no more: the watch is caught up when its receiver has taken something.
 */
const RESPONSES_UNDER_WAY = 16;

/** Why a watch is to be caught up, and since which event. */
export interface Behind {
  readonly why: Reason;
  readonly event: number;
}

/** A watch as its server keeps it: etcd's watcher (mvcc/watchable_store.go), and its connection. */
export interface ServerWatch {
  readonly client: EndpointId;
  readonly watch: number;
  /** The client's number for this connection. */
  readonly stream: number;
  readonly options: WatchOptions;
  /** Number of the last response. */
  sequence: number;
  /** Number of the newest response that has arrived. Standing for what a connection's flow control tells its sender. */
  arrived: number;
  /** First revision that was not sent yet, or is not wanted before (etcd: minRev). */
  nextRevision: number;
  /** Why it is not told of changes as they happen, and since which event; `null` when it is synced. */
  behind: Behind | null;
  /** Between two progress notifications; 0 for none. */
  readonly progressUs: Micros;
  /** Was sent events since its last progress notification was due. */
  told: boolean;
}

/** Whether a response may leave. */
export function hasRoom(watch: ServerWatch): boolean {
  return watch.sequence - watch.arrived < RESPONSES_UNDER_WAY;
}

/**
 * The watches at one server: those that are synced hear of changes as they happen, the others are caught up
 * (etcd: mvcc/watchable_store.go, watcher_group.go).
 */
export class WatchTable {
  readonly #watches = new Map<number, ServerWatch>();
  readonly #index = new RangeIndex<ServerWatch>();
  /** In the order in which they will be caught up. */
  readonly #unsynced = new Map<number, ServerWatch>();
  /** How many end without a leader. */
  #needLeader = 0;
  /** The loop that catches up is in the queue. */
  syncQueued = false;
  /** The look for a leader is in the queue. */
  leaderQueued = false;
  /** At how many looks in a row there was no leader. */
  leaderless = 0;

  /** Number of watches. */
  get size(): number {
    return this.#watches.size;
  }

  /** Whether some watch ends without a leader. */
  get needsLeader(): boolean {
    return this.#needLeader > 0;
  }

  /** All watches, in the order in which they were opened. */
  list(): readonly ServerWatch[] {
    return [...this.#watches.values()];
  }

  /** The watches that are to be caught up, the next ones first. */
  unsynced(): readonly ServerWatch[] {
    return [...this.#unsynced.values()];
  }

  /** The watch with this number. */
  get(watch: number): ServerWatch | undefined {
    return this.#watches.get(watch);
  }

  /** Adds a watch; there must be none with its number. */
  add(watch: ServerWatch): void {
    this.#watches.set(watch.watch, watch);
    this.#index.add(rangeOf(watch), watch);
    if (watch.behind !== null) this.#unsynced.set(watch.watch, watch);
    if (watch.options.requireLeader) this.#needLeader += 1;
  }

  /** Takes a watch out. */
  remove(watch: ServerWatch): void {
    this.#watches.delete(watch.watch);
    this.#index.remove(rangeOf(watch), watch);
    this.#unsynced.delete(watch.watch);
    if (watch.options.requireLeader) this.#needLeader -= 1;
  }

  /** A watch is to be caught up, after those that are already. */
  unsync(watch: ServerWatch, behind: Behind): void {
    watch.behind ??= behind;
    this.#unsynced.delete(watch.watch);
    this.#unsynced.set(watch.watch, watch);
  }

  /** A watch has been caught up. */
  sync(watch: ServerWatch): void {
    watch.behind = null;
    this.#unsynced.delete(watch.watch);
  }

  /** Calls `found` with every watch of `key`, synced or not, in no particular but always the same order. */
  at(key: string, found: (watch: ServerWatch) => void): void {
    this.#index.at(key, found);
  }

  /** An independent copy. */
  clone(): WatchTable {
    const copy = new WatchTable();
    for (const watch of this.#watches.values()) copy.add({ ...watch });
    copy.#unsynced.clear();
    for (const number of this.#unsynced.keys()) {
      const watch = copy.#watches.get(number);
      if (watch !== undefined) copy.#unsynced.set(number, watch);
    }
    copy.syncQueued = this.syncQueued;
    copy.leaderQueued = this.leaderQueued;
    copy.leaderless = this.leaderless;
    return copy;
  }
}

/** An empty key is the smallest one there is, as in etcd (etcdserver/api/v3rpc/watch.go). */
function rangeOf({ options: { key, rangeEnd = "" } }: ServerWatch): KeyRange {
  return { key: key === "" ? "\0" : key, rangeEnd };
}
