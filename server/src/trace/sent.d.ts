import type { EndpointId } from "../sim/config.js";
import type { WatchError } from "../sim/watch-options.js";
import type { EventLog } from "./event-log.js";
interface Ends {
    /** The event that sent it. */
    readonly eventId: number;
    readonly from: EndpointId;
    readonly to: EndpointId;
}
/** A message as the trace has it, with the paper's field names. */
export type Sent = Ends & ({
    readonly type: "RequestVote" | "PreVote";
    readonly term: number;
    readonly lastLogIndex: number;
    readonly lastLogTerm: number;
    /** RequestVote: the leader asked for this election (D §3.10). */
    readonly leadershipTransfer: boolean;
} | {
    readonly type: "RequestVoteReply" | "PreVoteReply";
    readonly term: number;
    readonly voteGranted: boolean;
} | {
    readonly type: "AppendEntries";
    readonly term: number;
    readonly prevLogIndex: number;
    readonly prevLogTerm: number;
    /** How many. */
    readonly entries: number;
    readonly leaderCommit: number;
} | {
    readonly type: "AppendEntriesReply";
    readonly term: number;
    readonly success: boolean;
    readonly matchIndex: number;
    readonly conflictTerm: number;
    readonly conflictIndex: number;
    /** It answers an AppendEntries without entries. */
    readonly heartbeat: boolean;
} | {
    readonly type: "InstallSnapshot";
    readonly term: number;
    readonly lastIncludedIndex: number;
    readonly lastIncludedTerm: number;
    readonly offset: number;
    readonly length: number;
    readonly done: boolean;
} | {
    readonly type: "InstallSnapshotReply";
    readonly term: number;
    readonly lastIncludedIndex: number;
    readonly received: number;
    /** 0 until the snapshot is installed or known to be needless. */
    readonly matchIndex: number;
} | {
    readonly type: "TimeoutNow";
    readonly term: number;
} | {
    readonly type: "TimeoutNowReply";
    readonly term: number;
    readonly started: boolean;
} | {
    readonly type: "ReadIndex";
    readonly term: number;
    readonly context: number;
} | {
    readonly type: "ReadIndexReply";
    readonly term: number;
    readonly context: number;
    readonly success: boolean;
    readonly readIndex: number;
} | {
    readonly type: "ClientRequest";
    readonly operation: number;
    readonly attempt: number;
}
/** `leader`: where it sends the client when it gives no result; 0 for unknown. */
 | {
    readonly type: "ClientRequestReply";
    readonly operation: number;
    readonly result: boolean;
    readonly leader: EndpointId;
} | {
    readonly type: "WatchCreateRequest";
    readonly watch: number;
    readonly revision: number;
} | {
    readonly type: "WatchCancelRequest" | "WatchProgressRequest" | "WatchPing";
    readonly watch: number;
}
/** `sequence`: number of the last response; 0 for a connection that the server does not know. */
 | {
    readonly type: "WatchPong";
    readonly watch: number;
    readonly sequence: number;
} | {
    readonly type: "WatchResponse";
    readonly watch: number;
    readonly revision: number;
    readonly events: number;
    readonly created: boolean;
    readonly canceled: boolean;
    readonly error: WatchError | null;
    readonly compactRevision: number;
    readonly fragment: boolean;
});
/** The message of a `send` event; see `sim/transmit.ts` for the words. */
export declare function readSend(log: EventLog, eventId: number): Sent;
/** The type as the scenario language filters it: an AppendEntries without entries, and its answer, are heartbeats. */
export declare function selectorOf(sent: Sent): string;
/** The term of a message between servers; 0 for one to or from a client. */
export declare function termOf(sent: Sent): number;
/** Whether a reply grants, succeeds or gives a result; `null` for what is no such reply. */
export declare function positiveOf(sent: Sent): boolean | null;
/** Whether either end is a client. */
export declare function isClientMessage(sent: Sent): boolean;
export {};
