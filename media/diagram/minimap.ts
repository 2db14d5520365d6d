/** The strip at the side of the diagram: all of it at a glance, with what is in sight; a click goes there, Shift and dragging chooses. */
import { t } from "../../server/src/l10n/text.js";
import {
  MINIMAP_WIDTH,
  minimapBuckets,
  minimapRow,
  minimapShapes,
  minimapText,
  minimapY,
} from "../../server/src/view-model/diagram/minimap.js";
import { formatCount } from "../../server/src/view-model/time.js";
import type { Overview, RowWindow } from "./model.js";
import { appendShapes, svgElement } from "./svg-dom.js";

/** What the strip tells. */
export interface MinimapEvents {
  /** Puts a row in the middle. */
  goTo(row: number): void;
  choose(window: RowWindow): void;
  /** There is room for so many stretches. */
  room(buckets: number): void;
}

/** What the strip marks. */
export interface MinimapMarks {
  readonly cursor: number | null;
  readonly window: RowWindow | null;
}

/** Keeps the strip in its element. */
export class Minimap {
  readonly #strip: HTMLElement;
  readonly #events: MinimapEvents;
  readonly #picture = svgElement("svg", { class: "minimap-picture", "aria-hidden": "true" });
  readonly #sight = document.createElement("div");
  readonly #cursor = document.createElement("div");
  readonly #chosen = document.createElement("div");
  readonly #observer = new ResizeObserver(() => this.#resized());
  #height = 0;
  #overview: Overview | null = null;
  #drawn: { readonly overview: Overview | null; readonly height: number } | null = null;
  #marks: MinimapMarks = { cursor: null, window: null };
  #from = 0;
  #to = 0;
  #drag: { readonly row: number; readonly choosing: boolean } | null = null;

  constructor(strip: HTMLElement, events: MinimapEvents) {
    this.#strip = strip;
    this.#events = events;
    this.#sight.className = "minimap-sight";
    this.#cursor.className = "minimap-cursor";
    this.#chosen.className = "minimap-chosen";
    strip.replaceChildren(this.#picture, this.#chosen, this.#sight, this.#cursor);
    strip.addEventListener("pointerdown", this.#onDown);
    strip.addEventListener("pointermove", this.#onMove);
    strip.addEventListener("pointerup", this.#onUp);
    strip.addEventListener("keydown", this.#onKey);
    this.#observer.observe(strip);
  }

  dispose(): void {
    this.#observer.disconnect();
    this.#strip.removeEventListener("pointerdown", this.#onDown);
    this.#strip.removeEventListener("pointermove", this.#onMove);
    this.#strip.removeEventListener("pointerup", this.#onUp);
    this.#strip.removeEventListener("keydown", this.#onKey);
  }

  /** Shows the diagram as a whole. */
  show(overview: Overview | null, marks: MinimapMarks): void {
    this.#overview = overview;
    this.#marks = marks;
    this.#draw();
  }

  /** These rows are in sight. */
  sight(from: number, to: number): void {
    this.#from = from;
    this.#to = to;
    this.#place();
  }

  #draw(): void {
    const { overview } = { overview: this.#overview };
    if (this.#drawn?.overview !== overview || this.#drawn.height !== this.#height) {
      this.#drawn = { overview, height: this.#height };
      this.#picture.setAttribute("width", String(MINIMAP_WIDTH));
      this.#picture.setAttribute("height", String(this.#height));
      this.#picture.replaceChildren();
      if (overview !== null) appendShapes(this.#picture, minimapShapes(overview, this.#height));
      this.#strip.title = overview === null ? "" : minimapText(overview);
    }
    this.#place();
  }

  #place(): void {
    const total = this.#overview?.totalRows ?? 0;
    const y = (row: number): number => minimapY(row, total, this.#height);
    const put = (mark: HTMLElement, at: { readonly from: number; readonly to: number } | null, least: number): void => {
      mark.hidden = at === null || total === 0;
      if (at === null) return;
      const height = Math.max(least, y(at.to + 1) - y(at.from));
      mark.style.transform = `translateY(${Math.min(y(at.from), Math.max(0, this.#height - height))}px)`;
      mark.style.height = `${height}px`;
    };
    const { cursor, window: chosen } = this.#marks;
    put(this.#sight, { from: this.#from, to: this.#to }, 10);
    put(this.#cursor, cursor === null || cursor < 0 ? null : { from: cursor, to: cursor }, 2);
    put(this.#chosen, chosen, 3);
    this.#strip.setAttribute("aria-valuemax", String(Math.max(0, total - 1)));
    this.#strip.setAttribute("aria-valuenow", String(Math.max(0, Math.min(this.#from, total - 1))));
    const words = t(
      "rows {0} to {1} of {2}",
      formatCount(this.#from + 1),
      formatCount(this.#to + 1),
      formatCount(total),
    );
    this.#strip.setAttribute("aria-valuetext", words);
  }

  #resized(): void {
    this.#height = this.#strip.clientHeight;
    if (this.#height > 0) this.#events.room(minimapBuckets(this.#height));
    this.#draw();
  }

  #rowAt(event: PointerEvent): number {
    const y = event.clientY - this.#strip.getBoundingClientRect().top;
    return minimapRow(y, this.#overview?.totalRows ?? 0, this.#height);
  }

  #goTo(row: number): void {
    this.#events.goTo(Math.max(0, row - Math.floor((this.#to - this.#from) / 2)));
  }

  readonly #onDown = (event: PointerEvent): void => {
    if (event.button !== 0 || (this.#overview?.totalRows ?? 0) === 0) return;
    this.#strip.setPointerCapture(event.pointerId);
    this.#drag = { row: this.#rowAt(event), choosing: event.shiftKey };
    if (!event.shiftKey) this.#goTo(this.#drag.row);
  };

  readonly #onMove = (event: PointerEvent): void => {
    if (this.#drag === null) return;
    const row = this.#rowAt(event);
    if (!this.#drag.choosing) this.#goTo(row);
    else this.#events.choose({ from: Math.min(this.#drag.row, row), to: Math.max(this.#drag.row, row) });
  };

  readonly #onUp = (): void => {
    this.#drag = null;
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    const total = this.#overview?.totalRows ?? 0;
    const twentieth = Math.max(1, Math.floor(total / 20));
    const goals: Readonly<Record<string, number>> = {
      ArrowUp: this.#from - Math.max(1, this.#to - this.#from),
      ArrowDown: this.#to,
      PageUp: this.#from - twentieth,
      PageDown: this.#from + twentieth,
      Home: 0,
      End: total,
    };
    const goal = goals[event.key];
    if (goal === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.#events.goTo(Math.max(0, Math.min(total - 1, goal)));
  };
}
