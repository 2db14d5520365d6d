import { rangeText } from "../../kv/request-text.js";
import type { EndpointId } from "../../sim/config.js";
import type { OperationRecord } from "../../sim/history.js";
import type { Recording } from "../recording.js";
import { type OperationSort, type OutcomeSort, outcomeSort, rangesOf, sortOf, touches } from "./facts.js";

/** What of a history is looked at. Empty lists and texts leave nothing out. */
export interface HistoryFilter {
  readonly clients: readonly string[];
  readonly sorts: readonly OperationSort[];
  readonly outcomes: readonly OutcomeSort[];
  /** Only what touches this key, or names keys that hold this text. */
  readonly key: string;
}

/** A key or range that operations name, with its place in the order of appearance. */
export interface NamedKey {
  readonly text: string;
  readonly place: number;
  count: number;
}

/** A client with what it asked. */
export interface ClientLane {
  readonly client: EndpointId;
  /** Operations that it had under way at once, at most: its bars stand in so many rows. */
  lanes: number;
  operations: number;
}

/** The records that pass a filter, by their positions in the history. */
export interface Selection {
  readonly positions: readonly number[];
  /** By place: the greatest end, in virtual time, of this operation and those before it; open ones left out. */
  readonly ends: Float64Array;
  /** Places of those that have no answer. */
  readonly open: readonly number[];
}

/** Selections kept: one is looked at while another is typed. */
const KEPT = 4;

/**
 * What the operations of a run's history have for drawing: a row for each among those of its client, and the keys. It follows the
 * recording: each use takes in what was invoked since.
 */
export class HistoryIndex {
  readonly #recording: Recording;
  /** By position: its row among those of its client. */
  readonly #lanes: number[] = [];
  /** By position: the first key it names, or `null`. */
  readonly #keys: (NamedKey | null)[] = [];
  readonly #named = new Map<string, NamedKey>();
  readonly #clients = new Map<EndpointId, ClientLane>();
  /** For each client and row: the position of the newest operation in it. */
  readonly #newest = new Map<EndpointId, number[]>();
  readonly #selections = new Map<string, Selection>();

  private constructor(recording: Recording) {
    this.#recording = recording;
  }

  static readonly #known = new WeakMap<Recording, HistoryIndex>();

  /** The index of a recording, up to date. */
  static of(recording: Recording): HistoryIndex {
    let index = HistoryIndex.#known.get(recording);
    if (index === undefined) {
      index = new HistoryIndex(recording);
      HistoryIndex.#known.set(recording, index);
    }
    index.#takeIn();
    return index;
  }

  /** In the order in which they asked first. */
  get clients(): readonly ClientLane[] {
    return [...this.#clients.values()];
  }

  /** Every key and range that is named, in order of appearance. */
  get keys(): readonly NamedKey[] {
    return [...this.#named.values()];
  }

  /** The row of an operation among those of its client, from 0. */
  laneOf(position: number): number {
    return this.#lanes[position] ?? 0;
  }

  /** The first key that an operation names; `null` for none. */
  keyOf(position: number): NamedKey | null {
    return this.#keys[position] ?? null;
  }

  /**
   * What passes a filter. `lateOf` gives an instant at which an operation of unknown outcome is known to have taken effect, or `null`; `version`
   * changes whenever it does.
   */
  select(filter: HistoryFilter, version: string, lateOf: (record: OperationRecord) => number | null): Selection {
    const name = JSON.stringify([filter, version, this.#recording.log.count]);
    const known = this.#selections.get(name);
    if (known !== undefined) return known;
    const made = this.#select(filter, lateOf);
    this.#selections.set(name, made);
    const [oldest] = this.#selections.keys();
    if (this.#selections.size > KEPT && oldest !== undefined) this.#selections.delete(oldest);
    return made;
  }

  #select(filter: HistoryFilter, lateOf: (record: OperationRecord) => number | null): Selection {
    const { operations } = this.#recording.history;
    const passes = this.#passing(filter);
    const positions: number[] = [];
    const open: number[] = [];
    const ends: number[] = [];
    let latest = Number.NEGATIVE_INFINITY;
    for (const [position, record] of operations.entries()) {
      if (!passes(record)) continue;
      if (record.outcome === null) open.push(positions.length);
      else latest = Math.max(latest, record.returnUs ?? record.invokeUs, lateOf(record) ?? 0);
      positions.push(position);
      ends.push(latest);
    }
    return { positions, open, ends: Float64Array.from(ends) };
  }

  #passing({ clients, sorts, outcomes, key }: HistoryFilter): (record: OperationRecord) => boolean {
    const { world } = this.#recording;
    const named = new Set(clients);
    const wanted = new Set([...this.#clients.keys()].filter((client) => named.has(world.nameOf(client))));
    const known = new Map<string, boolean>();
    const touching = (record: OperationRecord): boolean => {
      const ranges = rangesOf(record.body);
      const [only] = ranges;
      if (only === undefined || ranges.length > 1) return touches(record, key);
      // Nearly all operations name one of few keys.
      const text = rangeText(only);
      let answer = known.get(text);
      if (answer === undefined) {
        answer = touches(record, key);
        known.set(text, answer);
      }
      return answer;
    };
    return (record) =>
      (named.size === 0 || wanted.has(record.client)) &&
      (sorts.length === 0 || sorts.includes(sortOf(record.body))) &&
      (outcomes.length === 0 || outcomes.includes(outcomeSort(record.outcome))) &&
      (key === "" || touching(record));
  }

  #takeIn(): void {
    const { operations } = this.#recording.history;
    for (let position = this.#lanes.length; position < operations.length; position += 1) {
      const record = operations[position];
      if (record === undefined) break;
      this.#lanes.push(this.#laneFor(record, position));
      this.#keys.push(this.#nameFor(record));
    }
  }

  #laneFor({ client, invokeEvent }: OperationRecord, position: number): number {
    const { operations } = this.#recording.history;
    const rows = this.#newest.get(client) ?? [];
    this.#newest.set(client, rows);
    const free = rows.findIndex((newest) => {
      const end = operations[newest]?.returnEvent ?? null;
      return end !== null && end < invokeEvent;
    });
    const lane = free < 0 ? rows.length : free;
    rows[lane] = position;
    const known = this.#clients.get(client) ?? { client, lanes: 0, operations: 0 };
    known.lanes = Math.max(known.lanes, lane + 1);
    known.operations += 1;
    this.#clients.set(client, known);
    return lane;
  }

  #nameFor({ body }: OperationRecord): NamedKey | null {
    const [range] = rangesOf(body, 1);
    if (range === undefined) return null;
    const text = rangeText(range);
    const known = this.#named.get(text) ?? { text, place: this.#named.size, count: 0 };
    known.count += 1;
    this.#named.set(text, known);
    return known;
  }
}

/** The places of a selection whose spans overlap a span of virtual time, both ends included; ascending. */
export function within(
  selection: Selection,
  records: readonly OperationRecord[],
  span: { readonly fromUs: number; readonly toUs: number },
): { readonly first: number; readonly end: number; readonly open: readonly number[] } {
  const { positions, ends, open } = selection;
  const invokedAt = (place: number): number => records[positions[place] ?? 0]?.invokeUs ?? 0;
  const first = firstWhere(positions.length, (place) => (ends[place] ?? 0) >= span.fromUs);
  const end = firstWhere(positions.length, (place) => invokedAt(place) > span.toUs);
  return { first: Math.min(first, end), end, open: open.filter((place) => place < first && place < end) };
}

/** The first of `count` numbers from 0 for which a property holds that holds for all after it; `count` for none. */
export function firstWhere(count: number, holds: (at: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
