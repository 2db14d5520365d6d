import type { DiagramItems } from "./diagram-items.js";
import type { RowList } from "./diagram-rows.js";
import { isOfClient, SELECTORS, type Selector } from "./message-selectors.js";

/** Terms that an overview names. */
const TERMS = 500;
/** Rows of one step. */
const STEP = 20_000;

/** What an overview counts. */
export type OverviewCount =
  | "messages"
  | "lost"
  | "entries"
  | "votes"
  | "client"
  | "faults"
  | "violations"
  | "notes"
  | "elections";

/** How many rows of each sort a stretch of the diagram has. */
export type OverviewBucket = Readonly<Record<OverviewCount, number>>;

/** A diagram from far away. */
export interface DiagramOverview {
  readonly totalRows: number;
  readonly buckets: readonly OverviewBucket[];
  /** The first row of each new term; of very many some, evenly spread. */
  readonly terms: readonly { readonly row: number; readonly term: number }[];
}

type Counting = { -readonly [K in OverviewCount]: number };

const VOTES: ReadonlySet<Selector> = new Set(["RequestVote", "RequestVoteReply", "PreVote", "PreVoteReply"]);
const IS_VOTE = SELECTORS.map((selector) => VOTES.has(selector));
const ENTRIES = SELECTORS.indexOf("AppendEntries");

/** Makes the overview of a diagram, step by step: rows that come meanwhile are left out. */
export class OverviewMaker {
  readonly #rows: RowList;
  readonly #totalRows: number;
  readonly #count: number;
  readonly #buckets: OverviewBucket[] = [];
  readonly #terms: { readonly row: number; readonly term: number }[] = [];

  /** `wanted`: stretches of equally many rows; fewer when there are fewer rows. */
  constructor(rows: RowList, wanted: number) {
    this.#rows = rows;
    this.#totalRows = rows.length;
    this.#count = Math.min(wanted, rows.length);
  }

  /** What has been made so far; all of it when {@link advance} says so. */
  get overview(): DiagramOverview {
    return { totalRows: this.#totalRows, buckets: this.#buckets, terms: spread(this.#terms) };
  }

  /** Looks at some {@link STEP} further rows; true when there are no more. */
  advance(): boolean {
    for (let looked = 0; looked < STEP && this.#buckets.length < this.#count; ) {
      const from = this.#firstOf(this.#buckets.length);
      const to = this.#firstOf(this.#buckets.length + 1);
      this.#buckets.push(this.#counted(from, to));
      looked += to - from;
    }
    return this.#buckets.length === this.#count;
  }

  #firstOf(bucket: number): number {
    return Math.floor((bucket * this.#totalRows) / this.#count);
  }

  #counted(from: number, to: number): OverviewBucket {
    const { items } = this.#rows;
    const counts = nothing();
    // Folding may have taken away some of the last ones meanwhile.
    for (let row = from; row < to && row < this.#rows.length; row += 1) {
      const item = this.#rows.item(row);
      if (item < 0) counts.violations += 1;
      else if (items.shape(item) === "term") this.#terms.push({ row, term: items.term(item) });
      else countItem(items, item, counts);
    }
    return counts;
  }
}

function nothing(): Counting {
  return {
    messages: 0,
    lost: 0,
    entries: 0,
    votes: 0,
    client: 0,
    faults: 0,
    violations: 0,
    notes: 0,
    elections: 0,
  };
}

function countItem(items: DiagramItems, item: number, counts: Counting): void {
  if (items.shape(item) === "message") {
    const type = items.type(item);
    counts.messages += 1;
    if (items.fate(item) === "lost") counts.lost += 1;
    if (type === ENTRIES) counts.entries += 1;
    else if (IS_VOTE[type] === true) counts.votes += 1;
    else if (isOfClient(type)) counts.client += 1;
  } else if (items.shape(item) === "note") {
    const category = items.category(item);
    if (category === "fault") counts.faults += 1;
    else if (category === "note") counts.notes += 1;
    if (items.isElection(item)) counts.elections += 1;
  }
}

function spread<T>(all: readonly T[]): readonly T[] {
  if (all.length <= TERMS) return all;
  return Array.from({ length: TERMS }, (_, each) => all[Math.floor((each * all.length) / TERMS)]).filter(
    (each) => each !== undefined,
  );
}
