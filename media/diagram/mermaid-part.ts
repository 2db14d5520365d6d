/** The second rendering: a window of rows drawn by mermaid, never more at once than it can draw while nobody notices. */
import { t } from "../../server/src/l10n/text.js";
import type { MermaidWindow } from "../../server/src/view-model/diagram/window-text.js";
import { Latest } from "../shared/latest.js";
import { FIRST_ROWS, rowsWithin } from "./budget.js";
import { Canvas } from "./canvas.js";
import type { DiagramController } from "./controller.js";
import { drawMermaid } from "./mermaid.js";
import type { MermaidShown } from "./mermaid-note.js";
import { type RowWindow, selectionOf } from "./model.js";
import type { WindowRows } from "./window-rows.js";

interface Wish {
  readonly window: RowWindow;
  readonly key: string;
}

/** Draws windows into a frame. */
export class MermaidPart {
  readonly #controller: DiagramController;
  readonly #rows: WindowRows;
  readonly #drawings = new Latest<Wish>((wish) => this.#draw(wish));
  #canvas: Canvas | null = null;
  #frame: HTMLElement | null = null;
  #limit = FIRST_ROWS;
  #wished = "";
  #shown: (MermaidShown & { readonly content: MermaidWindow }) | null = null;
  #fitted = false;

  constructor(controller: DiagramController, rows: WindowRows) {
    this.#controller = controller;
    this.#rows = rows;
  }

  /** What is drawn now. */
  get shown(): MermaidShown | null {
    return this.#shown;
  }

  /** Takes a frame, or lets go of it. */
  in(frame: HTMLElement | null): void {
    if (frame === this.#frame) return;
    this.#frame = frame;
    this.#wished = "";
    this.#shown = null;
    this.#canvas =
      frame === null
        ? null
        : new Canvas(frame, {
            pick: (at) => {
              const row = this.#shown?.content.rows[at]?.row;
              if (row !== undefined) this.#controller.picking.pick(row);
            },
            zoom: (factor) => this.#controller.zoom(this.#controller.state.zoom * factor),
          });
  }

  /** Draws again, e.g. in another theme. */
  again(): void {
    this.#wished = "";
    this.#controller.redraw();
  }

  /** Shows the window that is wanted; does nothing when it is drawn already. */
  show(window: RowWindow): void {
    const { state } = this.#controller;
    if (this.#canvas === null || state.session === null) return;
    const key = JSON.stringify([state.session.id, selectionOf(state), window, state.totalRows]);
    if (key !== this.#wished) {
      this.#wished = key;
      this.#frame?.setAttribute("aria-busy", "true");
      this.#drawings.put({ window, key });
    }
    this.#canvas.zoom(state.zoom);
    if (this.#shown !== null) this.#mark();
  }

  /** Fits the picture to the width. */
  fit(): void {
    if (this.#canvas === null || this.#canvas.naturalWidth === 0) return;
    this.#controller.zoom(Math.min(1.25, Math.max(0.4, this.#canvas.room / this.#canvas.naturalWidth)));
  }

  #mark(): void {
    const { cursorRow, picked } = this.#controller.state;
    const rows = this.#shown?.content.rows ?? [];
    const index = (row: number | null): number | null => {
      const at = row === null ? -1 : rows.findIndex((each) => each.row === row);
      return at < 0 ? null : at;
    };
    this.#canvas?.mark(index(cursorRow), index(picked?.row ?? null));
  }

  async #draw({ window, key }: Wish): Promise<void> {
    const { state } = this.#controller;
    const { session } = state;
    if (session === null) return;
    const to = Math.min(window.to, window.from + this.#limit - 1);
    const narrow: RowWindow = { from: window.from, to };
    const content = await this.#content(narrow);
    if (key !== this.#wished || this.#canvas === null) return;
    if (typeof content === "string") {
      this.#fail(content);
      return;
    }
    try {
      const drawing = await drawMermaid(content.mermaid);
      this.#limit = rowsWithin(content.rows.length, drawing.tookMs);
      if (key !== this.#wished || this.#canvas === null) return;
      this.#canvas.show(drawing, { rows: content.rows, lifelines: state.lifelines });
      this.#shown = {
        window: narrow,
        narrowedFrom: to < window.to ? window : null,
        content,
      };
      this.#frame?.setAttribute("aria-busy", "false");
      if (!this.#fitted) {
        this.#fitted = true;
        this.fit();
      }
      this.#controller.redraw();
    } catch (error) {
      if (key === this.#wished) this.#fail(error instanceof Error ? error.message : String(error));
    }
  }

  #fail(words: string): void {
    this.#canvas?.clear();
    this.#shown = null;
    this.#frame?.setAttribute("aria-busy", "false");
    this.#controller.set({ failure: t("The diagram could not be drawn: {0}", words) });
  }

  /** The rows with their text, or what went wrong. */
  async #content(window: RowWindow): Promise<MermaidWindow | string> {
    const fetched = await this.#rows.fetch(window);
    return fetched.kind === "ok" ? this.#rows.mermaid(fetched.scene.rows) : fetched.message;
  }
}
