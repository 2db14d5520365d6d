import type { Lease, LeaseTable } from "./contract.js";
import type { KvError } from "./error.js";
import type { LeaseId } from "./request.js";
/** etcd's largest TTL in seconds (lease/lessor.go, MaxLeaseTTL). */
export declare const MAX_LEASE_TTL = 9000000000;
/** The replicated part of leases: which there are, and the keys that hang on each (etcd: lease/lessor.go, without its clock). */
export declare class Leases implements LeaseTable {
    #private;
    /** No leases, or an independent copy of `original` in constant time. */
    constructor(original?: Leases | null);
    get count(): number;
    /** An estimate of the leases' size when written out; the keys' own lease ids are part of the store. */
    get bytes(): number;
    get(id: LeaseId): Lease | null;
    list(): readonly Lease[];
    keysOf(id: LeaseId): readonly string[];
    /**
     * Grants a lease; a `ttl` below `minimum`, both in seconds, is raised to it. An id must be a positive integer: the server that
     * proposes a grant with id 0 chooses one before (etcdserver/v3_server.go, LeaseGrant), and here 0 is a lease not found (lessor.go, Grant).
     */
    grant(id: LeaseId, ttl: number, minimum: number): Lease | KvError;
    /** Removes a lease whose keys are detached already. */
    remove(id: LeaseId): void;
    /** Notes what is left of a lease, in seconds; 0 forgets the note. An unknown lease is passed over (lessor.go, Checkpoint). */
    checkpoint(id: LeaseId, remainingTtl: number): void;
    /** Hangs a key on a lease. */
    attach(id: LeaseId, key: string): void;
    /** Takes a key off a lease. */
    detach(id: LeaseId, key: string): void;
}
