/** The pictures of the panel in their elements: the sequence, mermaid's drawing, the strip at the side, the table. */
import type { DiagramController } from "./controller.js";
import { MermaidPart } from "./mermaid-part.js";
import { Minimap } from "./minimap.js";
import type { DiagramState, RowWindow } from "./model.js";
import type { Marks } from "./row-marks.js";
import { NO_MARKS } from "./row-marks.js";
import { Sequence } from "./sequence.js";
import { RowTable } from "./table.js";
import type { WindowRows } from "./window-rows.js";

/** Rows of mermaid's window when none is chosen. */
const MERMAID_ROWS = 100;

/** Keeps the pictures in the elements of the layout. */
export class Frames {
  readonly mermaid: MermaidPart;
  readonly #app: Element;
  readonly #controller: DiagramController;
  #sequence: Sequence | null = null;
  #minimap: Minimap | null = null;
  #table: RowTable | null = null;
  #element: Element | null = null;
  /** What mermaid shows when no rows are chosen: where it was turned to. */
  #turned: RowWindow | null = null;
  #wanted: number | null = null;

  constructor(app: Element, controller: DiagramController, rows: WindowRows) {
    this.#app = app;
    this.#controller = controller;
    this.mermaid = new MermaidPart(controller, rows);
  }

  /** The first row in sight. */
  get top(): number {
    return this.#sequence?.top ?? 0;
  }

  /** The last row in sight. */
  get bottom(): number {
    return this.#sequence?.bottom ?? 0;
  }

  /** Draws the state. */
  show(state: DiagramState): void {
    this.#settle();
    const marks = marksOf(state);
    this.#sequence?.show({
      lifelines: state.lifelines,
      totalRows: state.totalRows ?? 0,
      zoom: state.zoom,
      marks,
      version: state.rowsVersion,
    });
    this.#reach(state);
    this.#table?.show(state.totalRows ?? 0, marks);
    this.#minimap?.show(state.overview, { cursor: state.cursorRow, window: state.window });
    if (state.mode === "mermaid" && state.totalRows !== null) this.mermaid.show(this.#mermaidWindow(state));
    else this.#turned = null;
  }

  /** Brings a row into sight. */
  reveal(row: number): void {
    // Before its rows are there the picture does not know how high it is.
    this.#wanted = row;
    this.#reach(this.#controller.state);
  }

  /** Puts a row at the top. */
  goTo(row: number): void {
    this.#wanted = null;
    this.#sequence?.goTo(row);
  }

  /** Turns mermaid's page. */
  turn(direction: 1 | -1): void {
    const shown = this.mermaid.shown?.window;
    const { totalRows } = this.#controller.state;
    if (shown === undefined || totalRows === null) return;
    const size = Math.max(1, shown.to - shown.from + 1);
    const from = direction === 1 ? shown.to + 1 : Math.max(0, shown.from - size);
    if (from >= totalRows) return;
    this.#turned = { from, to: Math.min(totalRows - 1, from + size - 1) };
    this.#controller.choose(null);
  }

  #reach({ totalRows }: DiagramState): void {
    if (this.#wanted === null || totalRows === null || this.#sequence === null) return;
    const row = this.#wanted;
    this.#wanted = null;
    this.#sequence.reveal(Math.min(row, totalRows - 1));
  }

  #mermaidWindow({ window: chosen, totalRows, cursorRow }: DiagramState): RowWindow {
    const last = Math.max(0, (totalRows ?? 1) - 1);
    if (chosen !== null) return { from: Math.min(chosen.from, last), to: Math.min(chosen.to, last) };
    if (this.#turned === null || this.#turned.from > last) {
      const from = last < MERMAID_ROWS ? 0 : Math.max(0, Math.min(last - MERMAID_ROWS + 1, (cursorRow ?? 0) - 20));
      this.#turned = { from, to: Math.min(last, from + MERMAID_ROWS - 1) };
    }
    return { from: this.#turned.from, to: Math.min(last, this.#turned.to) };
  }

  /** The layout has other elements than before, or none. */
  #settle(): void {
    const element = this.#app.querySelector("[data-frame]");
    if (element === this.#element) return;
    this.#element = element;
    for (const part of [this.#sequence, this.#minimap, this.#table]) part?.dispose();
    [this.#sequence, this.#minimap, this.#table] = [null, null, null];
    const [mermaid, strip, grid] = ["[data-mermaid]", "[data-minimap]", "[data-rows]"].map((each) =>
      this.#app.querySelector(each),
    );
    this.mermaid.in(mermaid instanceof HTMLElement ? mermaid : null);
    if (!(element instanceof HTMLElement) || !(strip instanceof HTMLElement) || !(grid instanceof HTMLElement)) return;
    const { pages, picking } = this.#controller;
    this.#minimap = new Minimap(strip, {
      goTo: (row) => this.goTo(row),
      choose: (window) => this.#controller.choose(window),
      room: (buckets) => this.#controller.strip(buckets),
    });
    this.#sequence = new Sequence(element, pages, {
      pick: (row) => picking.pick(row),
      zoom: (factor) => this.#controller.zoom(this.#controller.state.zoom * factor),
      sight: (from, to) => {
        pages.want("diagram", from, to);
        this.#minimap?.sight(from, to);
      },
      rested: () => this.#controller.keep(),
    });
    this.#table = new RowTable(
      grid,
      pages,
      {
        pick: (row) => picking.pick(row),
        by: (rows) => picking.by(rows),
        sight: (from, to) => pages.want("table", from, to),
      },
      NO_MARKS,
    );
  }
}

function marksOf({ cursorRow, picked, search, caret, window: chosen }: DiagramState): Marks {
  return {
    cursor: cursorRow,
    picked: picked?.row ?? null,
    partner: picked?.partner?.row ?? null,
    found: search?.row ?? null,
    caret: caret?.rows ?? [],
    window: chosen,
  };
}
