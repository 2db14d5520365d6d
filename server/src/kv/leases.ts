import type { Lease, LeaseTable } from "./contract.js";
import type { KvError } from "./error.js";
import { OrderedMap } from "./ordered-map.js";
import { orderedId } from "./ordered-number.js";
import type { LeaseId } from "./request.js";

/** etcd's largest TTL in seconds (lease/lessor.go, MaxLeaseTTL). */
export const MAX_LEASE_TTL = 9_000_000_000;

/** Id, TTL and remaining TTL of a lease, when written out. */
const LEASE_BYTES = 24;

/** The replicated part of leases: which there are, and the keys that hang on each (etcd: lease/lessor.go, without its clock). */
export class Leases implements LeaseTable {
  readonly #leases: OrderedMap<Lease>;
  /** Lease and key in one, so that a lease's keys stand together, in order. */
  readonly #attached: OrderedMap<true>;

  /** No leases, or an independent copy of `original` in constant time. */
  constructor(original: Leases | null = null) {
    this.#leases = original === null ? new OrderedMap() : original.#leases.clone();
    this.#attached = original === null ? new OrderedMap() : original.#attached.clone();
  }

  get count(): number {
    return this.#leases.count;
  }

  /** An estimate of the leases' size when written out; the keys' own lease ids are part of the store. */
  get bytes(): number {
    return this.#leases.count * LEASE_BYTES;
  }

  get(id: LeaseId): Lease | null {
    return this.#leases.get(orderedId(id)) ?? null;
  }

  list(): readonly Lease[] {
    const leases: Lease[] = [];
    this.#leases.scan("", (_id, lease) => {
      leases.push(lease);
      return true;
    });
    return leases;
  }

  keysOf(id: LeaseId): readonly string[] {
    const keys: string[] = [];
    const prefix = orderedId(id);
    this.#attached.scan(prefix, (attached) => {
      if (!attached.startsWith(prefix)) return false;
      keys.push(attached.slice(prefix.length));
      return true;
    });
    return keys;
  }

  /**
   * Grants a lease; a `ttl` below `minimum`, both in seconds, is raised to it. An id must be a positive integer: the server that
   * proposes a grant with id 0 chooses one before (etcdserver/v3_server.go, LeaseGrant), and here 0 is a lease not found (lessor.go, Grant).
   */
  grant(id: LeaseId, ttl: number, minimum: number): Lease | KvError {
    if (!Number.isSafeInteger(id) || id <= 0) return "lease-not-found";
    if (ttl > MAX_LEASE_TTL) return "lease-ttl-too-large";
    const key = orderedId(id);
    if (this.#leases.get(key) !== undefined) return "lease-exists";
    const lease: Lease = { id, ttl: Math.max(ttl, minimum), remainingTtl: 0 };
    this.#leases.set(key, lease);
    return lease;
  }

  /** Removes a lease whose keys are detached already. */
  remove(id: LeaseId): void {
    this.#leases.delete(orderedId(id));
  }

  /** Notes what is left of a lease, in seconds; 0 forgets the note. An unknown lease is passed over (lessor.go, Checkpoint). */
  checkpoint(id: LeaseId, remainingTtl: number): void {
    const key = orderedId(id);
    const lease = this.#leases.get(key);
    if (lease !== undefined) this.#leases.set(key, { ...lease, remainingTtl });
  }

  /** Hangs a key on a lease. */
  attach(id: LeaseId, key: string): void {
    this.#attached.set(orderedId(id) + key, true);
  }

  /** Takes a key off a lease. */
  detach(id: LeaseId, key: string): void {
    this.#attached.delete(orderedId(id) + key);
  }
}
