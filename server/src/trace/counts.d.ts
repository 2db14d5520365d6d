/** Counted things in the reader's language, each with a message for one and one for many: a language may need more than an ending. */
/** `1 server`, `3 servers`. */
export declare const servers: (count: number) => string;
/** `1 vote`, `3 votes`. */
export declare const votes: (count: number) => string;
/** `1 voter`, `3 voters`. */
export declare const voters: (count: number) => string;
/** `1 entry`, `3 entries` of a log. */
export declare const entries: (count: number) => string;
/** `1 event`, `3 events` of a watch. */
export declare const watchEvents: (count: number) => string;
/** `1 lease`, `3 leases`. */
export declare const leases: (count: number) => string;
/** `1 attempt`, `3 attempts` of a request. */
export declare const attempts: (count: number) => string;
/** `1024 bytes`. */
export declare const bytes: (count: number) => string;
