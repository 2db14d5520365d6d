/** The rows of a window, all of them, for mermaid and for what is saved. */
import type { DiagramRowsView, PlacedRow } from "../../server/src/protocol/diagram-rows.js";
import { joinRows, type SceneWindow } from "../../server/src/view-model/diagram/scene-svg.js";
import { type MermaidWindow, mermaidWindow } from "../../server/src/view-model/diagram/window-text.js";
import { type Asks, MOST_ROWS } from "./asks.js";
import { type DiagramState, type RowWindow, selectionOf } from "./model.js";

/** What came of it. */
export type FetchedRows =
  | { readonly kind: "ok"; readonly scene: SceneWindow }
  | { readonly kind: "failed"; readonly message: string };

/** Fetches windows of the diagram that is shown. */
export class WindowRows {
  readonly #asks: Asks;
  readonly #state: () => DiagramState;

  constructor(asks: Asks, state: () => DiagramState) {
    this.#asks = asks;
    this.#state = state;
  }

  /** The window's rows, however many requests it takes. */
  async fetch({ from, to }: RowWindow): Promise<FetchedRows> {
    const state = this.#state();
    const views: DiagramRowsView[] = [];
    for (let at = from; at <= to; at += MOST_ROWS) {
      const count = Math.min(MOST_ROWS, to - at + 1);
      const answer = await this.#asks.rows(state.session?.id ?? "", selectionOf(state), at, count);
      if (answer.kind !== "ok") return { kind: "failed", message: answer.kind === "failed" ? answer.message : "" };
      views.push(answer.value.view);
    }
    const [first, ...others] = views;
    if (first === undefined) return { kind: "ok", scene: NO_ROWS };
    return { kind: "ok", scene: joinRows(first, ...others) };
  }

  /** Rows, at most 400, as mermaid text; or what went wrong. */
  async mermaid(rows: readonly PlacedRow[]): Promise<MermaidWindow | string> {
    const state = this.#state();
    const [first, last] = [rows[0], rows.at(-1)];
    if (first === undefined || last === undefined) return { rows: [], mermaid: "sequenceDiagram\n" };
    const window = { from: first.eventId, to: await this.#lastEvent(last) };
    const answer = await this.#asks.mermaid(state.session?.id ?? "", selectionOf(state), window);
    if (answer.kind !== "ok") return answer.kind === "failed" ? answer.message : "";
    return mermaidWindow(answer.value.view, rows);
  }

  /** Folded heartbeats of the last row go on until the next row begins. */
  async #lastEvent(last: PlacedRow): Promise<number> {
    const state = this.#state();
    if (last.kind !== "message" || last.count === 1) return last.eventId;
    const answer = await this.#asks.rows(state.session?.id ?? "", selectionOf(state), last.row + 1, 1);
    const next = answer.kind === "ok" ? answer.value.view.rows[0] : undefined;
    return next === undefined ? Math.max(last.eventId, (state.session?.events ?? 1) - 1) : next.eventId - 1;
  }
}

const NO_ROWS: SceneWindow = { lifelines: [], rows: [], passing: [], states: [], changes: [] };
