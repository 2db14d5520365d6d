import type { LeaseId } from "./request.js";

/** A lease and a time in µs. */
export interface Deadline {
  readonly id: LeaseId;
  readonly timeUs: number;
}

const SECOND_US = 1_000_000;

/** Leases that can be revoked in a second (lease/lessor.go, defaultLeaseRevokeRate). */
const REVOKE_RATE = 1000;

/** Leases that are left to expire in a second, so that those piled up leave room for others (lessor.go, Promote). */
const PER_SECOND = (3 * REVOKE_RATE) / 4;

/**
 * Delays in µs, by lease, for deadlines that stand so close that not all of the leases could be revoked in time (lessor.go,
 * Promote). Leases with the same deadline are taken in the order given.
 */
export function spread(deadlines: readonly Deadline[], nowUs: number): ReadonlyMap<LeaseId, number> {
  const delays = new Map<LeaseId, number>();
  if (deadlines.length < REVOKE_RATE) return delays;
  const sorted = deadlines.toSorted((a, b) => a.timeUs - b.timeUs);
  let base = (sorted[0]?.timeUs ?? nowUs) - nowUs;
  let next = base + SECOND_US;
  let expiring = 0;
  for (const { id, timeUs } of sorted) {
    const remaining = timeUs - nowUs;
    if (remaining > next) {
      base = remaining;
      next = base + SECOND_US;
      expiring = 1;
      continue;
    }
    expiring += 1;
    if (expiring <= PER_SECOND) continue;
    // A lease that is n seconds ahead of the window's begin is delayed by that much less.
    const delay = Math.floor(SECOND_US * (expiring / PER_SECOND)) - (remaining - base);
    next = base + delay;
    delays.set(id, delay);
  }
  return delays;
}
