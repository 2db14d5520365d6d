/**
 * The sequence diagram in its frame: of however many rows, only those near what is in sight are in the page. Rows are drawn in blocks,
 * each a picture of its own, so that scrolling draws a block now and then and leaves the others alone.
 */
import { edgeLabel, type PlacedMessage } from "../../server/src/view-model/diagram/arrows.js";
import { type Columns, columnsOf, type Lifeline, PITCH } from "../../server/src/view-model/diagram/columns.js";
import { statesAt } from "../../server/src/view-model/diagram/lifelines.js";
import { RowScroll } from "../../server/src/view-model/diagram/row-scroll.js";
import {
  lastRowOf,
  passingScene,
  type RowScene,
  shiftedMessage,
  stretchScene,
} from "../../server/src/view-model/diagram/scene.js";
import { headElement } from "./heads.js";
import { type Marks, RowMarks } from "./row-marks.js";
import type { RowPages } from "./row-pages.js";
import { appendShapes, svgElement } from "./svg-dom.js";

/** Rows of a block; divides a page. */
const BLOCK = 20;
/** Rows that are drawn beyond what is in sight. */
const MARGIN = 16;
/** The most words for messages that come from above. */
const EDGE_LABELS = 3;
/** A hand rests after so many milliseconds. */
const REST_MS = 140;
/** Height of the heads at a zoom of 1, as in diagram.css. */
const HEADS = 44;
const FOOT = 24;

/** What the frame tells. */
export interface SequenceEvents {
  pick(row: number): void;
  zoom(factor: number): void;
  /** These rows are in sight. */
  sight(from: number, to: number): void;
  /** The hand rests. */
  rested(): void;
}

/** What the frame shows. */
export interface SequenceContent {
  readonly lifelines: readonly Lifeline[];
  readonly totalRows: number;
  readonly zoom: number;
  readonly marks: Marks;
  /** Goes up whenever rows came or went. */
  readonly version: number;
}

interface Block {
  readonly svg: SVGElement;
  /** What it was drawn of. */
  readonly source: unknown;
}

/** Holds the diagram in a scrolling frame. */
export class Sequence {
  readonly #frame: HTMLElement;
  readonly #pages: RowPages;
  readonly #events: SequenceEvents;
  readonly #heads = element("heads");
  readonly #space = element("space");
  readonly #layer = element("layer");
  readonly #passing = svgElement("svg", { class: "passing" });
  readonly #edge = svgElement("svg", { class: "edge" });
  readonly #scroll = new RowScroll();
  readonly #blocks = new Map<number, Block>();
  readonly #marks: RowMarks;
  #content: SequenceContent | null = null;
  #columns: Columns = columnsOf([], 100);
  #room = { width: 0, height: 0 };
  #passingOf: unknown = null;
  #headsOf = "";
  #edgeRow = -1;
  #edgeMessages: readonly PlacedMessage[] = [];
  #rest: number | null = null;
  readonly #observer = new ResizeObserver(() => this.#resized());

  constructor(frame: HTMLElement, pages: RowPages, events: SequenceEvents) {
    this.#frame = frame;
    this.#pages = pages;
    this.#events = events;
    this.#marks = new RowMarks(this.#layer);
    for (const hidden of [this.#heads, this.#space]) hidden.setAttribute("aria-hidden", "true");
    this.#heads.append(this.#edge);
    this.#layer.append(this.#passing);
    this.#space.append(this.#layer);
    frame.replaceChildren(this.#heads, this.#space);
    frame.addEventListener("scroll", this.#onScroll, { passive: true });
    frame.addEventListener("wheel", this.#onWheel, { passive: false });
    this.#space.addEventListener("click", this.#onClick);
    this.#observer.observe(frame);
    this.#measure();
  }

  /** Lets go of the frame. */
  dispose(): void {
    this.#observer.disconnect();
    this.#frame.removeEventListener("scroll", this.#onScroll);
    this.#frame.removeEventListener("wheel", this.#onWheel);
    if (this.#rest !== null) clearTimeout(this.#rest);
  }

  /** Shows other content; the row at the top stays there. */
  show(content: SequenceContent): void {
    const old = this.#content;
    this.#content = content;
    if (old?.zoom !== content.zoom || old.lifelines !== content.lifelines) this.#layout(old?.zoom ?? content.zoom);
    else if (old.totalRows !== content.totalRows) this.#size(this.#scroll.position);
    this.#draw();
  }

  /** The first row that is in sight. */
  get top(): number {
    return Math.floor(this.#scroll.position / this.#pitch);
  }

  /** The last row that is in sight. */
  get bottom(): number {
    const rows = Math.max(0, (this.#content?.totalRows ?? 0) - 1);
    return Math.min(rows, Math.floor((this.#scroll.position + this.#rowsRoom) / this.#pitch));
  }

  /** Puts a row at the top. */
  goTo(row: number): void {
    this.#put(this.#scroll.goTo(row * this.#pitch));
    this.#draw();
    this.#events.rested();
  }

  /** Scrolls a row into sight if it is not; a third from the top, so that what follows is seen too. */
  reveal(row: number): void {
    const y = row * this.#pitch;
    const { position } = this.#scroll;
    if (this.#content === null || (y >= position && y + this.#pitch * 1.5 <= position + this.#rowsRoom)) return;
    const near = y > position && y < position + this.#rowsRoom + 3 * this.#pitch;
    const goal = near ? y + this.#pitch * 2 - this.#rowsRoom : y - this.#rowsRoom / 3;
    this.#put(this.#scroll.goTo(goal));
    this.#draw();
    this.#events.rested();
  }

  /** Draws what is there now of the rows in sight. */
  #draw(): void {
    const content = this.#content;
    if (content === null || this.#room.height === 0) return;
    this.#frame.setAttribute("aria-busy", String(content.totalRows > 0 && this.#pages.pageOf(this.top) === null));
    const { top, bottom } = this;
    const first = Math.floor(Math.max(0, top - MARGIN) / BLOCK);
    const last = Math.floor(Math.min(Math.max(0, content.totalRows - 1), bottom + MARGIN) / BLOCK);
    for (const [at, block] of this.#blocks) {
      if (at >= first && at <= last && content.totalRows > 0) continue;
      block.svg.remove();
      this.#blocks.delete(at);
    }
    const base = first * BLOCK;
    this.#layer.style.transform = `translateY(${base * this.#pitch - this.#scroll.offset}px)`;
    if (content.totalRows > 0) for (let at = first; at <= last; at += 1) this.#block(at, base);
    this.#drawPassing(base);
    this.#marks.place(content.marks, base, (last + 1) * BLOCK, this.#pitch);
    this.#drawHeads(top);
    this.#drawEdge(top);
    if (content.totalRows > 0) this.#events.sight(top, bottom);
  }

  #block(at: number, base: number): void {
    const from = at * BLOCK;
    const page = this.#pages.pageOf(from);
    const source = page ?? this.#columns;
    const present = this.#blocks.get(at);
    if (present !== undefined && present.source === source) {
      move(present.svg, (from - base) * this.#pitch);
      return;
    }
    const svg = this.#picture(BLOCK * PITCH);
    svg.classList.add("block");
    const to = Math.min(from + BLOCK, Math.max(from, this.#content?.totalRows ?? 0));
    if (page === null) {
      svg.classList.add("waiting");
      appendShapes(svg, stretchScene({ rows: [], states: [], changes: [] }, from, to, this.#columns).lifelines);
    } else {
      const scene = stretchScene(page, from, to, this.#columns);
      appendShapes(svg, scene.lifelines);
      this.#rows(svg, scene.rows);
    }
    move(svg, (from - base) * this.#pitch);
    if (present === undefined) this.#layer.append(svg);
    else present.svg.replaceWith(svg);
    this.#blocks.set(at, { svg, source });
  }

  #rows(parent: SVGElement, rows: readonly RowScene[]): void {
    for (const { row, shapes } of rows) {
      const group = svgElement("g", { class: `row ${row.kind}`, "data-at": String(row.row) });
      appendShapes(group, shapes);
      parent.append(group);
    }
  }

  /** Arrows that began above the first block. */
  #drawPassing(base: number): void {
    const page = this.#pages.pageOf(base);
    const source = page === null ? null : `${base}`;
    if (this.#passingOf === page && this.#passing.dataset["base"] === source) return;
    this.#passingOf = page;
    this.#passing.dataset["base"] = source ?? "";
    this.#passing.replaceChildren();
    if (page === null) return;
    this.#dress(this.#passing, BLOCK * PITCH);
    this.#rows(this.#passing, passingScene(this.#comingFromAbove(base), base, this.#columns));
  }

  /** Messages that began above a row and arrive at it or below, newest first. */
  #comingFromAbove(row: number): readonly PlacedMessage[] {
    const page = this.#pages.pageOf(row);
    if (page === null) return [];
    const messages: PlacedMessage[] = [];
    for (const each of [...page.passing, ...page.rows]) {
      if (each.kind === "message" && each.row < row && lastRowOf(each) >= row) messages.push(each);
    }
    return messages.sort((a, b) => b.row - a.row);
  }

  #drawHeads(top: number): void {
    const page = this.#pages.pageOf(top);
    if (page === null) return;
    const states = statesAt(page.states, page.changes, top);
    const key = JSON.stringify([states, this.#columns.xs, this.#content?.zoom]);
    if (key === this.#headsOf) return;
    this.#headsOf = key;
    const { zoom = 1 } = this.#content ?? {};
    this.#heads.style.width = `${this.#columns.width * zoom}px`;
    this.#heads.style.setProperty("--zoom", String(zoom));
    this.#heads.replaceChildren(
      ...this.#columns.lifelines.map((lifeline, at) =>
        headElement(lifeline, (this.#columns.xs[at] ?? 0) * zoom, this.#columns.spacing * zoom, states),
      ),
      this.#edge,
    );
  }

  /** Words where messages come into sight from far above. */
  #drawEdge(top: number): void {
    if (top !== this.#edgeRow) {
      this.#edgeRow = top;
      this.#edgeMessages = this.#comingFromAbove(top)
        .filter((message) => lastRowOf(message) > top + 2)
        .slice(0, EDGE_LABELS);
    }
    if (this.#edgeMessages.length === 0 && this.#edge.childElementCount === 0) return;
    this.#edge.replaceChildren();
    this.#dress(this.#edge, EDGE_LABELS * 16);
    const y = (this.#scroll.position - top * this.#pitch) / (this.#content?.zoom ?? 1);
    for (const [at, message] of this.#edgeMessages.entries()) {
      const shape = edgeLabel(shiftedMessage(message, top), this.#columns, y);
      if (shape?.kind === "text") appendShapes(this.#edge, [{ ...shape, y: 12 + at * 13 }]);
    }
  }

  // ---- Room ------------------------------------------------------------------------------------------------

  get #pitch(): number {
    return PITCH * (this.#content?.zoom ?? 1);
  }

  /** Room for rows below the heads. */
  get #rowsRoom(): number {
    return Math.max(0, this.#room.height - HEADS);
  }

  #measure(): void {
    this.#room = { width: this.#frame.clientWidth, height: this.#frame.clientHeight };
  }

  #resized(): void {
    this.#measure();
    if (this.#content === null) return;
    this.#layout(this.#content.zoom);
    this.#draw();
  }

  /** New columns or another zoom: everything is drawn anew, and what was at the top stays there. */
  #layout(oldZoom: number): void {
    const content = this.#content;
    if (content === null) return;
    const { zoom, lifelines } = content;
    this.#columns = columnsOf(lifelines, Math.max(120, this.#room.width / zoom));
    for (const { svg } of this.#blocks.values()) svg.remove();
    this.#blocks.clear();
    this.#passingOf = null;
    this.#headsOf = "";
    this.#edgeRow = -1;
    this.#size((this.#scroll.position * zoom) / oldZoom);
    const { left } = { left: this.#frame.scrollLeft };
    if (oldZoom !== zoom && left > 0) this.#frame.scrollLeft = (left * zoom) / oldZoom;
  }

  #size(position: number): void {
    const { totalRows = 0, zoom = 1 } = this.#content ?? {};
    const height = totalRows * this.#pitch + FOOT;
    this.#scroll.resize(height, this.#rowsRoom);
    this.#space.style.height = `${this.#scroll.height}px`;
    this.#space.style.width = `${Math.floor(this.#columns.width * zoom)}px`;
    this.#put(this.#scroll.goTo(position));
  }

  #put(native: number): void {
    if (Math.abs(this.#frame.scrollTop - native) >= 1) this.#frame.scrollTop = native;
    // The browser may not go as far, or only to whole pixels of the device.
    this.#scroll.settled(this.#frame.scrollTop);
  }

  #picture(height: number): SVGElement {
    const svg = svgElement("svg", { focusable: "false" });
    this.#dress(svg, height);
    return svg;
  }

  #dress(svg: SVGElement, height: number): void {
    const { zoom = 1 } = this.#content ?? {};
    const { width } = this.#columns;
    svg.setAttribute("width", String(width * zoom));
    svg.setAttribute("height", String(height * zoom));
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  }

  // ---- Hands -----------------------------------------------------------------------------------------------

  readonly #onScroll = (): void => {
    const put = this.#scroll.scrolled(this.#frame.scrollTop);
    if (put !== null) this.#put(put);
    this.#draw();
    if (this.#rest !== null) clearTimeout(this.#rest);
    this.#rest = window.setTimeout(() => {
      this.#rest = null;
      this.#put(this.#scroll.rest());
      this.#draw();
      this.#events.rested();
    }, REST_MS);
  };

  readonly #onWheel = (event: WheelEvent): void => {
    if (!event.altKey && !event.ctrlKey) return;
    event.preventDefault();
    this.#events.zoom(Math.exp(-event.deltaY / 300));
  };

  readonly #onClick = (event: MouseEvent): void => {
    const group = event.target instanceof Element ? event.target.closest("[data-at]") : null;
    const at = group?.getAttribute("data-at");
    const y = event.clientY - this.#frame.getBoundingClientRect().top - HEADS + this.#scroll.position;
    const row = at === null || at === undefined ? Math.floor(y / this.#pitch) : Number(at);
    if (row >= 0 && row < (this.#content?.totalRows ?? 0)) this.#events.pick(row);
  };
}

function element(className: string): HTMLElement {
  const div = document.createElement("div");
  div.className = className;
  return div;
}

function move(svg: SVGElement, y: number): void {
  const transform = `translateY(${y}px)`;
  if (svg.style.transform !== transform) svg.style.transform = transform;
}
