import type { DiagramItem, MessageItem } from "./diagram-items.js";
import { lineOf } from "./lines.js";
import { messageLabel } from "./message-text.js";
import type { Recording } from "./recording.js";
import { selectorOf, termOf } from "./sent.js";
import type { EventCategory } from "./view.js";

/** A message, or a run of heartbeats, of a diagram. */
export interface MessageRow {
  readonly kind: "message";
  /** The send event. */
  readonly eventId: number;
  /** The delivery; `null` when lost or still under way. */
  readonly deliveredId: number | null;
  readonly from: string;
  readonly to: string;
  readonly type: string;
  readonly label: string;
  readonly sentUs: number;
  readonly deliveredUs: number | null;
  readonly lost: boolean;
  /** Heartbeats folded into this row; 1 for none. */
  readonly count: number;
  /** Replies folded into this row. */
  readonly replies: number;
  readonly line: number | null;
}

/** A note on a lifeline, or across all of them. */
export interface EventRow {
  readonly kind: "event";
  readonly eventId: number;
  readonly at: string | null;
  readonly category: EventCategory;
  readonly text: string;
  readonly timeUs: number;
  readonly line: number | null;
}

/** A line across: a term begins. */
export interface TermRow {
  readonly kind: "term";
  readonly eventId: number;
  readonly term: number;
  readonly timeUs: number;
}

/** One row of a diagram. */
export type DiagramRow = MessageRow | EventRow | TermRow;

/** A run of like heartbeats: the first, and what was folded into it. */
interface Run {
  readonly item: DiagramItem;
  count: number;
  replies: number;
}

/**
 * Folds runs of heartbeats and their replies, then makes rows of the first `limit`. A run goes on until anything but a
 * heartbeat happens, so that folding never moves a message past something it may have caused.
 */
export function foldRows(
  recording: Recording,
  items: readonly DiagramItem[],
  fold: boolean,
  limit: number,
): { readonly rows: DiagramRow[]; readonly moreRows: number } {
  const runs: Run[] = [];
  const alike = new Map<string, Run>();
  const requests = new Map<string, Run>();
  for (const item of items) {
    const key = fold && item.kind === "message" ? foldKey(item) : null;
    if (key === null) {
      alike.clear();
      requests.clear();
      runs.push({ item, count: 1, replies: 0 });
      continue;
    }
    const request = key.isReply ? requests.get(key.pair) : undefined;
    const same = alike.get(key.own);
    if (request !== undefined) request.replies += 1;
    else if (same !== undefined) same.count += 1;
    else {
      const run: Run = { item, count: 1, replies: 0 };
      runs.push(run);
      alike.set(key.own, run);
      if (key.isRequest) requests.set(key.pair, run);
    }
  }
  const rows = runs.slice(0, limit).map((run) => rowOf(recording, run, fold));
  return { rows, moreRows: runs.length - rows.length };
}

interface FoldKey {
  /** Equal for heartbeats that are alike. */
  readonly own: string;
  /** Leader, follower, term and fate: a delivered reply belongs to the newest run of requests with the same. */
  readonly pair: string;
  readonly isRequest: boolean;
  readonly isReply: boolean;
}

/** What makes heartbeats alike; `null` for other messages. */
function foldKey(item: MessageItem): FoldKey | null {
  const { sent } = item;
  const selector = selectorOf(sent);
  const fate = item.lost ? "lost" : item.deliveredId < 0 ? "under way" : "delivered";
  if (sent.type === "AppendEntries" && selector === "Heartbeat") {
    const pair = `${fate} ${sent.from} ${sent.to} ${sent.term}`;
    return { own: `${pair} commit ${sent.leaderCommit}`, pair, isRequest: true, isReply: false };
  }
  if (sent.type === "AppendEntriesReply" && selector === "HeartbeatReply" && sent.success) {
    const pair = `${fate} ${sent.to} ${sent.from} ${sent.term}`;
    return { own: `reply ${pair}`, pair, isRequest: false, isReply: fate === "delivered" };
  }
  return null;
}

function rowOf(recording: Recording, { item, count, replies }: Run, fold: boolean): DiagramRow {
  const { log, world } = recording;
  switch (item.kind) {
    case "term":
      return { kind: "term", eventId: item.eventId, term: item.term, timeUs: log.timeUs(item.eventId) };
    case "event": {
      const { eventId, at, category, text } = item;
      return {
        kind: "event",
        eventId,
        at,
        category,
        text,
        timeUs: log.timeUs(eventId),
        line: lineOf(recording, eventId),
      };
    }
    case "message": {
      const { sent, deliveredId, lost } = item;
      const folds = fold && foldKey(item) !== null;
      const delivered = lost || deliveredId < 0 ? null : deliveredId;
      return {
        kind: "message",
        eventId: sent.eventId,
        deliveredId: delivered,
        from: world.nameOf(sent.from),
        to: world.nameOf(sent.to),
        type: selectorOf(sent),
        label: folds ? foldedLabel(item, count) : messageLabel(recording, sent),
        sentUs: log.timeUs(sent.eventId),
        deliveredUs: delivered === null ? null : log.timeUs(delivered),
        lost,
        count,
        replies,
        line: lineOf(recording, sent.eventId),
      };
    }
  }
}

function foldedLabel({ sent }: MessageItem, count: number): string {
  const times = count > 1 ? ` x${count}` : "";
  const commit = sent.type === "AppendEntries" ? ` commit ${sent.leaderCommit}` : "";
  return `${selectorOf(sent)} t${termOf(sent)}${commit}${times}`;
}
