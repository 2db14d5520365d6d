import { REASON_CODES, type Reason, type ReasonCode } from "../raft/reason.js";
import type { EndpointId, Micros } from "../sim/config.js";
import { EVENT_KINDS, type EventKind, type Recorder } from "../sim/recorder.js";
import { TraceHash } from "./hash.js";
import { hasEvent, hasLine, isScript, ScriptEvents } from "./script-events.js";

/** Records per block of columns. */
const BLOCK = 1 << 14;
/** Bytes of words per block. */
const WORD_BLOCK = 1 << 17;
/** One stored word offset per so many records; the rest is counted from the heads. The words of such a group stand in one block. */
const STRIDE = 32;
/** Bytes that the words of a group take at the most: eight words for each record, of five bytes at the most. */
const LARGEST_GROUP = STRIDE * 40;

const REASON_NUMBER = new Map<ReasonCode, number>(REASON_CODES.map((code, position) => [code, position + 1]));

interface Block {
  /** Virtual time of the block's first event. */
  readonly startUs: Micros;
  /** Time since then, modulo 2^32: nearly always all of it. */
  readonly sinceUs: Uint32Array;
  /** Whole times, from the first event on that came too late for {@link sinceUs}; `null` while there is none. */
  wideUs: Float64Array | null;
  readonly cause: Int32Array;
  /** kind (6 bits) | at (10 bits) | reason (8 bits) | bytes of its words (8 bits) */
  readonly head: Uint32Array;
}

/**
 * The trace of a run: every event in typed columns, 12 bytes and its words each. Words are nearly always small, and take a
 * byte for every seven bits (LEB128). Events have numbers from 0. Append only; reading an event costs a few array accesses.
 */
export class EventLog implements Recorder {
  #count = 0;
  readonly #blocks: Block[] = [];
  readonly #words: Uint8Array[] = [];
  /** The newest block of words, and the place of the next one in it. */
  #wordBlock = new Uint8Array(0);
  #wordPlace = 0;
  readonly #offsets: number[] = [];
  readonly #hash = new TraceHash();
  readonly #script = new ScriptEvents();
  readonly #landmarks: number[] = [];

  get count(): number {
    return this.#count;
  }

  /** Bytes held by the columns. */
  get bytes(): number {
    const wide = this.#blocks.reduce((bytes, { wideUs }) => bytes + (wideUs?.byteLength ?? 0), 0);
    return wide + this.#blocks.length * BLOCK * 12 + this.#words.length * WORD_BLOCK + this.#offsets.length * 8;
  }

  /** Bytes that the recorded events take, without the unused rest of the newest blocks. */
  get usedBytes(): number {
    const words = Math.max(0, this.#words.length - 1) * WORD_BLOCK + this.#wordPlace;
    return this.#count * 12 + words + this.#offsets.length * 8;
  }

  /**
   * Numbers of the events that are no messages, timers or disk completions: role changes, commits, faults, clients'
   * operations, notes. Ascending; few enough to go through.
   */
  get landmarks(): readonly number[] {
    return this.#landmarks;
  }

  /**
   * Hash of everything that happened to the cluster so far: 16 hexadecimal digits. A scenario's own events (steps, notes,
   * results) and its lines are left out: how it is written, and what it expects, says nothing about the run.
   */
  get hash(): string {
    return this.#hash.digest(this.#count - this.#script.count);
  }

  record(
    timeUs: Micros,
    kind: number,
    at: EndpointId,
    cause: number,
    reason: Reason | null,
    words: number,
    a = 0,
    b = 0,
    c = 0,
    d = 0,
    e = 0,
    f = 0,
  ): number {
    const id = this.#count;
    const position = id % BLOCK;
    if (position === 0) this.#blocks.push(emptyBlock(timeUs));
    const block = this.#blocks[this.#blocks.length - 1];
    if (block === undefined) throw new Error("the trace has no block");
    if (id % STRIDE === 0) this.#beginGroup();
    const reasonNumber = reason === null ? 0 : (REASON_NUMBER.get(reason.code) ?? 0);
    const total = words + (reason === null ? 0 : 2);
    const head = kind | (at << 6) | (reasonNumber << 16);
    block.sinceUs[position] = timeUs - block.startUs;
    if (timeUs - block.startUs > LARGEST_SINCE || block.wideUs !== null) recordWide(block, position, timeUs);
    block.cause[position] = cause;
    if (isScript(kind)) this.#script.add(id);
    else this.#takeIn(timeUs, kind, cause, head | (total << 24), reason, words, a, b, c, d, e, f);
    const start = this.#wordPlace;
    if (words > 0) this.#word(a);
    if (words > 1) this.#word(b);
    if (words > 2) this.#word(c);
    if (words > 3) this.#word(d);
    if (words > 4) this.#word(e);
    if (words > 5) this.#word(f);
    if (reason !== null) {
      this.#word(reason.a);
      this.#word(reason.b);
    }
    block.head[position] = head | ((this.#wordPlace - start) << 24);
    if (!isRoutine(kind)) this.#landmarks.push(id);
    this.#count = id + 1;
    return id;
  }

  /** Virtual time of an event. */
  timeUs(id: number): Micros {
    const { startUs, sinceUs, wideUs } = this.#block(id);
    return wideUs === null ? startUs + (sinceUs[id % BLOCK] ?? 0) : (wideUs[id % BLOCK] ?? 0);
  }

  /** The event that caused it, or -1. */
  cause(id: number): number {
    return this.#block(id).cause[id % BLOCK] ?? -1;
  }

  /** What kind of event it is. */
  kind(id: number): EventKind {
    const kind = EVENT_KINDS[this.#head(id) & 0x3f];
    if (kind === undefined) throw new Error(`event ${id} has an unknown kind`);
    return kind;
  }

  /** The endpoint it happened at; 0 for none. */
  at(id: number): EndpointId {
    return (this.#head(id) >>> 6) & 0x3ff;
  }

  /** The reason given for it, or `null`. */
  reason(id: number): Reason | null {
    const head = this.#head(id);
    const code = this.reasonCode(id);
    if (code === null) return null;
    const start = this.#wordStart(id);
    const words = this.#wordsAt(start, head);
    return { code, a: this.#wordAt(start, words), b: this.#wordAt(start, words + 1) };
  }

  /** The code of {@link reason}: quicker than all of it. */
  reasonCode(id: number): ReasonCode | null {
    return REASON_CODES[((this.#head(id) >>> 16) & 0xff) - 1] ?? null;
  }

  /** Word number `position` (from 0) of the event, without the reason's; 0 where there is none. */
  word(id: number, position: number): number {
    const start = this.#wordStart(id);
    return position < this.#wordsAt(start, this.#head(id)) ? this.#wordAt(start, position) : 0;
  }

  /** All words of the event, without the reason's: quicker than one after another. */
  words(id: number): readonly number[] {
    const head = this.#head(id);
    const start = this.#wordStart(id);
    const bytes = this.#words[Math.floor(start / WORD_BLOCK)];
    const words: number[] = [];
    let place = start % WORD_BLOCK;
    for (let left = this.#wordsAt(start, head); left > 0; left -= 1) {
      let value = 0;
      for (let shift = 0, byte = MORE; byte >= MORE; shift += 7, place += 1) {
        byte = bytes?.[place] ?? 0;
        value |= (byte & (MORE - 1)) << shift;
      }
      words.push(value);
    }
    return words;
  }

  /** How many words the event has, without the reason's. */
  wordCount(id: number): number {
    return this.#wordsAt(this.#wordStart(id), this.#head(id));
  }

  /** The last event at or before `timeUs`; -1 when there is none. */
  lastAt(timeUs: Micros): number {
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.timeUs(middle) <= timeUs) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  #beginGroup(): void {
    if (this.#wordPlace + LARGEST_GROUP > this.#wordBlock.length) {
      this.#wordBlock = new Uint8Array(WORD_BLOCK);
      this.#wordPlace = 0;
      this.#words.push(this.#wordBlock);
    }
    this.#offsets.push((this.#words.length - 1) * WORD_BLOCK + this.#wordPlace);
  }

  #takeIn(
    timeUs: Micros,
    kind: number,
    cause: number,
    head: number,
    reason: Reason | null,
    words: number,
    a: number,
    b: number,
    c: number,
    d: number,
    e: number,
    f: number,
  ): void {
    const hash = this.#hash;
    hash.time(timeUs);
    hash.word(this.#script.clusterNumber(cause));
    hash.word(head);
    if (words > 0 && !hasLine(kind)) hash.word(a);
    if (words > 1) hash.word(hasEvent(kind) ? this.#script.clusterNumber(b) : b);
    if (words > 2) hash.word(c);
    if (words > 3) hash.word(d);
    if (words > 4) hash.word(e);
    if (words > 5) hash.word(f);
    if (reason === null) return;
    hash.word(reason.a);
    hash.word(reason.b);
  }

  #word(value: number): void {
    const bytes = this.#wordBlock;
    let place = this.#wordPlace;
    let rest = value >>> 0;
    for (; rest >= MORE; rest >>>= 7, place += 1) bytes[place] = rest | MORE;
    bytes[place] = rest;
    this.#wordPlace = place + 1;
  }

  /** How many words stand at `start`, without the reason's. */
  #wordsAt(start: number, head: number): number {
    const bytes = this.#words[Math.floor(start / WORD_BLOCK)];
    let count = (head >>> 16) & 0xff ? -2 : 0;
    const first = start % WORD_BLOCK;
    for (let place = first; place < first + (head >>> 24); place += 1) if ((bytes?.[place] ?? 0) < MORE) count += 1;
    return count;
  }

  /** Word number `position` of those at `start`; there must be as many. */
  #wordAt(start: number, position: number): number {
    const bytes = this.#words[Math.floor(start / WORD_BLOCK)];
    let place = start % WORD_BLOCK;
    for (let before = position; before > 0; place += 1) if ((bytes?.[place] ?? 0) < MORE) before -= 1;
    let value = 0;
    for (let shift = 0; ; shift += 7, place += 1) {
      const byte = bytes?.[place] ?? 0;
      value |= (byte & (MORE - 1)) << shift;
      if (byte < MORE) return value;
    }
  }

  #wordStart(id: number): number {
    let start = this.#offsets[Math.floor(id / STRIDE)] ?? 0;
    // A group stands in one block.
    const { head } = this.#block(id);
    const position = id % BLOCK;
    for (let before = position - (position % STRIDE); before < position; before += 1)
      start += (head[before] ?? 0) >>> 24;
    return start;
  }

  #head(id: number): number {
    return this.#block(id).head[id % BLOCK] ?? 0;
  }

  #block(id: number): Block {
    const block = this.#blocks[Math.floor(id / BLOCK)];
    if (block === undefined || id < 0 || id >= this.#count)
      throw new RangeError(`there is no event ${id} in a trace of ${this.#count}`);
    return block;
  }
}

/** In a byte of a word: further ones follow, with its higher bits. */
const MORE = 0x80;

/** Over an hour: only where next to nothing happens do so many events take longer. */
const LARGEST_SINCE = 0xffff_ffff;

function emptyBlock(startUs: Micros): Block {
  return {
    startUs,
    sinceUs: new Uint32Array(BLOCK),
    wideUs: null,
    cause: new Int32Array(BLOCK),
    head: new Uint32Array(BLOCK),
  };
}

/** Notes a time that a block has no room for, and moves the earlier ones of the block over with the first of these. */
function recordWide(block: Block, position: number, timeUs: Micros): void {
  block.wideUs ??= Float64Array.from(block.sinceUs, (since) => block.startUs + since);
  block.wideUs[position] = timeUs;
}

const ROUTINE: ReadonlySet<EventKind> = new Set(["send", "deliver", "drop", "timer", "durable", "held"]);
const ROUTINE_CODES = EVENT_KINDS.map((kind) => ROUTINE.has(kind));

function isRoutine(kind: number): boolean {
  return ROUTINE_CODES[kind] ?? false;
}
