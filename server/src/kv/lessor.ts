import type { Lease, LeaseTable } from "./contract.js";
import { OrderedMap } from "./ordered-map.js";
import { orderedId, orderedTime } from "./ordered-number.js";
import type { KvRequest, LeaseId } from "./request.js";
import type { KvResponse } from "./response.js";
import { type Deadline, spread } from "./spread-deadlines.js";

/** Microseconds of virtual time per second. */
const SECOND_US = 1_000_000;

/** How long a revocation may take before it is proposed again (lease/lessor.go, defaultExpiredleaseRetryInterval). */
const RETRY_US = 3 * SECOND_US;

/** Leases that are found expired at one time, at most (lessor.go: half of leaseRevokeRate, each 500 ms). */
const MOST_EXPIRED = 500;

/** Checkpoints in one request, at most (lessor.go, maxLeaseCheckpointBatchSize). */
const MOST_CHECKPOINTS = 1000;

/** How the leader's clock looks after leases. */
export interface LessorOptions {
  /** µs between two checkpoints of one lease, above 0; `null` for none, etcd's default (--experimental-enable-lease-checkpoint; every 5 min there). */
  readonly checkpointIntervalUs: number | null;
}

/** What became of a keep-alive. */
export type Renewal =
  /**
   * The lease has its full `ttl`, in seconds, again. Where `clearsCheckpoint` is set, etcd proposes a checkpoint of 0 first, so that
   * a next leader does not go by the old one.
   */
  | { readonly kind: "renewed"; readonly ttl: number; readonly clearsCheckpoint: boolean }
  | { readonly kind: "not-found" }
  /** Its time is over and its revocation under way: the keep-alive waits until it is revoked, or until another server leads. */
  | { readonly kind: "expired" }
  | { readonly kind: "not-primary" };

/** A lease as the leader's clock sees it. */
interface Timed {
  readonly lease: Lease;
  /** When its time is over, in µs. */
  readonly deadlineUs: number;
  /** Its place among what is to expire: the deadline, or the time to try again. */
  readonly expiryKey: string;
  /** Its place among what is to be checkpointed; "" for none. */
  readonly checkpointKey: string;
}

/**
 * The part of leases that is not replicated: when each expires, by the clock of the server that leads (etcd: lease/lessor.go, the
 * primary lessor). On all others leases last for ever. Times are the server's own clock, in µs. All queues are ordered maps: nothing
 * goes through all leases but {@link promote}, and a clone is constant time.
 */
export class Lessor {
  readonly #checkpointIntervalUs: number | null;
  #primary = false;
  #leases = new OrderedMap<Timed>();
  /** By expiry key; the time to be looked at, and the lease. */
  #expiries = new OrderedMap<Deadline>();
  /** By checkpoint key. */
  #checkpoints = new OrderedMap<Deadline>();

  /** A lessor that is not primary. */
  constructor({ checkpointIntervalUs }: LessorOptions = { checkpointIntervalUs: null }) {
    this.#checkpointIntervalUs = checkpointIntervalUs;
  }

  /** Whether this server decides about expiry. */
  get primary(): boolean {
    return this.#primary;
  }

  /**
   * The server leads from now on: every lease has its remaining TTL (of the last checkpoint, or else the full one) and `extendUs` from
   * now, for clients whose keep-alives found no leader. etcd extends by an election timeout (server.go, setCommittedIndex and applyEntries).
   * So many leases that would expire together that they could not be revoked in time are spread (lessor.go, Promote).
   */
  promote(leases: LeaseTable, nowUs: number, extendUs: number): void {
    this.demote();
    this.#primary = true;
    const deadlines = leases.list().map((lease): Deadline & { readonly lease: Lease } => ({
      id: lease.id,
      lease,
      timeUs: nowUs + extendUs + remainingTtl(lease) * SECOND_US,
    }));
    const delays = spread(deadlines, nowUs);
    for (const { lease, timeUs, id } of deadlines) this.#hold(lease, timeUs + (delays.get(id) ?? 0), nowUs);
  }

  /** The server leads no more, or restarted: leases last for ever here. */
  demote(): void {
    this.#primary = false;
    this.#leases = new OrderedMap();
    this.#expiries = new OrderedMap();
    this.#checkpoints = new OrderedMap();
  }

  /** Takes note of a request that was applied, with its answer, and was no duplicate; `leases` are those after it. */
  applied(request: KvRequest, response: KvResponse, leases: LeaseTable, nowUs: number): void {
    if (!this.#primary || response.kind === "error") return;
    if (request.kind === "lease-grant") this.#granted(leases.get(request.id), nowUs);
    else if (request.kind === "lease-revoke") this.#revoked(request.id);
    else if (request.kind === "lease-checkpoint") {
      for (const { id } of request.checkpoints) this.#checkpointed(leases.get(id), nowUs);
    }
  }

  /** A keep-alive (lessor.go, Renew). */
  renew(id: LeaseId, nowUs: number): Renewal {
    if (!this.#primary) return { kind: "not-primary" };
    const timed = this.#leases.get(orderedId(id));
    if (timed === undefined) return { kind: "not-found" };
    if (timed.deadlineUs <= nowUs) return { kind: "expired" };
    const { lease, checkpointKey } = timed;
    this.#expiries.delete(timed.expiryKey);
    this.#enter(lease, nowUs + lease.ttl * SECOND_US, checkpointKey);
    return { kind: "renewed", ttl: lease.ttl, clearsCheckpoint: lease.remainingTtl > 0 };
  }

  /** µs until the lease's time is over, negative after that; `null` for no such lease here: an unknown one, or any where the server does not lead. */
  remainingUs(id: LeaseId, nowUs: number): number | null {
    const timed = this.#leases.get(orderedId(id));
    return timed === undefined ? null : timed.deadlineUs - nowUs;
  }

  /** When {@link expired} has something next, in µs; `null` for never. */
  get nextExpiryUs(): number | null {
    return first(this.#expiries)?.timeUs ?? null;
  }

  /** When {@link dueCheckpoints} has something next, in µs; `null` for never. */
  get nextCheckpointUs(): number | null {
    return first(this.#checkpoints)?.timeUs ?? null;
  }

  /**
   * Leases whose time is over, at most `most`, in the order in which it was: to be revoked through the log. They come again every 3 s
   * until they are revoked or another server leads (lessor.go, findExpiredLeases).
   */
  expired(nowUs: number, most = MOST_EXPIRED): readonly LeaseId[] {
    const found: LeaseId[] = [];
    for (let next = first(this.#expiries); found.length < most; next = first(this.#expiries)) {
      if (next === null || next.timeUs > nowUs) break;
      const timed = this.#leases.get(orderedId(next.id));
      if (timed === undefined) throw new Error(`lessor: lease ${next.id} is to expire but is not held`);
      found.push(next.id);
      this.#expiries.delete(timed.expiryKey);
      this.#enter(timed.lease, timed.deadlineUs, timed.checkpointKey, nowUs + RETRY_US);
    }
    return found;
  }

  /**
   * What is left of leases that were granted, renewed by a leader's change or last noted an interval ago, in whole seconds rounded up: to be
   * proposed as a checkpoint, which {@link applied} hears of and so sets the next one (lessor.go, findDueScheduledCheckpoints). Only leases that
   * had more than the interval left then are looked at. Unlike etcd, which forgets it, a lease that was renewed this very second is looked at
   * again an interval later.
   */
  dueCheckpoints(
    nowUs: number,
    most = MOST_CHECKPOINTS,
  ): readonly { readonly id: LeaseId; readonly remainingTtl: number }[] {
    const due: { id: LeaseId; remainingTtl: number }[] = [];
    for (let next = first(this.#checkpoints); due.length < most; next = first(this.#checkpoints)) {
      if (next === null || next.timeUs > nowUs) break;
      const key = orderedId(next.id);
      const timed = this.#leases.get(key);
      if (timed === undefined) throw new Error(`lessor: lease ${next.id} is to be checkpointed but is not held`);
      this.#checkpoints.delete(timed.checkpointKey);
      this.#leases.set(key, { ...timed, checkpointKey: "" });
      if (timed.deadlineUs <= nowUs) continue;
      const remaining = Math.ceil((timed.deadlineUs - nowUs) / SECOND_US);
      if (remaining < timed.lease.ttl) due.push({ id: next.id, remainingTtl: remaining });
      else this.#leases.set(key, { ...timed, checkpointKey: this.#schedule(timed.lease, nowUs) });
    }
    return due;
  }

  /** An independent copy in constant time. */
  clone(): Lessor {
    const copy = new Lessor({ checkpointIntervalUs: this.#checkpointIntervalUs });
    copy.#primary = this.#primary;
    copy.#leases = this.#leases.clone();
    copy.#expiries = this.#expiries.clone();
    copy.#checkpoints = this.#checkpoints.clone();
    return copy;
  }

  #granted(lease: Lease | null, nowUs: number): void {
    if (lease !== null && this.#leases.get(orderedId(lease.id)) === undefined)
      this.#hold(lease, nowUs + lease.ttl * SECOND_US, nowUs);
  }

  #revoked(id: LeaseId): void {
    const key = orderedId(id);
    const timed = this.#leases.get(key);
    if (timed === undefined) return;
    this.#leases.delete(key);
    this.#expiries.delete(timed.expiryKey);
    this.#checkpoints.delete(timed.checkpointKey);
  }

  /** The deadline stays; only a next leader goes by the checkpoint. */
  #checkpointed(lease: Lease | null, nowUs: number): void {
    if (lease === null) return;
    const key = orderedId(lease.id);
    const timed = this.#leases.get(key);
    if (timed === undefined) return;
    this.#checkpoints.delete(timed.checkpointKey);
    this.#leases.set(key, { ...timed, lease, checkpointKey: this.#schedule(lease, nowUs) });
  }

  #hold(lease: Lease, deadlineUs: number, nowUs: number): void {
    this.#enter(lease, deadlineUs, this.#schedule(lease, nowUs));
  }

  #enter(lease: Lease, deadlineUs: number, checkpointKey: string, timeUs = deadlineUs): void {
    const key = orderedId(lease.id);
    const expiryKey = orderedTime(timeUs) + key;
    this.#leases.set(key, { lease, deadlineUs, expiryKey, checkpointKey });
    this.#expiries.set(expiryKey, { id: lease.id, timeUs });
  }

  /** Enters the lease's next checkpoint and returns its key; "" for none. */
  #schedule(lease: Lease, nowUs: number): string {
    const interval = this.#checkpointIntervalUs;
    if (interval === null || interval <= 0 || remainingTtl(lease) * SECOND_US <= interval) return "";
    const timeUs = nowUs + interval;
    const key = orderedTime(timeUs) + orderedId(lease.id);
    this.#checkpoints.set(key, { id: lease.id, timeUs });
    return key;
  }
}

function remainingTtl({ ttl, remainingTtl: noted }: Lease): number {
  return noted > 0 ? noted : ttl;
}

function first(queue: OrderedMap<Deadline>): Deadline | null {
  let found: Deadline | null = null;
  queue.scan("", (_key, deadline) => {
    found = deadline;
    return false;
  });
  return found;
}
