import type { EndpointId } from "../sim/config.js";
import { unpackResponse, unpackSend } from "../sim/transmit.js";
import type { WatchError } from "../sim/watch-options.js";
import type { EventLog } from "./event-log.js";

interface Ends {
  /** The event that sent it. */
  readonly eventId: number;
  readonly from: EndpointId;
  readonly to: EndpointId;
}

/** A message as the trace has it, with the paper's field names. */
export type Sent = Ends &
  (
    | {
        readonly type: "RequestVote" | "PreVote";
        readonly term: number;
        readonly lastLogIndex: number;
        readonly lastLogTerm: number;
        /** RequestVote: the leader asked for this election (D §3.10). */
        readonly leadershipTransfer: boolean;
      }
    | { readonly type: "RequestVoteReply" | "PreVoteReply"; readonly term: number; readonly voteGranted: boolean }
    | {
        readonly type: "AppendEntries";
        readonly term: number;
        readonly prevLogIndex: number;
        readonly prevLogTerm: number;
        /** How many. */
        readonly entries: number;
        readonly leaderCommit: number;
      }
    | {
        readonly type: "AppendEntriesReply";
        readonly term: number;
        readonly success: boolean;
        readonly matchIndex: number;
        readonly conflictTerm: number;
        readonly conflictIndex: number;
        /** It answers an AppendEntries without entries. */
        readonly heartbeat: boolean;
      }
    | {
        readonly type: "InstallSnapshot";
        readonly term: number;
        readonly lastIncludedIndex: number;
        readonly lastIncludedTerm: number;
        readonly offset: number;
        readonly length: number;
        readonly done: boolean;
      }
    | {
        readonly type: "InstallSnapshotReply";
        readonly term: number;
        readonly lastIncludedIndex: number;
        readonly received: number;
        /** 0 until the snapshot is installed or known to be needless. */
        readonly matchIndex: number;
      }
    | { readonly type: "TimeoutNow"; readonly term: number }
    | { readonly type: "TimeoutNowReply"; readonly term: number; readonly started: boolean }
    | { readonly type: "ReadIndex"; readonly term: number; readonly context: number }
    | {
        readonly type: "ReadIndexReply";
        readonly term: number;
        readonly context: number;
        readonly success: boolean;
        readonly readIndex: number;
      }
    | { readonly type: "ClientRequest"; readonly operation: number; readonly attempt: number }
    /** `leader`: where it sends the client when it gives no result; 0 for unknown. */
    | {
        readonly type: "ClientRequestReply";
        readonly operation: number;
        readonly result: boolean;
        readonly leader: EndpointId;
      }
    | { readonly type: "WatchCreateRequest"; readonly watch: number; readonly revision: number }
    | { readonly type: "WatchCancelRequest" | "WatchProgressRequest" | "WatchPing"; readonly watch: number }
    /** `sequence`: number of the last response; 0 for a connection that the server does not know. */
    | { readonly type: "WatchPong"; readonly watch: number; readonly sequence: number }
    | {
        readonly type: "WatchResponse";
        readonly watch: number;
        readonly revision: number;
        readonly events: number;
        readonly created: boolean;
        readonly canceled: boolean;
        readonly error: WatchError | null;
        readonly compactRevision: number;
        readonly fragment: boolean;
      }
  );

/** The message of a `send` event; see `sim/transmit.ts` for the words. */
export function readSend(log: EventLog, eventId: number): Sent {
  const words = log.words(eventId);
  const word = (position: number): number => words[position] ?? 0;
  const { peer: to, type, positive } = unpackSend(word(0));
  const from = log.at(eventId);
  // Spelt out in every case: this is read for every message of a window, and spreading the ends costs a hundred times more.
  switch (type) {
    case "RequestVote":
    case "PreVote": {
      const term = word(1);
      const lastLogIndex = word(2);
      const lastLogTerm = word(3);
      return { eventId, from, to, type, term, lastLogIndex, lastLogTerm, leadershipTransfer: positive };
    }
    case "RequestVoteReply":
    case "PreVoteReply":
      return { eventId, from, to, type, term: word(1), voteGranted: positive };
    case "AppendEntries":
      return {
        eventId,
        from,
        to,
        type,
        term: word(1),
        prevLogIndex: word(2),
        prevLogTerm: word(3),
        entries: word(4),
        leaderCommit: word(5),
      };
    case "AppendEntriesReply":
      return {
        eventId,
        from,
        to,
        type,
        term: word(1),
        success: positive,
        matchIndex: word(2),
        conflictTerm: word(3),
        conflictIndex: word(4),
        heartbeat: log.reasonCode(eventId) === "append-heartbeat",
      };
    case "InstallSnapshot":
      return {
        eventId,
        from,
        to,
        type,
        term: word(1),
        lastIncludedIndex: word(2),
        lastIncludedTerm: word(3),
        offset: word(4),
        length: word(5),
        done: positive,
      };
    case "InstallSnapshotReply": {
      const term = word(1);
      const lastIncludedIndex = word(2);
      const received = word(3);
      return { eventId, from, to, type, term, lastIncludedIndex, received, matchIndex: word(4) };
    }
    case "TimeoutNow":
      return { eventId, from, to, type, term: word(1) };
    case "TimeoutNowReply":
      return { eventId, from, to, type, term: word(1), started: positive };
    case "ReadIndex":
      return { eventId, from, to, type, term: word(1), context: word(2) };
    case "ReadIndexReply": {
      const term = word(1);
      const context = word(2);
      return { eventId, from, to, type, term, context, success: positive, readIndex: word(3) };
    }
    case "ClientRequest":
      return { eventId, from, to, type, operation: word(1), attempt: word(2) };
    case "ClientRequestReply": {
      const operation = word(1);
      return { eventId, from, to, type, operation, result: positive, leader: word(2) };
    }
    case "WatchCreateRequest":
      return { eventId, from, to, type, watch: word(1), revision: word(2) };
    case "WatchCancelRequest":
    case "WatchProgressRequest":
    case "WatchPing":
      return { eventId, from, to, type, watch: word(1) };
    case "WatchPong":
      return { eventId, from, to, type, watch: word(1), sequence: word(2) };
    case "WatchResponse": {
      const { fragment, canceled, error } = unpackResponse(word(4));
      return {
        eventId,
        from,
        to,
        type,
        watch: word(1),
        revision: word(2),
        events: word(3),
        created: positive,
        canceled,
        error,
        compactRevision: word(5),
        fragment,
      };
    }
  }
}

/** The type as the scenario language filters it: an AppendEntries without entries, and its answer, are heartbeats. */
export function selectorOf(sent: Sent): string {
  if (sent.type === "AppendEntries" && sent.entries === 0) return "Heartbeat";
  if (sent.type === "AppendEntriesReply" && sent.heartbeat) return "HeartbeatReply";
  return sent.type;
}

/** The term of a message between servers; 0 for one to or from a client. */
export function termOf(sent: Sent): number {
  return "term" in sent ? sent.term : 0;
}

/** Whether a reply grants, succeeds or gives a result; `null` for what is no such reply. */
export function positiveOf(sent: Sent): boolean | null {
  switch (sent.type) {
    case "RequestVoteReply":
    case "PreVoteReply":
      return sent.voteGranted;
    case "AppendEntriesReply":
    case "ReadIndexReply":
      return sent.success;
    case "TimeoutNowReply":
      return sent.started;
    case "ClientRequestReply":
      return sent.result;
    default:
      return null;
  }
}

/** Whether either end is a client. */
export function isClientMessage(sent: Sent): boolean {
  return !("term" in sent);
}
