/** A panel's state in one place; whoever draws it is called once per frame, however often it changed. */

/** Holds a state of plain data and tells of its changes. */
export class Store<S extends object> {
  #state: S;
  readonly #draw: (state: S) => void;
  #scheduled = false;

  constructor(initial: S, draw: (state: S) => void) {
    this.#state = initial;
    this.#draw = draw;
  }

  get state(): S {
    return this.#state;
  }

  /** Replaces some members and draws in the next frame. */
  set(patch: Partial<S>): void {
    this.#state = { ...this.#state, ...patch };
    this.redraw();
  }

  /** Draws in the next frame. A hidden page has no frames, so a timer stands in. */
  redraw(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    const run = () => {
      this.#scheduled = false;
      this.#draw(this.#state);
    };
    if (document.hidden) setTimeout(run, 100);
    else requestAnimationFrame(run);
  }
}
