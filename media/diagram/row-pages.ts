/** The rows near what is in sight, a page at a time: what is there, what is asked for, what was let go again. */
import type { DiagramRowsView, PlacedRow } from "../../server/src/protocol/diagram-rows.js";
import type { Answer } from "../shared/connection.js";

/** Rows of a page. */
export const PAGE = 200;
/** Pages that are kept. */
const KEPT = 40;
/** Pages beyond what is in sight that are fetched ahead, on either side. */
const AHEAD = 2;
const AT_ONCE = 2;

/** Who looks at rows. */
export type Onlooker = "diagram" | "table";

/** Asks for rows. */
export type AskRows = (from: number, count: number) => Promise<Answer<{ readonly view: DiagramRowsView }>>;

/** What the pages tell. */
export interface PagesEvents {
  arrived(view: DiagramRowsView): void;
  failed(message: string): void;
}

interface Page {
  readonly view: DiagramRowsView;
  /** The run has grown since: it is shown until the newer one is there. */
  stale: boolean;
}

/** Keeps pages of one diagram; {@link reset} begins another. */
export class RowPages {
  readonly #ask: AskRows;
  readonly #events: PagesEvents;
  readonly #pages = new Map<number, Page>();
  readonly #asked = new Set<number>();
  #generation = 0;
  /** Nothing is missing of what was wanted last. */
  #served = false;
  /** Pages in sight, by who sees them; the first is served first. */
  readonly #sights = new Map<Onlooker, { readonly from: number; readonly to: number }>();
  #total = Number.POSITIVE_INFINITY;

  constructor(ask: AskRows, events: PagesEvents) {
    this.#ask = ask;
    this.#events = events;
  }

  /** True while anything is asked for. */
  get busy(): boolean {
    return this.#asked.size > 0;
  }

  /** Forgets everything: another run, or another selection. Answers under way are dropped. */
  reset(): void {
    this.#generation += 1;
    this.#served = false;
    this.#pages.clear();
    this.#asked.clear();
    this.#sights.clear();
    this.#total = Number.POSITIVE_INFINITY;
  }

  /** The run has grown: what is in sight is asked for again, and shown until then. */
  outdate(): void {
    for (const page of this.#pages.values()) page.stale = true;
    this.#served = false;
    this.#total = Number.POSITIVE_INFINITY;
    this.#pump();
  }

  /** Somebody has rows `from`..`to` in sight. */
  want(who: Onlooker, from: number, to: number): void {
    const sight = { from: Math.floor(Math.max(0, from) / PAGE), to: Math.floor(Math.max(0, to) / PAGE) };
    const old = this.#sights.get(who);
    if (old?.from === sight.from && old.to === sight.to && this.#served) return;
    this.#sights.set(who, sight);
    this.#pump();
  }

  /** The page with a row, if it is there. */
  pageOf(row: number): DiagramRowsView | null {
    return this.#pages.get(Math.floor(row / PAGE))?.view ?? null;
  }

  /** A row, if it is there. */
  row(row: number): PlacedRow | null {
    const found = this.pageOf(row)?.rows[row % PAGE];
    return found?.row === row ? found : null;
  }

  /** All rows of these that are there, in order. */
  between(from: number, to: number): readonly PlacedRow[] {
    const rows: PlacedRow[] = [];
    for (let at = from; at <= to; at += 1) {
      const row = this.row(at);
      if (row !== null) rows.push(row);
    }
    return rows;
  }

  #pump(): void {
    while (this.#asked.size < AT_ONCE) {
      const next = this.#next();
      this.#served = next === null;
      if (next === null) return;
      this.#asked.add(next);
      void this.#fetch(next);
    }
  }

  /** The next page to ask for: those in sight first, then around them. */
  #next(): number | null {
    const known = Number.isFinite(this.#total);
    const last = known ? Math.max(0, Math.ceil(this.#total / PAGE) - 1) : Number.POSITIVE_INFINITY;
    const missing = (at: number): boolean => {
      const page = this.#pages.get(at);
      return at >= 0 && at <= last && !this.#asked.has(at) && (page === undefined || page.stale);
    };
    for (const { from, to } of this.#sights.values()) {
      for (let at = from; at <= to; at += 1) if (missing(at)) return at;
      // Before the first answer nobody knows what else there is.
      if (!known && this.#pages.size === 0) return null;
    }
    for (const { from, to } of this.#sights.values()) {
      for (let far = 1; far <= AHEAD; far += 1) {
        if (missing(to + far)) return to + far;
        if (missing(from - far)) return from - far;
      }
    }
    return null;
  }

  async #fetch(at: number): Promise<void> {
    const generation = this.#generation;
    const answer = await this.#ask(at * PAGE, PAGE);
    if (generation !== this.#generation) return;
    this.#asked.delete(at);
    if (answer.kind === "failed") {
      // Asked again when the view moves or the run grows: not at once, or a failure would go round for ever.
      this.#served = false;
      this.#events.failed(answer.message);
      return;
    }
    if (answer.kind === "stale") return;
    const { view } = answer.value;
    this.#total = view.totalRows;
    this.#pages.set(at, { view, stale: false });
    this.#sweep();
    this.#events.arrived(view);
    this.#pump();
  }

  /** Lets go of the pages that are farthest from all sights. */
  #sweep(): void {
    if (this.#pages.size <= KEPT) return;
    const sights = [...this.#sights.values()];
    const distance = (at: number): number =>
      Math.min(...sights.map(({ from, to }) => (at < from ? from - at : at > to ? at - to : 0)));
    const near = [...this.#pages.keys()].sort((a, b) => distance(a) - distance(b));
    for (const far of near.slice(KEPT)) this.#pages.delete(far);
  }
}
