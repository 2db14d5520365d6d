/** The rows in words: the diagram's twin for screen readers and the keyboard. Only those near what is in sight are in the page. */
import { html, render, type TemplateResult } from "lit";
import { t } from "../../server/src/l10n/text.js";
import type { PlacedRow } from "../../server/src/protocol/diagram-rows.js";
import { RowScroll } from "../../server/src/view-model/diagram/row-scroll.js";
import { placedText, rowTime } from "../../server/src/view-model/diagram/rows.js";
import { formatTime } from "../../server/src/view-model/time.js";
import { icon } from "../shared/icon.js";
import { styled } from "../shared/styled.js";
import { CATEGORY_ICONS } from "../shared/why.js";
import type { Marks } from "./row-marks.js";
import type { RowPages } from "./row-pages.js";

/** Height of a row, as in diagram.css. */
const HEIGHT = 24;
const MARGIN = 8;

/** What the table tells. */
export interface TableEvents {
  pick(row: number): void;
  /** Picks another row by so many. */
  by(rows: number): void;
  sight(from: number, to: number): void;
}

/** Keeps the table in its element, which scrolls and has the focus. */
export class RowTable {
  readonly #grid: HTMLElement;
  readonly #pages: RowPages;
  readonly #events: TableEvents;
  readonly #scroll = new RowScroll();
  readonly #observer = new ResizeObserver(() => this.#resized());
  #room = 0;
  #total = 0;
  #marks: Marks;
  #revealed: number | null = null;

  constructor(grid: HTMLElement, pages: RowPages, events: TableEvents, marks: Marks) {
    this.#grid = grid;
    this.#pages = pages;
    this.#events = events;
    this.#marks = marks;
    grid.addEventListener("scroll", this.#onScroll, { passive: true });
    grid.addEventListener("keydown", this.#onKey);
    this.#observer.observe(grid);
  }

  dispose(): void {
    this.#observer.disconnect();
    this.#grid.removeEventListener("scroll", this.#onScroll);
    this.#grid.removeEventListener("keydown", this.#onKey);
  }

  /** Shows so many rows. What was found, the picked one, or else the cursor's, comes into sight when it is another than before. */
  show(total: number, marks: Marks): void {
    this.#marks = marks;
    if (total !== this.#total) {
      this.#total = total;
      this.#put(this.#scroll.resize(total * HEIGHT, this.#room));
    }
    const goal = marks.found ?? this.#active;
    if (goal !== this.#revealed && goal !== null && this.#room > 0) {
      this.#revealed = goal;
      this.#reveal(goal);
    }
    this.#draw();
  }

  get #active(): number | null {
    const { picked, cursor } = this.#marks;
    const row = picked ?? cursor;
    return row === null || row < 0 || row >= this.#total ? null : row;
  }

  #reveal(row: number): void {
    const y = row * HEIGHT;
    const { position } = this.#scroll;
    if (y >= position && y + HEIGHT <= position + this.#room) return;
    this.#put(this.#scroll.goTo(y - this.#room / 2));
  }

  #draw(): void {
    const { position, offset } = this.#scroll;
    const first = Math.max(0, Math.floor(position / HEIGHT) - MARGIN);
    const last = Math.min(this.#total - 1, Math.ceil((position + this.#room) / HEIGHT) + MARGIN);
    const rows: TemplateResult[] = [];
    for (let at = first; at <= last; at += 1) rows.push(this.#row(at, at * HEIGHT - offset));
    const active = this.#active;
    // Going by keys may lead to a row that is not drawn: it is brought into sight first, so it is drawn when it is named.
    if (active !== null && active >= first && active <= last) {
      this.#grid.setAttribute("aria-activedescendant", `row-${active}`);
    } else this.#grid.removeAttribute("aria-activedescendant");
    this.#grid.setAttribute("aria-rowcount", String(this.#total));
    render(
      html`<div class="rows-space" role="rowgroup" ${styled({ height: `${this.#scroll.height}px` })}
        @click=${this.#onClick}>${rows}</div>`,
      this.#grid,
    );
    if (this.#total > 0) this.#events.sight(first, last);
  }

  #row(at: number, y: number): TemplateResult {
    const row = this.#pages.row(at);
    const { cursor, picked, partner, found, caret } = this.#marks;
    const classes = [
      "row",
      row?.kind ?? "waiting",
      at === cursor ? "here" : "",
      at === picked ? "picked" : "",
      at === partner ? "partner" : "",
      at === found ? "found" : "",
      caret.includes(at) ? "caret" : "",
    ];
    return html`<div id=${`row-${at}`} class=${classes.join(" ")} role="row" aria-rowindex=${at + 1} data-row=${at}
      aria-selected=${String(at === picked)} aria-current=${at === cursor ? "step" : "false"} ${styled({ transform: `translateY(${y}px)` })}>
      ${row === null ? html`<span class="when" role="gridcell"></span><span class="what quiet" role="gridcell">${t("loading…")}</span>` : cells(row)}
    </div>`;
  }

  #put(native: number): void {
    const space = this.#grid.firstElementChild;
    if (space instanceof HTMLElement) space.style.height = `${this.#scroll.height}px`;
    if (Math.abs(this.#grid.scrollTop - native) >= 1) this.#grid.scrollTop = native;
    this.#scroll.settled(this.#grid.scrollTop);
  }

  #resized(): void {
    this.#room = this.#grid.clientHeight;
    this.#put(this.#scroll.resize(this.#total * HEIGHT, this.#room));
    const active = this.#active;
    if (active !== null) this.#reveal(active);
    this.#draw();
  }

  readonly #onScroll = (): void => {
    const put = this.#scroll.scrolled(this.#grid.scrollTop);
    if (put !== null) this.#put(put);
    this.#draw();
  };

  readonly #onClick = (event: MouseEvent): void => {
    const row = event.target instanceof Element ? event.target.closest("[data-row]")?.getAttribute("data-row") : null;
    if (row !== null && row !== undefined) this.#events.pick(Number(row));
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    const by = keySteps(event, Math.max(1, Math.floor(this.#room / HEIGHT) - 1));
    if (by === null) return;
    event.preventDefault();
    event.stopPropagation();
    this.#events.by(by);
  };
}

/** How many rows a key goes on or back; `null` for other keys. */
export function keySteps({ key, ctrlKey, altKey, metaKey }: KeyboardEvent, page: number): number | null {
  if (ctrlKey || altKey || metaKey) return null;
  switch (key) {
    case "ArrowDown":
      return 1;
    case "ArrowUp":
      return -1;
    case "PageDown":
      return page;
    case "PageUp":
      return -page;
    case "Home":
      return Number.NEGATIVE_INFINITY;
    case "End":
      return Number.POSITIVE_INFINITY;
    default:
      return null;
  }
}

function cells(row: PlacedRow): TemplateResult {
  const words = placedText(row);
  const sign =
    row.kind === "message"
      ? row.lost
        ? "close"
        : "mail"
      : row.kind === "term"
        ? "milestone"
        : CATEGORY_ICONS[row.category];
  return html`<span class="when" role="gridcell">${formatTime(rowTime(row))}</span>
    <span class="what" role="gridcell" title=${words}>${icon(sign)}<span>${words}</span></span>`;
}
