/**
 * Scrolling over more rows than a browser can make an element high (Chromium stops at 33, Firefox at 17 million pixels, and pictures
 * blur far below). Up to a height that is safe the element is as high as its rows. Beyond, it keeps that height: small movements go
 * on pixel by pixel, so that wheel, touch and keys feel as ever; great ones, which only the scrollbar makes, are in proportion; and
 * when the hand rests, the scrollbar is put where the rows stand.
 */

/** The greatest height of the element, in pixels. */
export const HIGHEST = 4_000_000;

/** Maps an element's own scroll position to a position among all rows, both in pixels. */
export class RowScroll {
  #total = 0;
  #room = 0;
  readonly #highest: number;
  #native = 0;
  #position = 0;

  constructor(highest = HIGHEST) {
    this.#highest = highest;
  }

  /** Height of the element to scroll. */
  get height(): number {
    return Math.min(this.#total, this.#highest);
  }

  /** Where the top edge is among all rows, in pixels. */
  get position(): number {
    return this.#position;
  }

  /** What to take off a position among all rows to find it in the element. */
  get offset(): number {
    return this.#position - this.#native;
  }

  /** Height of all rows and of the room for them; returns where the element must be scrolled to. */
  resize(total: number, room: number): number {
    this.#total = total;
    this.#room = room;
    return this.goTo(this.#position);
  }

  /** The element was scrolled to here. Returns where it must be scrolled instead, or `null` when it is right. */
  scrolled(native: number): number | null {
    const moved = native - this.#native;
    this.#native = native;
    if (this.#total <= this.#highest) {
      this.#position = this.#clamped(native);
      return null;
    }
    if (Math.abs(moved) > Math.max(3000, this.#room * 3)) {
      this.#position = this.#clamped(this.#positionOf(native));
      return null;
    }
    this.#position = this.#clamped(this.#position + moved);
    const nearEnd = native < this.#room || native > this.height - 2 * this.#room;
    if (!nearEnd) return null;
    const right = this.#anchor();
    return Math.abs(right - native) < 1 ? null : right;
  }

  /** Goes to a position among all rows; returns where the element must be scrolled to. */
  goTo(position: number): number {
    this.#position = this.#clamped(position);
    return this.#anchor();
  }

  /** The element was scrolled to where it was told, or as near as it could; the rows stay where they are. */
  settled(native: number): void {
    this.#native = native;
  }

  /** The hand rests: returns where the element must be scrolled to, so that the scrollbar tells the truth. */
  rest(): number {
    return this.#anchor();
  }

  /** Near the ends the element goes pixel by pixel with the rows, so that a hand never meets an end that is none. */
  get #edge(): number {
    return Math.min(20_000, this.#highest / 4);
  }

  #nativeOf(position: number): number {
    const [edge, way, all] = [this.#edge, this.height - this.#room, this.#total - this.#room];
    if (position <= edge) return position;
    if (position >= all - edge) return way - (all - position);
    return edge + ((position - edge) * (way - 2 * edge)) / (all - 2 * edge);
  }

  #positionOf(native: number): number {
    const [edge, way, all] = [this.#edge, this.height - this.#room, this.#total - this.#room];
    if (native <= edge) return native;
    if (native >= way - edge) return all - (way - native);
    return edge + ((native - edge) * (all - 2 * edge)) / (way - 2 * edge);
  }

  #anchor(): number {
    this.#native = this.#total <= this.#highest ? this.#position : Math.round(this.#nativeOf(this.#position));
    return this.#native;
  }

  #clamped(position: number): number {
    return Math.max(0, Math.min(position, this.#total - this.#room));
  }
}
