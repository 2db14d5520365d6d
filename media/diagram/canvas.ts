/** The drawing in the page: which line belongs to which row, what is highlighted, zoom and pan. */
import type { DiagramRow } from "../../server/src/protocol/diagram-view.js";
import type { Lifeline } from "../../server/src/view-model/diagram/columns.js";
import type { Drawing } from "./mermaid.js";

const SVG = "http://www.w3.org/2000/svg";

/** Where a row lies in the drawing, in the drawing's units. */
interface Band {
  readonly top: number;
  readonly bottom: number;
}

/** What a drawing shows, in its order. */
export interface Drawn {
  readonly rows: readonly DiagramRow[];
  readonly lifelines: readonly Lifeline[];
}

/** What the canvas tells. */
export interface CanvasEvents {
  pick(row: number): void;
  zoom(factor: number): void;
}

/** Holds one drawing in a scrolling frame. */
export class Canvas {
  readonly #frame: HTMLElement;
  readonly #heads: HTMLElement;
  readonly #page: HTMLElement;
  readonly #events: CanvasEvents;
  #svg: SVGSVGElement | null = null;
  #bands: readonly Band[] = [];
  #width = 0;
  #height = 0;
  #zoom = 1;
  #cursorMark: SVGRectElement | null = null;
  #pickedMark: SVGRectElement | null = null;
  #columns: readonly { readonly name: string; readonly x: number }[] = [];

  constructor(frame: HTMLElement, events: CanvasEvents) {
    this.#frame = frame;
    this.#events = events;
    this.#heads = document.createElement("div");
    this.#heads.className = "heads";
    this.#page = document.createElement("div");
    this.#page.className = "page";
    this.#page.setAttribute("aria-hidden", "true");
    this.#heads.setAttribute("aria-hidden", "true");
    frame.append(this.#heads, this.#page);
    this.#listen();
  }

  /** Puts a new drawing in place of the old one; the scroll position stays where it can. */
  show(drawing: Drawing, view: Drawn): void {
    const { svg } = drawing;
    const box = svg.viewBox.baseVal;
    this.#width = box.width || svg.width.baseVal.value;
    this.#height = box.height || svg.height.baseVal.value;
    svg.removeAttribute("style");
    svg.setAttribute("focusable", "false");
    for (const attribute of ["role", "aria-roledescription"]) svg.removeAttribute(attribute);
    this.#svg = svg;
    this.#page.replaceChildren(svg);
    this.#bands = this.#tag(svg, view.rows);
    // Mermaid draws the lines from the last to the first.
    const lines = [...svg.querySelectorAll<SVGLineElement>("line.actor-line")].map((line) => line.x1.baseVal.value);
    this.#columns = lines
      .sort((a, b) => a - b)
      .map((x, at) => ({ name: view.lifelines[at]?.name ?? "", x: x - box.x }));
    this.#pickedMark = band(svg, "picked-band", box);
    this.#cursorMark = band(svg, "cursor-band", box);
    this.zoom(this.#zoom);
  }

  /** Takes the drawing away. */
  clear(): void {
    this.#svg = null;
    this.#bands = [];
    this.#page.replaceChildren();
    this.#heads.replaceChildren();
  }

  /** The width a zoom of 1 needs. */
  get naturalWidth(): number {
    return this.#width;
  }

  /** Room for the drawing. */
  get room(): number {
    return this.#frame.clientWidth - 4;
  }

  /** Sets the zoom; the middle of what is in sight stays there. */
  zoom(zoom: number): void {
    const old = this.#zoom;
    const { scrollTop, scrollLeft, clientHeight, clientWidth } = this.#frame;
    this.#zoom = zoom;
    if (this.#svg === null) return;
    this.#svg.setAttribute("width", String(this.#width * zoom));
    this.#svg.setAttribute("height", String(this.#height * zoom));
    this.#page.style.width = `${this.#width * zoom}px`;
    this.#headings();
    if (old === zoom) return;
    this.#frame.scrollTop = ((scrollTop + clientHeight / 2) / old) * zoom - clientHeight / 2;
    this.#frame.scrollLeft = ((scrollLeft + clientWidth / 2) / old) * zoom - clientWidth / 2;
  }

  /** Marks the cursor's row and the picked one. */
  mark(cursor: number | null, picked: number | null): void {
    place(this.#cursorMark, cursor === null ? undefined : this.#bands[cursor]);
    place(this.#pickedMark, picked === null ? undefined : this.#bands[picked]);
  }

  /** Scrolls a row into sight if it is not. */
  reveal(row: number | null): void {
    const at = row === null ? undefined : this.#bands[row];
    if (at === undefined) return;
    const top = at.top * this.#zoom;
    const bottom = at.bottom * this.#zoom;
    const { scrollTop, clientHeight } = this.#frame;
    if (top < scrollTop + 50 || bottom > scrollTop + clientHeight - 20) {
      this.#frame.scrollTop = (top + bottom) / 2 - clientHeight / 2;
    }
  }

  /** The names of the lifelines stay in sight while their lines are scrolled. */
  #headings(): void {
    this.#heads.replaceChildren(
      ...this.#columns.map(({ name, x }) => {
        const head = document.createElement("span");
        head.textContent = name;
        head.style.left = `${x * this.#zoom}px`;
        return head;
      }),
    );
    this.#heads.style.width = `${this.#width * this.#zoom}px`;
  }

  /** Gives each row's elements its classes, and finds where it lies. */
  #tag(svg: SVGSVGElement, rows: readonly DiagramRow[]): readonly Band[] {
    const lines = [...svg.querySelectorAll<SVGGraphicsElement>(".messageLine0, .messageLine1")];
    const texts = [...svg.querySelectorAll<SVGGraphicsElement>(".messageText")];
    const notes = [...svg.querySelectorAll<SVGGraphicsElement>("rect.note")];
    let message = 0;
    let note = 0;
    return rows.map((row) => {
      if (row.kind === "message") {
        const line = lines[message];
        const text = texts[message];
        message += 1;
        const classes = ["row-message", `type-${row.type}`, ...(row.lost ? ["lost"] : [])];
        line?.classList.add(...classes);
        text?.classList.add(...classes);
        return around(line, text, 5);
      }
      const rect = notes[note];
      note += 1;
      const kind = row.kind === "term" ? "row-term" : `row-${row.category}`;
      rect?.classList.add("row-note", kind);
      rect?.parentElement?.classList.add("note-group", kind);
      return around(rect, undefined, 3);
    });
  }

  #listen(): void {
    const frame = this.#frame;
    frame.addEventListener("scroll", () => this.#heads.classList.toggle("shown", frame.scrollTop > 60 * this.#zoom), {
      passive: true,
    });
    frame.addEventListener(
      "wheel",
      (event) => {
        if (!event.altKey && !event.ctrlKey) return;
        event.preventDefault();
        this.#events.zoom(Math.exp(-event.deltaY / 300));
      },
      { passive: false },
    );
    let start: { x: number; y: number; left: number; top: number; moved: boolean } | null = null;
    this.#page.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      start = { x: event.clientX, y: event.clientY, left: frame.scrollLeft, top: frame.scrollTop, moved: false };
    });
    window.addEventListener("pointermove", (event) => {
      if (start === null) return;
      const dx = event.clientX - start.x;
      const dy = event.clientY - start.y;
      if (!start.moved && Math.hypot(dx, dy) < 4) return;
      start.moved = true;
      frame.classList.add("panning");
      frame.scrollLeft = start.left - dx;
      frame.scrollTop = start.top - dy;
    });
    window.addEventListener("pointerup", (event) => {
      frame.classList.remove("panning");
      if (start !== null && !start.moved) this.#pickAt(event);
      start = null;
    });
  }

  #pickAt(event: PointerEvent): void {
    const y = (event.clientY - this.#page.getBoundingClientRect().top) / this.#zoom;
    const row = this.#bands.findIndex((each) => y >= each.top && y <= each.bottom);
    if (row >= 0) this.#events.pick(row);
  }
}

function around(element: SVGGraphicsElement | undefined, more: SVGGraphicsElement | undefined, margin: number): Band {
  if (element === undefined) return { top: 0, bottom: 0 };
  const box = element.getBBox();
  const other = more?.getBBox() ?? box;
  const offset = element.ownerSVGElement?.viewBox.baseVal.y ?? 0;
  return {
    top: Math.min(box.y, other.y) - margin - offset,
    bottom: Math.max(box.y + box.height, other.y + other.height) + margin - offset,
  };
}

function band(svg: SVGSVGElement, name: string, box: DOMRect): SVGRectElement {
  const rect = document.createElementNS(SVG, "rect");
  rect.setAttribute("class", name);
  rect.setAttribute("x", String(box.x + 2));
  rect.setAttribute("width", String(Math.max(0, box.width - 4)));
  rect.setAttribute("rx", "4");
  rect.dataset["offset"] = String(box.y);
  svg.insertBefore(rect, svg.firstChild);
  return rect;
}

function place(rect: SVGRectElement | null, at: Band | undefined): void {
  if (rect === null) return;
  rect.setAttribute("y", String((at?.top ?? 0) + Number(rect.dataset["offset"] ?? 0)));
  rect.setAttribute("height", String(at === undefined ? 0 : at.bottom - at.top));
}
