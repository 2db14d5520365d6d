import { t } from "../l10n/text.js";
import type { DiagramItems } from "./diagram-items.js";
import { noteText } from "./diagram-notes.js";
import { lineOf } from "./lines.js";
import { SELECTORS } from "./message-selectors.js";
import { messageLabel } from "./message-text.js";
import type { Recording } from "./recording.js";
import { readSend, termOf } from "./sent.js";
import type { EventCategory, Mark } from "./view.js";

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

/** The rows of a diagram before they have words, in the order of their events. */
export interface RowList {
  readonly items: DiagramItems;
  /** Whether runs of heartbeats are folded. */
  readonly folds: boolean;
  readonly length: number;
  /** The event that a row begins with: ascending. */
  event(row: number): number;
  /** The item that a row shows, of a run the first; -1 for a mark. */
  item(row: number): number;
  /** The mark that a row shows; `null` for an item. */
  mark(row: number): Mark | null;
  /** Heartbeats folded into a row; 1 for none. */
  count(row: number): number;
  /** Replies folded into a row. */
  replies(row: number): number;
  /** How many rows begin before an event. */
  before(event: number): number;
  /** Whether an endpoint takes part in any row. */
  shows(endpoint: number): boolean;
}

/** A row with its words. */
export function rowAt(rows: RowList, row: number): DiagramRow {
  const mark = rows.mark(row);
  const { recording } = rows.items;
  const item = rows.item(row);
  const eventId = rows.event(row);
  const timeUs = recording.log.timeUs(eventId);
  const shape = mark === null ? rows.items.shape(item) : "mark";
  switch (shape) {
    case "message":
      return messageRow(rows, row, item);
    case "term":
      return { kind: "term", eventId, term: rows.items.term(item), timeUs };
    default: {
      const category = mark === null ? categoryAt(rows.items, item) : "violation";
      const [text, at] = [labelAt(rows, row), placeAt(rows, row)];
      return { kind: "event", eventId, at, category, text, timeUs, line: lineOf(recording, eventId) };
    }
  }
}

function messageRow(rows: RowList, row: number, item: number): MessageRow {
  const { items } = rows;
  const { log, world } = items.recording;
  const eventId = items.event(item);
  const deliveredId = items.fate(item) === "delivered" ? items.end(item) : null;
  return {
    kind: "message",
    eventId,
    deliveredId,
    from: world.nameOf(items.from(item)),
    to: world.nameOf(items.to(item)),
    type: SELECTORS[items.type(item)] ?? "",
    label: labelAt(rows, row),
    sentUs: log.timeUs(eventId),
    deliveredUs: deliveredId === null ? null : log.timeUs(deliveredId),
    lost: items.fate(item) === "lost",
    count: rows.count(row),
    replies: rows.replies(row),
    line: lineOf(items.recording, eventId),
  };
}

/** What a row says: a message's label, a note's text. */
export function labelAt(rows: RowList, row: number): string {
  const mark = rows.mark(row);
  if (mark !== null) return t("{0} is violated: {1}", mark.property, mark.message);
  const { items } = rows;
  const item = rows.item(row);
  switch (items.shape(item)) {
    case "term":
      return t("term {0}", items.term(item));
    case "note":
      return noteText(items.recording, items.event(item));
    case "again":
      return t("{0} arrives again", SELECTORS[items.type(items.messageOf(item))] ?? "");
    case "message":
      if (rows.folds && items.isBeat(item)) return foldedLabel(items.recording, items, item, rows.count(row));
      return messageLabel(items.recording, readSend(items.recording.log, items.event(item)));
  }
}

function foldedLabel(recording: Recording, items: DiagramItems, item: number, count: number): string {
  const sent = readSend(recording.log, items.event(item));
  const times = count > 1 ? ` x${count}` : "";
  const commit = sent.type === "AppendEntries" ? ` commit ${sent.leaderCommit}` : "";
  return `${SELECTORS[items.type(item)] ?? ""} t${termOf(sent)}${commit}${times}`;
}

/** Another arrival stands for a message; all else is about what its event is. */
function categoryAt(items: DiagramItems, item: number): EventCategory {
  return items.shape(item) === "again" ? "message" : items.category(item);
}

/** The lifeline of a note; `null` for one across all. */
function placeAt(rows: RowList, row: number): string | null {
  const item = rows.item(row);
  const at = item < 0 ? 0 : rows.items.from(item);
  return at === 0 ? null : rows.items.recording.world.nameOf(at);
}

/** All words of a row as they are looked through, in small letters. */
export function wordsAt(rows: RowList, row: number): string {
  const { items } = rows;
  const { world } = items.recording;
  const item = rows.item(row);
  const label = labelAt(rows, row);
  if (item < 0 || items.from(item) === 0) return label.toLowerCase();
  const from = world.nameOf(items.from(item));
  if (items.shape(item) !== "message") return `${from}\n${label}`.toLowerCase();
  const type = SELECTORS[items.type(item)] ?? "";
  return `${from}\n${world.nameOf(items.to(item))}\n${type}\n${label}`.toLowerCase();
}
