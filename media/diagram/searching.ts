/** Looking for words in the rows. */
import { Latest } from "../shared/latest.js";
import type { Asks } from "./asks.js";
import { type DiagramState, selectionOf } from "./model.js";

/** What searching needs of the panel. */
export interface Searcher {
  readonly state: DiagramState;
  readonly asks: Asks;
  set(patch: Partial<DiagramState>): void;
  reveal(row: number): void;
}

interface Query {
  readonly text: string;
  readonly from: number;
  readonly direction: "next" | "previous";
}

/** Searches for a panel. */
export class Searching {
  readonly #panel: Searcher;
  readonly #finds = new Latest<Query>((query) => this.#find(query));

  constructor(panel: Searcher) {
    this.#panel = panel;
  }

  open(): void {
    if (this.#panel.state.search === null)
      this.#panel.set({ search: { text: "", row: null, matches: null, nowhere: false } });
  }

  close(): void {
    this.#panel.set({ search: null });
  }

  /** The words change: the first match from where the last one was, itself included. */
  type(text: string): void {
    const { search, picked, cursorRow } = this.#panel.state;
    const start = search?.row ?? picked?.row ?? cursorRow ?? 0;
    this.#panel.set({ search: { text, row: search?.row ?? null, matches: null, nowhere: false } });
    if (text.trim() === "") this.#panel.set({ search: { text, row: null, matches: null, nowhere: false } });
    else this.#finds.put({ text, from: start - 1, direction: "next" });
  }

  /** The next match, or the one before; at an end it goes on at the other. */
  step(direction: "next" | "previous"): void {
    const { search, cursorRow } = this.#panel.state;
    if (search === null || search.text.trim() === "") return;
    this.#finds.put({ text: search.text, from: search.row ?? cursorRow ?? -1, direction });
  }

  async #find({ text, from, direction }: Query): Promise<void> {
    const { session, totalRows } = this.#panel.state;
    if (session === null) return;
    const selection = selectionOf(this.#panel.state);
    const ends = direction === "next" ? -1 : (totalRows ?? 0);
    for (const start of [from, ends]) {
      const answer = await this.#panel.asks.find(session.id, selection, text, start, direction);
      if (answer.kind === "failed") this.#panel.set({ failure: answer.message });
      if (answer.kind !== "ok" || this.#panel.state.search?.text !== text) return;
      const { row, matches } = answer.value;
      if (row === null && start !== ends) continue;
      this.#panel.set({ search: { text, row, matches, nowhere: row === null } });
      if (row !== null) this.#panel.reveal(row);
      return;
    }
  }
}
