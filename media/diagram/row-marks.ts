/** Marks on rows: the time cursor, the picked row and its partner, what the caret's line caused, what a search found. */

/** Which rows are marked. */
export interface Marks {
  readonly cursor: number | null;
  readonly picked: number | null;
  readonly partner: number | null;
  readonly found: number | null;
  /** Ascending. */
  readonly caret: readonly number[];
  readonly window: { readonly from: number; readonly to: number } | null;
}

/** Nothing is marked. */
export const NO_MARKS: Marks = { cursor: null, picked: null, partner: null, found: null, caret: [], window: null };

/** Keeps the bands of a layer in their places; what is picked is also drawn stronger. */
export class RowMarks {
  readonly #layer: HTMLElement;
  readonly #bands = new Map<string, HTMLElement>();
  #shown = new Set<string>();

  constructor(layer: HTMLElement) {
    this.#layer = layer;
  }

  /** Places the bands of rows `from`..`to` (not included), in a layer that begins at `from`. */
  place(marks: Marks, from: number, to: number, pitch: number): void {
    this.#shown = new Set();
    const { window: chosen } = marks;
    if (chosen !== null && chosen.to >= from && chosen.from < to) {
      const first = Math.max(from - 1, chosen.from);
      this.#band("window", (first - from) * pitch, (Math.min(to, chosen.to) + 1 - first) * pitch);
    }
    for (const [name, row] of [
      ["cursor", marks.cursor],
      ["partner", marks.partner],
      ["found", marks.found],
      ["picked", marks.picked],
    ] as const) {
      if (row !== null && row >= from && row < to) this.#band(name, (row - from) * pitch, pitch);
    }
    for (const row of marks.caret) if (row >= from && row < to) this.#band(`caret ${row}`, (row - from) * pitch, pitch);
    for (const [name, band] of this.#bands) {
      if (this.#shown.has(name)) continue;
      band.remove();
      this.#bands.delete(name);
    }
    this.#strengthen(marks);
  }

  #band(name: string, y: number, height: number): void {
    this.#shown.add(name);
    let band = this.#bands.get(name);
    if (band === undefined) {
      band = document.createElement("div");
      band.className = `band ${name.split(" ")[0]}`;
      this.#bands.set(name, band);
      this.#layer.prepend(band);
    }
    band.style.transform = `translateY(${y}px)`;
    band.style.height = `${height}px`;
  }

  #strengthen({ picked, partner }: Marks): void {
    for (const group of this.#layer.querySelectorAll("g.strong")) {
      const at = Number(group.getAttribute("data-at"));
      if (at !== picked && at !== partner) group.classList.remove("strong");
    }
    for (const row of [picked, partner]) {
      if (row === null) continue;
      for (const group of this.#layer.querySelectorAll(`g[data-at="${row}"]`)) group.classList.add("strong");
    }
  }
}
