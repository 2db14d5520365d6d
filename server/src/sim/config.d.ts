import type { Rules } from "../raft/types.js";
/** A number of an endpoint of the network: servers are 1..n in the order of their names, then come the clients. */
export type EndpointId = number;
/** Integer microseconds of virtual time. */
export type Micros = number;
/** Inclusive range of durations. */
export interface MicrosRange {
    readonly min: Micros;
    readonly max: Micros;
}
/** An entry that a server starts with. */
export interface InitialEntry {
    readonly term: number;
    readonly put: {
        readonly key: string;
        readonly value: string;
    } | null;
}
/** The durable state and commit index that a server starts with. */
export interface InitialState {
    /** Index into {@link WorldConfig.servers}. */
    readonly server: number;
    readonly term: number;
    /** Index into `servers`, or `null` for no vote. */
    readonly vote: number | null;
    readonly log: readonly InitialEntry[];
    readonly commit: number;
}
/** Everything that decides a run besides the actions: with the same config and actions a world does the same. */
export interface WorldConfig {
    /** All servers: voters, learners and those that belong to no configuration yet. */
    readonly servers: readonly string[];
    /** The cluster's first learners, as numbers of servers, ascending. */
    readonly learners: readonly EndpointId[];
    /** Servers that wait to be added, as numbers of servers, ascending. */
    readonly spares: readonly EndpointId[];
    readonly clients: readonly string[];
    readonly seed: number;
    readonly electionTimeout: MicrosRange;
    readonly heartbeat: Micros;
    readonly latency: MicrosRange;
    /** Chances per message, 0..1. */
    readonly loss: number;
    readonly duplicate: number;
    readonly reorder: number;
    /** From the write of a record to its durability. */
    readonly fsync: MicrosRange;
    readonly preVote: boolean;
    readonly checkQuorum: boolean;
    readonly reads: "read-index" | "lease" | "log" | "local";
    /** Bound on the drift of a server's clock that lease reads allow for, as a share; dissertation §6.4.1. */
    readonly leaseDrift: number;
    /** How configurations change (§6, dissertation §4.1). */
    readonly membership: "joint" | "single" | "naive";
    /**
     * A snapshot after so many applied entries, with `keep` entries left behind it, sent in chunks of so many bytes; `null` for
     * none but those asked for (§7).
     */
    readonly snapshot: {
        readonly every: number;
        readonly keep: number;
        readonly chunk: number;
    } | null;
    readonly sessions: boolean;
    readonly appendLimit: number;
    readonly inflight: number;
    readonly clientTimeout: Micros;
    /** What clients ask again that stayed unanswered; `reads`: as etcd's clients, writes only if surely not sent. */
    readonly retries: "all" | "reads";
    /** Bytes of the store beyond which writes are refused and the alarm NOSPACE is raised (etcd: --quota-backend-bytes). */
    readonly quota: number;
    /** Operations in a transaction (etcd: --max-txn-ops). */
    readonly maxTxnOps: number;
    /** Bytes of a request (etcd: --max-request-bytes). */
    readonly maxRequestBytes: number;
    /** How often a leader writes down what is left of leases; `null` for never (etcd: --experimental-enable-lease-checkpoint). */
    readonly leaseCheckpoint: Micros | null;
    /** How often watches that ask for it are told their progress (etcd: --experimental-watch-progress-notify-interval). */
    readonly watchProgress: Micros;
    /** `manual`: messages wait in the network until an action delivers them. */
    readonly network: "auto" | "manual";
    /** `manual`: servers' timers stand still; only the action `tick` lets time pass on them. */
    readonly timers: "auto" | "manual";
    readonly rules: Rules;
    readonly initial: readonly InitialState[];
}
/** etcd's defaults of what its flags set; clients ask everything again, as with sessions they may. */
export declare const ETCD_DEFAULTS: {
    readonly retries: "all";
    readonly quota: number;
    readonly maxTxnOps: 128;
    readonly maxRequestBytes: number;
    readonly leaseCheckpoint: null;
    readonly watchProgress: 600000000;
};
