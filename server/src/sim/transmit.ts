import type { Reason } from "../raft/reason.js";
import type { Micros } from "./config.js";
import type { Kernel } from "./kernel.js";
import { MESSAGE_TYPES, type NetworkMessage, type WatchResponse } from "./message.js";
import type { Fate } from "./network.js";
import { DROP_CAUSES, type DropCause, EVENT_CODE } from "./recorder.js";
import { WATCH_ERRORS, type WatchError } from "./watch-options.js";

/** Code of each message type in the trace. */
const TYPE_CODE = Object.fromEntries(MESSAGE_TYPES.map((type, code) => [type, code])) as Readonly<
  Record<NetworkMessage["type"], number>
>;

/** First word of a `send` event: peer (12 bits), type (8 bits), positive (1 bit). */
export function packSend(peer: number, type: number, positive: boolean): number {
  return peer | (type << 12) | (positive ? 1 << 20 : 0);
}

/** Takes {@link packSend} apart. */
export function unpackSend(word: number): { peer: number; type: NetworkMessage["type"]; positive: boolean } {
  const type = MESSAGE_TYPES[(word >> 12) & 0xff];
  if (type === undefined) throw new Error(`unknown message type in trace word ${word}`);
  return { peer: word & 0xfff, type, positive: word >> 20 === 1 };
}

/** Records a send, and schedules, holds or loses the message. Returns the event of the send. */
export function transmit(kernel: Kernel, message: NetworkMessage, cause: number, reason: Reason | null): number {
  const sendEvent = recordSend(kernel, message, cause, reason);
  const fate = kernel.network.send(message, kernel.nowUs);
  switch (fate.kind) {
    case "arrives":
      scheduleArrivals(kernel, message, sendEvent, fate);
      break;
    case "lost":
      recordDrop(kernel, message, sendEvent, fate.why);
      break;
    case "held":
      kernel.recorder.record(kernel.nowUs, EVENT_CODE.held, message.from, sendEvent, null, 1, fate.fault);
      kernel.network.hold(message, sendEvent, fate.fault);
      break;
    case "waits":
      kernel.network.wait(message, sendEvent);
      break;
  }
  return sendEvent;
}

/** Puts a message on its way, and its duplicate. */
export function scheduleArrivals(
  kernel: Kernel,
  message: NetworkMessage,
  sendEvent: number,
  { timeUs, duplicateUs }: Fate & { readonly kind: "arrives" },
): void {
  scheduleArrival(kernel, message, sendEvent, timeUs);
  if (duplicateUs !== null) scheduleArrival(kernel, message, sendEvent, duplicateUs);
}

function scheduleArrival(kernel: Kernel, message: NetworkMessage, sendEvent: number, timeUs: Micros): void {
  kernel.queue.push({ kind: "deliver", timeUs, order: kernel.queue.nextOrder(), message, sendEvent });
}

/** Records that a message will never be delivered. */
export function recordDrop(kernel: Kernel, message: NetworkMessage, sendEvent: number, why: DropCause): void {
  kernel.recorder.record(kernel.nowUs, EVENT_CODE.drop, message.to, sendEvent, null, 1, DROP_CAUSES.indexOf(why));
}

/** The words of a `send` event, by type, follow the packed first word:
 *  RequestVote, PreVote: term, lastLogIndex, lastLogTerm · their replies: term ·
 *  AppendEntries: term, prevLogIndex, prevLogTerm, entries, leaderCommit ·
 *  AppendEntriesReply: term, matchIndex, conflictTerm, conflictIndex (the last two only on refusal) ·
 *  InstallSnapshot: term, lastIncludedIndex, lastIncludedTerm, offset, length · its reply: term, lastIncludedIndex,
 *  received, matchIndex · TimeoutNow and its reply: term · ReadIndex: term, context · its reply: term, context, readIndex ·
 *  ClientRequest: operation, attempt · ClientRequestReply: operation, leader hint ·
 *  watch messages: watch · WatchCreateRequest: revision · WatchPong: sequence · WatchResponse: revision, events,
 *  {@link responseFlags}, and the compact revision when it was canceled.
 */
function recordSend(kernel: Kernel, m: NetworkMessage, cause: number, reason: Reason | null): number {
  const { recorder, nowUs } = kernel;
  const type = TYPE_CODE[m.type];
  const send = EVENT_CODE.send;
  switch (m.type) {
    case "RequestVote":
    case "PreVote":
      return recorder.record(
        nowUs,
        send,
        m.from,
        cause,
        reason,
        4,
        packSend(m.to, type, m.type === "RequestVote" && m.leadershipTransfer),
        m.term,
        m.lastLogIndex,
        m.lastLogTerm,
      );
    case "RequestVoteReply":
    case "PreVoteReply":
      return recorder.record(nowUs, send, m.from, cause, reason, 2, packSend(m.to, type, m.voteGranted), m.term);
    case "AppendEntries": {
      const first = packSend(m.to, type, false);
      return recorder.record(
        nowUs,
        send,
        m.from,
        cause,
        reason,
        6,
        first,
        m.term,
        m.prevLogIndex,
        m.prevLogTerm,
        m.entries.length,
        m.leaderCommit,
      );
    }
    case "AppendEntriesReply": {
      const first = packSend(m.to, type, m.success);
      return recorder.record(
        nowUs,
        send,
        m.from,
        cause,
        reason,
        m.success ? 3 : 5,
        first,
        m.term,
        m.matchIndex,
        m.conflictTerm,
        m.conflictIndex,
      );
    }
    case "InstallSnapshot": {
      const { lastIncludedIndex, lastIncludedTerm } = m.snapshot;
      const first = packSend(m.to, type, m.done);
      return recorder.record(
        nowUs,
        send,
        m.from,
        cause,
        reason,
        6,
        first,
        m.term,
        lastIncludedIndex,
        lastIncludedTerm,
        m.offset,
        m.length,
      );
    }
    case "InstallSnapshotReply": {
      const first = packSend(m.to, type, m.matchIndex > 0);
      const { from, term, lastIncludedIndex, received, matchIndex } = m;
      return recorder.record(nowUs, send, from, cause, reason, 5, first, term, lastIncludedIndex, received, matchIndex);
    }
    case "TimeoutNow":
      return recorder.record(nowUs, send, m.from, cause, reason, 2, packSend(m.to, type, false), m.term);
    case "TimeoutNowReply":
      return recorder.record(nowUs, send, m.from, cause, reason, 2, packSend(m.to, type, m.started), m.term);
    case "ReadIndex":
      return recorder.record(nowUs, send, m.from, cause, reason, 3, packSend(m.to, type, false), m.term, m.context);
    case "ReadIndexReply": {
      const first = packSend(m.to, type, m.success);
      return recorder.record(nowUs, send, m.from, cause, reason, 4, first, m.term, m.context, m.readIndex);
    }
    case "ClientRequest":
      return recorder.record(
        nowUs,
        send,
        m.from,
        cause,
        reason,
        3,
        packSend(m.to, type, false),
        m.operation,
        m.attempt,
      );
    case "ClientRequestReply": {
      const result = m.body.kind === "result";
      return recorder.record(
        nowUs,
        send,
        m.from,
        cause,
        reason,
        3,
        packSend(m.to, type, result),
        m.operation,
        result ? 0 : m.body.leader,
      );
    }
    case "WatchCreateRequest":
      return recorder.record(nowUs, send, m.from, cause, reason, 3, packSend(m.to, type, false), m.watch, m.revision);
    case "WatchCancelRequest":
    case "WatchProgressRequest":
    case "WatchPing":
      return recorder.record(nowUs, send, m.from, cause, reason, 2, packSend(m.to, type, false), m.watch);
    case "WatchPong": {
      const first = packSend(m.to, type, m.sequence > 0);
      return recorder.record(nowUs, send, m.from, cause, reason, 3, first, m.watch, m.sequence);
    }
    case "WatchResponse":
      return recorder.record(
        nowUs,
        send,
        m.from,
        cause,
        reason,
        m.canceled ? 6 : 5,
        packSend(m.to, type, m.created),
        m.watch,
        m.revision,
        m.events.length,
        responseFlags(m),
        m.compactRevision,
      );
  }
}

/** Fragment (1 bit), canceled (1 bit), and the error's position in {@link WATCH_ERRORS} from 1, 0 for none. */
function responseFlags({ fragment, canceled, error }: WatchResponse): number {
  return (fragment ? 1 : 0) | (canceled ? 2 : 0) | ((error === null ? 0 : WATCH_ERRORS.indexOf(error) + 1) << 2);
}

/** Takes {@link responseFlags} apart. */
export function unpackResponse(word: number): {
  readonly fragment: boolean;
  readonly canceled: boolean;
  readonly error: WatchError | null;
} {
  return { fragment: (word & 1) !== 0, canceled: (word & 2) !== 0, error: WATCH_ERRORS[(word >> 2) - 1] ?? null };
}
