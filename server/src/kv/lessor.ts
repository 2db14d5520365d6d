import type { Lease, LeaseTable } from "./contract.js";
import { OrderedMap } from "./ordered-map.js";
import { orderedId, orderedTime } from "./ordered-number.js";
import type { LeaseId } from "./request.js";

const SECOND_US = 1_000_000;

/** How a renewal ended. A lease that is over is not renewed any more: its revocation is only a matter of time. */
export type Renewal = "renewed" | "expired";

interface Deadline {
  readonly id: LeaseId;
  /** Seconds. */
  readonly ttl: number;
  /** By the clock that the caller reads, in microseconds. */
  readonly deadlineUs: number;
  /** When what is left of it was last written down, or counted from, in microseconds. */
  readonly notedUs: number;
}

/**
 * The time of leases, which is no part of the replicated state (etcd: lease/lessor.go): only the primary, the lessor of the cluster's
 * leader, has deadlines; for everybody else leases last for ever. It has no clock: callers say what time it is.
 */
export class Lessor {
  #primary = false;
  readonly #byId = new Map<LeaseId, Deadline>();
  /** Deadlines in order, each with its lease in one text. */
  #byTime = new OrderedMap<LeaseId>();

  /** Whether it counts. */
  get isPrimary(): boolean {
    return this.#primary;
  }

  /** The earliest deadline; `null` when there is none. */
  get nextDeadlineUs(): number | null {
    let next: number | null = null;
    this.#byTime.scan("", (_time, id) => {
      next = this.#byId.get(id)?.deadlineUs ?? null;
      return false;
    });
    return next;
  }

  /** Begins to count: each lease has what the last checkpoint left of it, or all of its time, and `extendUs` besides (Promote). */
  promote(leases: LeaseTable, nowUs: number, extendUs: number): void {
    this.#forget();
    this.#primary = true;
    for (const { id, ttl, remainingTtl } of leases.list()) {
      const left = remainingTtl > 0 ? remainingTtl : ttl;
      this.#set({ id, ttl, deadlineUs: nowUs + left * SECOND_US + extendUs, notedUs: nowUs });
    }
  }

  /** Counts no more (Demote). */
  demote(): void {
    this.#forget();
    this.#primary = false;
  }

  /** A lease was granted; nothing to do for who does not count. */
  granted({ id, ttl }: Lease, nowUs: number): void {
    if (this.#primary) this.#set({ id, ttl, deadlineUs: nowUs + ttl * SECOND_US, notedUs: nowUs });
  }

  /** A lease is gone. */
  revoked(id: LeaseId): void {
    const known = this.#byId.get(id);
    if (known === undefined) return;
    this.#byId.delete(id);
    this.#byTime.delete(placeOf(known));
  }

  /** Gives a lease all of its time again, from now on (Renew). */
  renew(id: LeaseId, nowUs: number): Renewal {
    const known = this.#byId.get(id);
    if (known === undefined || known.deadlineUs <= nowUs) return "expired";
    this.#set({ id, ttl: known.ttl, deadlineUs: nowUs + known.ttl * SECOND_US, notedUs: nowUs });
    return "renewed";
  }

  /** What is left of a lease, negative when it is over; `null` for one that is not counted. */
  remainingUs(id: LeaseId, nowUs: number): number | null {
    const known = this.#byId.get(id);
    return known === undefined ? null : known.deadlineUs - nowUs;
  }

  /** The leases whose time is over, longest first, at most so many. */
  expired(nowUs: number, most: number): LeaseId[] {
    const found: LeaseId[] = [];
    this.#byTime.scan("", (_time, id) => {
      if ((this.#byId.get(id)?.deadlineUs ?? nowUs + 1) > nowUs || found.length >= most) return false;
      found.push(id);
      return true;
    });
    return found;
  }

  /**
   * What is to be written down of leases that have more than an interval left and of which nothing was for so long, in whole seconds (checkpointScheduledLeases).
   * They count as written down.
   */
  dueCheckpoints(nowUs: number, intervalUs: number): { readonly id: LeaseId; readonly remainingTtl: number }[] {
    const due: { readonly id: LeaseId; readonly remainingTtl: number }[] = [];
    for (const known of [...this.#byId.values()]) {
      const leftUs = known.deadlineUs - nowUs;
      if (leftUs <= intervalUs || nowUs - known.notedUs < intervalUs) continue;
      due.push({ id: known.id, remainingTtl: Math.ceil(leftUs / SECOND_US) });
      this.#byId.set(known.id, { ...known, notedUs: nowUs });
    }
    return due.sort((a, b) => a.id - b.id);
  }

  /** An independent copy. */
  clone(): Lessor {
    const copy = new Lessor();
    copy.#primary = this.#primary;
    for (const [id, deadline] of this.#byId) copy.#byId.set(id, deadline);
    copy.#byTime = this.#byTime.clone();
    return copy;
  }

  #set(deadline: Deadline): void {
    this.revoked(deadline.id);
    this.#byId.set(deadline.id, deadline);
    this.#byTime.set(placeOf(deadline), deadline.id);
  }

  #forget(): void {
    this.#byId.clear();
    this.#byTime = new OrderedMap();
  }
}

function placeOf({ deadlineUs, id }: Deadline): string {
  return orderedTime(deadlineUs) + orderedId(id);
}
