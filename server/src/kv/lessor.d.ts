import type { LeaseTable } from "./contract.js";
import type { KvRequest, LeaseId } from "./request.js";
import type { KvResponse } from "./response.js";
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
{
    readonly kind: "renewed";
    readonly ttl: number;
    readonly clearsCheckpoint: boolean;
} | {
    readonly kind: "not-found";
}
/** Its time is over and its revocation under way: the keep-alive waits until it is revoked, or until another server leads. */
 | {
    readonly kind: "expired";
} | {
    readonly kind: "not-primary";
};
/**
 * The part of leases that is not replicated: when each expires, by the clock of the server that leads (etcd: lease/lessor.go, the
 * primary lessor). On all others leases last for ever. Times are the server's own clock, in µs. All queues are ordered maps: nothing
 * goes through all leases but {@link promote}, and a clone is constant time.
 */
export declare class Lessor {
    #private;
    /** A lessor that is not primary. */
    constructor({ checkpointIntervalUs }?: LessorOptions);
    /** Whether this server decides about expiry. */
    get primary(): boolean;
    /**
     * The server leads from now on: every lease has its remaining TTL (of the last checkpoint, or else the full one) and `extendUs` from
     * now, for clients whose keep-alives found no leader. etcd extends by an election timeout (server.go, setCommittedIndex and applyEntries).
     * So many leases that would expire together that they could not be revoked in time are spread (lessor.go, Promote).
     */
    promote(leases: LeaseTable, nowUs: number, extendUs: number): void;
    /** The server leads no more, or restarted: leases last for ever here. */
    demote(): void;
    /** Takes note of a request that was applied, with its answer, and was no duplicate; `leases` are those after it. */
    applied(request: KvRequest, response: KvResponse, leases: LeaseTable, nowUs: number): void;
    /** A keep-alive (lessor.go, Renew). */
    renew(id: LeaseId, nowUs: number): Renewal;
    /** µs until the lease's time is over, negative after that; `null` for no such lease here: an unknown one, or any where the server does not lead. */
    remainingUs(id: LeaseId, nowUs: number): number | null;
    /** When {@link expired} has something next, in µs; `null` for never. */
    get nextExpiryUs(): number | null;
    /** When {@link dueCheckpoints} has something next, in µs; `null` for never. */
    get nextCheckpointUs(): number | null;
    /**
     * Leases whose time is over, at most `most`, in the order in which it was: to be revoked through the log. They come again every 3 s
     * until they are revoked or another server leads (lessor.go, findExpiredLeases).
     */
    expired(nowUs: number, most?: number): readonly LeaseId[];
    /**
     * What is left of leases that were granted, renewed by a leader's change or last noted an interval ago, in whole seconds rounded up: to be
     * proposed as a checkpoint, which {@link applied} hears of and so sets the next one (lessor.go, findDueScheduledCheckpoints). Only leases that
     * had more than the interval left then are looked at. Unlike etcd, which forgets it, a lease that was renewed this very second is looked at
     * again an interval later.
     */
    dueCheckpoints(nowUs: number, most?: number): readonly {
        readonly id: LeaseId;
        readonly remainingTtl: number;
    }[];
    /** An independent copy in constant time. */
    clone(): Lessor;
}
