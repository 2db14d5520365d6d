import { ROLE_CODES } from "../sim/recorder.js";
import { unpackSend } from "../sim/transmit.js";
import { isNoted } from "./diagram-notes.js";
import { categoryOf } from "./event-category.js";
import { isOfClient, SELECTORS } from "./message-selectors.js";
import { NumberColumn } from "./number-column.js";
import type { Recording } from "./recording.js";
import { lastAtMost, TraceIndex } from "./trace-index.js";
import { EVENT_CATEGORIES, type EventCategory } from "./view.js";

const APPEND = SELECTORS.indexOf("AppendEntries");
const APPEND_REPLY = SELECTORS.indexOf("AppendEntriesReply");
const HEARTBEAT = SELECTORS.indexOf("Heartbeat");
const HEARTBEAT_REPLY = SELECTORS.indexOf("HeartbeatReply");

/**
 * What an item of a diagram is: a message; a note on a lifeline or across all; another arrival of a message that had arrived; the
 * first event of a term.
 */
export const SHAPES = ["message", "note", "again", "term"] as const;

/** What became of a message. */
export const FATES = ["under way", "delivered", "lost"] as const;

const [MESSAGE, NOTE, AGAIN, TERM] = [0, 1, 2, 3];
const [UNDER_WAY, DELIVERED, LOST] = [0, 1, 2];
/** No further copy. */
const NONE = -1;

// What a number of the column `what` holds, from its lowest bit on.
const FATE_AT = 2;
const TYPE_AT = 4;
const BEAT = 1 << 9;
const CATEGORY_AT = 10;
const ELECTION = 1 << 14;
const FATE_BITS = 3 << FATE_AT;

/** In the column of ends: the receiver's place. */
const TO_AT = 12;
const END_BITS = (1 << TO_AT) - 1;

/** A power of two. */
const RECENT = 4096;

/** Items in a block of {@link DiagramItems.lastEndOf}. */
export const ITEM_BLOCK = 256;

/** Whether an item is to be kept. */
export type Sieve = (items: DiagramItems, item: number) => boolean;

/**
 * Everything that a diagram of a run can show, in the order of its events, unfolded and without words: 24 bytes each. It is taken
 * in event by event, so that it follows a run that goes on; what became of a message is filled in when it is known.
 */
export class DiagramItems {
  readonly recording: Recording;
  readonly #sieve: Sieve | null;
  readonly #event = new NumberColumn();
  /** Of a message: the event of its end, -1 before. Of another arrival: the item of the message. */
  readonly #end = new NumberColumn();
  readonly #what = new NumberColumn();
  readonly #ends = new NumberColumn();
  readonly #term = new NumberColumn();
  /** Of a heartbeat its commit index; of another arrival the next one of the same message. */
  readonly #more = new NumberColumn();
  readonly #lastEnds = new NumberColumn();
  /** The first item that tells of another arrival of a message, by the message's item. */
  readonly #copies = new Map<number, number>();
  /** Items of the newest messages, from 1, by the last digits of their events: nearly all arrive soon. */
  readonly #recent = new Int32Array(RECENT);
  #taken: number;
  #underWay = 0;
  #changed: number[] = [];

  /** Begins at an event. `sieve`: what it does not keep is left out; `null` keeps all. */
  constructor(recording: Recording, from = 0, sieve: Sieve | null = null) {
    this.recording = recording;
    this.#taken = from;
    this.#sieve = sieve;
  }

  /** How many there are. */
  get length(): number {
    return this.#event.length;
  }

  /** The first event that has not been taken in. */
  get taken(): number {
    return this.#taken;
  }

  /** Messages whose end is not known. */
  get underWay(): number {
    return this.#underWay;
  }

  /** Bytes held. */
  get bytes(): number {
    const columns = [this.#event, this.#end, this.#what, this.#ends, this.#term, this.#more, this.#lastEnds];
    return columns.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** What the item is. */
  shape(item: number): (typeof SHAPES)[number] {
    return SHAPES[this.#what.at(item) & 3] ?? "message";
  }

  /** The event that it begins with: of a message the send. Ascending. */
  event(item: number): number {
    return this.#event.at(item);
  }

  /** Of a message: the event that delivered or lost it, -1 while it is under way. */
  end(item: number): number {
    return this.#end.at(item);
  }

  /** Of another arrival: the message's item. */
  messageOf(item: number): number {
    return this.#end.at(item);
  }

  /** Of a message: what became of it. */
  fate(item: number): (typeof FATES)[number] {
    return FATES[(this.#what.at(item) >> FATE_AT) & 3] ?? "under way";
  }

  /** Of a message: the position of its type in {@link SELECTORS}. */
  type(item: number): number {
    return (this.#what.at(item) >> TYPE_AT) & 31;
  }

  /** Whether it is a heartbeat, or a reply to one that succeeded: what folds. */
  isBeat(item: number): boolean {
    return (this.#what.at(item) & BEAT) !== 0;
  }

  /** Of what folds: whether it is a reply. */
  isReply(item: number): boolean {
    return this.type(item) === HEARTBEAT_REPLY;
  }

  /** Of a message the sender, otherwise where it happened; 0 for no place. */
  from(item: number): number {
    return this.#ends.at(item) & END_BITS;
  }

  /** Of a message: the receiver. */
  to(item: number): number {
    return this.#ends.at(item) >> TO_AT;
  }

  /** Of a message its term, 0 for a client's; of a term the term. */
  term(item: number): number {
    return this.#term.at(item);
  }

  /** Of a heartbeat: the commit index that it tells. */
  commit(item: number): number {
    return this.#more.at(item);
  }

  /** Of a note: what it is about. */
  category(item: number): EventCategory {
    return EVENT_CATEGORIES[(this.#what.at(item) >> CATEGORY_AT) & 15] ?? "note";
  }

  /** Of a note: whether a leader was elected. */
  isElection(item: number): boolean {
    return (this.#what.at(item) & ELECTION) !== 0;
  }

  /** The first item of an event or after it. */
  firstFrom(event: number): number {
    return this.#event.countBelow(event);
  }

  /** The newest end of the messages of a block of {@link ITEM_BLOCK} items; -1 for none. */
  lastEndOf(block: number): number {
    return this.#lastEnds.at(block);
  }

  /** The message that an event sent, delivered or lost; -1 when it is not among the items. */
  ofEvent(event: number): number {
    const { log } = this.recording;
    const kind = log.kind(event);
    const send = kind === "send" ? event : kind === "deliver" || kind === "drop" ? log.cause(event) : -1;
    if (send < 0) return -1;
    const near = (this.#recent[send % RECENT] ?? 0) - 1;
    const item = this.#event.at(near) === send ? near : this.#event.findFromEnd(send);
    return item >= 0 && this.shape(item) === "message" ? item : -1;
  }

  /** The further arrivals of a message, as items. */
  copiesOf(message: number): number[] {
    const found: number[] = [];
    for (let item = this.#copies.get(message) ?? NONE; item !== NONE; item = this.#more.at(item)) found.push(item);
    return found;
  }

  /** The items that fold whose fate became known since the last time this was asked. */
  takeChanged(): readonly number[] {
    const changed = this.#changed;
    this.#changed = [];
    return changed;
  }

  /** Takes in the events before `end`, as many as there are. */
  take(end: number): void {
    const last = Math.min(end, this.recording.log.count);
    for (; this.#taken < last; this.#taken += 1) this.#take(this.#taken);
  }

  /** Looks for the ends of the messages under way in the events before `end`, and takes in nothing else. */
  settle(end: number): void {
    const { log } = this.recording;
    const last = Math.min(end, log.count);
    for (let id = this.#taken; id < last && this.#underWay > 0; id += 1) {
      const kind = log.kind(id);
      if (kind !== "deliver" && kind !== "drop") continue;
      const item = this.ofEvent(id);
      if (item >= 0 && this.fate(item) === "under way")
        this.#settleOne(item, id, kind === "deliver" ? DELIVERED : LOST);
    }
  }

  #take(id: number): void {
    switch (this.recording.log.kind(id)) {
      case "send":
        this.#send(id);
        return;
      case "deliver":
        this.#deliver(id);
        return;
      case "drop":
        this.#drop(id);
        return;
      case "timer":
      case "durable":
      case "held":
        return;
      default:
        this.#landmark(id);
    }
  }

  #send(id: number): void {
    const { log } = this.recording;
    const words = log.words(id);
    const word = (position: number): number => words[position] ?? 0;
    const { peer, type, positive } = unpackSend(word(0));
    let code: number = SELECTORS.indexOf(type);
    let beat = 0;
    let commit = 0;
    if (code === APPEND && word(4) === 0) {
      code = HEARTBEAT;
      beat = BEAT;
      commit = word(5);
    } else if (code === APPEND_REPLY && log.reasonCode(id) === "append-heartbeat") {
      code = HEARTBEAT_REPLY;
      beat = positive ? BEAT : 0;
    }
    const what = MESSAGE | (code << TYPE_AT) | beat;
    this.#push(id, -1, what, log.at(id) | (peer << TO_AT), isOfClient(code) ? 0 : word(1), commit);
  }

  /** A second delivery of a message is an item of its own. */
  #deliver(id: number): void {
    const message = this.ofEvent(id);
    if (message < 0) return;
    if (this.fate(message) !== "delivered") {
      this.#settleOne(message, id, DELIVERED);
      return;
    }
    const item = this.length;
    this.#push(id, message, AGAIN, this.to(message), 0, NONE);
    if (this.length === item) return;
    const before = this.copiesOf(message).at(-1);
    if (before === undefined) this.#copies.set(message, item);
    else this.#more.set(before, item);
  }

  /** A copy may be lost while the message itself has arrived. */
  #drop(id: number): void {
    const message = this.ofEvent(id);
    if (message >= 0 && this.fate(message) !== "delivered") this.#settleOne(message, id, LOST);
  }

  #landmark(id: number): void {
    const { recording } = this;
    const { log } = recording;
    const kind = log.kind(id);
    if (kind === "transition" && isNewTerm(recording, id)) this.#push(id, 0, TERM, 0, log.word(id, 1), 0);
    if (!isNoted(recording, id)) return;
    const category = EVENT_CATEGORIES.indexOf(categoryOf(kind)) << CATEGORY_AT;
    const elected = kind === "transition" && ROLE_CODES[log.word(id, 0)] === "leader" ? ELECTION : 0;
    this.#push(id, 0, NOTE | category | elected, log.at(id), 0, 0);
  }

  #push(event: number, end: number, what: number, ends: number, term: number, more: number): void {
    const item = this.length;
    this.#event.push(event);
    this.#end.push(end);
    this.#what.push(what);
    this.#ends.push(ends);
    this.#term.push(term);
    this.#more.push(more);
    if (this.#sieve?.(this, item) === false) {
      for (const column of [this.#event, this.#end, this.#what, this.#ends, this.#term, this.#more])
        column.truncate(item);
      return;
    }
    if (item % ITEM_BLOCK === 0) this.#lastEnds.push(-1);
    if (this.shape(item) !== "message") return;
    this.#recent[event % RECENT] = item + 1;
    this.#underWay += 1;
  }

  #settleOne(message: number, event: number, fate: number): void {
    const what = this.#what.at(message);
    if ((what & FATE_BITS) >> FATE_AT === UNDER_WAY) this.#underWay -= 1;
    this.#what.set(message, (what & ~FATE_BITS) | (fate << FATE_AT));
    this.#end.set(message, event);
    const block = Math.floor(message / ITEM_BLOCK);
    if (event > this.#lastEnds.at(block)) this.#lastEnds.set(block, event);
    if ((what & BEAT) !== 0) this.#changed.push(message);
  }
}

function isNewTerm(recording: Recording, id: number): boolean {
  const terms = TraceIndex.of(recording).events("term");
  return terms[lastAtMost(terms.length, id, (position) => terms[position] ?? 0)] === id;
}
