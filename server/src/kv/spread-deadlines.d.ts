import type { LeaseId } from "./request.js";
/** A lease and a time in µs. */
export interface Deadline {
    readonly id: LeaseId;
    readonly timeUs: number;
}
/**
 * Delays in µs, by lease, for deadlines that stand so close that not all of the leases could be revoked in time (lessor.go,
 * Promote). Leases with the same deadline are taken in the order given.
 */
export declare function spread(deadlines: readonly Deadline[], nowUs: number): ReadonlyMap<LeaseId, number>;
