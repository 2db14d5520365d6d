import { t } from "../l10n/text.js";
import type { DiagramFilter } from "./diagram.js";
import { lifelineNote } from "./diagram-notes.js";
import { messageOf } from "./message-text.js";
import type { Recording } from "./recording.js";
import { isClientMessage, readSend, type Sent, selectorOf } from "./sent.js";
import { lastAtMost, TraceIndex } from "./trace-index.js";
import type { EventCategory, Mark } from "./view.js";

/** Most items of one window that are looked at; more are only counted. */
const ITEMS = 100_000;
/** How far beyond a window the deliveries of its messages are looked for. */
const BEYOND = 200_000;

/** A message of the window with its fate. */
export interface MessageItem {
  readonly kind: "message";
  readonly sent: Sent;
  /** The delivery; -1 while unknown. */
  deliveredId: number;
  lost: boolean;
}

/** Anything else that a diagram shows. */
export interface NoteItem {
  readonly kind: "event";
  readonly eventId: number;
  readonly at: string | null;
  readonly category: EventCategory;
  readonly text: string;
}

/** The first event of a term. */
export interface TermItem {
  readonly kind: "term";
  readonly eventId: number;
  readonly term: number;
}

/** What a diagram shows, in order. */
export type DiagramItem = MessageItem | NoteItem | TermItem;

/** Everything to show of events `from`..`to`, unfolded, and how much there is beyond what is held. */
export function diagramItems(
  recording: Recording,
  from: number,
  to: number,
  filter: DiagramFilter,
  marks: readonly Mark[],
): { readonly items: DiagramItem[]; readonly notCollected: number } {
  const { log } = recording;
  const wanted = filterOf(recording, filter);
  const items: DiagramItem[] = [];
  const open = new Map<number, MessageItem>();
  const marked = marksBetween(marks, from, to);
  let id = from;
  for (; id <= to && items.length < ITEMS; id += 1) {
    const kind = log.kind(id);
    if (kind === "send") {
      const sent = readSend(log, id);
      if (wanted.message(sent)) {
        const item: MessageItem = { kind: "message", sent, deliveredId: -1, lost: false };
        open.set(id, item);
        items.push(item);
      }
    } else if (kind === "deliver" || kind === "drop") {
      const again = settle(recording, open, id, kind);
      if (again !== null) items.push(again);
    } else {
      if (isNewTerm(recording, id)) items.push({ kind: "term", eventId: id, term: log.word(id, 1) });
      const note = lifelineNote(recording, id);
      if (note !== null && wanted.note(note)) items.push(note);
    }
    for (const mark of marked.get(id) ?? []) items.push(markItem(mark));
  }
  settleBeyond(recording, open, id);
  return { items, notCollected: countSends(recording, id, to) };
}

/** Pairs a delivery or loss with its send. A second delivery of a message between servers is an item of its own. */
function settle(
  recording: Recording,
  open: Map<number, MessageItem>,
  id: number,
  kind: "deliver" | "drop",
): NoteItem | null {
  const item = open.get(recording.log.cause(id));
  if (item === undefined) return null;
  if (kind === "drop") {
    // A duplicate may be lost while the message itself has arrived.
    item.lost = item.deliveredId < 0;
    return null;
  }
  if (item.deliveredId < 0) {
    item.deliveredId = id;
    item.lost = false;
    return null;
  }
  const sent = messageOf(recording, id);
  if (sent === null) return null;
  const at = recording.world.nameOf(sent.to);
  return { kind: "event", eventId: id, at, category: "message", text: t("{0} arrives again", selectorOf(sent)) };
}

/** Messages under way at the end of the window arrive after it. */
function settleBeyond(recording: Recording, open: Map<number, MessageItem>, from: number): void {
  const { log } = recording;
  const unsettled = new Map<number, MessageItem>();
  for (const [send, item] of open) if (item.deliveredId < 0 && !item.lost) unsettled.set(send, item);
  const end = Math.min(log.count, from + BEYOND);
  for (let id = from; id < end && unsettled.size > 0; id += 1) {
    const kind = log.kind(id);
    if (kind !== "deliver" && kind !== "drop") continue;
    const send = log.cause(id);
    const item = unsettled.get(send);
    if (item === undefined) continue;
    if (kind === "deliver") item.deliveredId = id;
    else item.lost = true;
    unsettled.delete(send);
  }
}

function countSends(recording: Recording, from: number, to: number): number {
  let count = 0;
  for (let id = from; id <= to; id += 1) if (recording.log.kind(id) === "send") count += 1;
  return count;
}

function isNewTerm(recording: Recording, id: number): boolean {
  if (recording.log.kind(id) !== "transition") return false;
  const terms = TraceIndex.of(recording).events("term");
  return terms[lastAtMost(terms.length, id, (position) => terms[position] ?? 0)] === id;
}

interface Wanted {
  message(sent: Sent): boolean;
  note(item: NoteItem): boolean;
}

function filterOf(recording: Recording, filter: DiagramFilter): Wanted {
  const servers = new Set(filter.servers);
  const types = new Set(filter.types);
  const clients = filter.clients ?? true;
  const { world } = recording;
  const clientNames = new Set<string>();
  for (const client of world.clients.values()) clientNames.add(client.name);
  const listed = (id: number): boolean => servers.has(world.nameOf(id));
  return {
    message: (sent) => {
      if (!clients && isClientMessage(sent)) return false;
      if (types.size > 0 && !types.has(sent.type) && !types.has(selectorOf(sent))) return false;
      return servers.size === 0 || listed(sent.from) || listed(sent.to);
    },
    note: ({ at }) => {
      if (at === null) return true;
      return clientNames.has(at) ? clients : servers.size === 0 || servers.has(at);
    },
  };
}

function marksBetween(marks: readonly Mark[], from: number, to: number): Map<number, Mark[]> {
  const found = new Map<number, Mark[]>();
  for (const mark of marks) {
    if (mark.eventId < from || mark.eventId > to) continue;
    const there = found.get(mark.eventId);
    if (there === undefined) found.set(mark.eventId, [mark]);
    else there.push(mark);
  }
  return found;
}

function markItem({ eventId, property, message }: Mark): NoteItem {
  return {
    kind: "event",
    eventId,
    at: null,
    category: "violation",
    text: t("{0} is violated: {1}", property, message),
  };
}
