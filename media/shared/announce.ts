/** Says to a screen reader what changed without moving the focus. */

/** A polite live region; what is said faster than it can be read out is dropped but for the last. */
export class Announcer {
  readonly #region: HTMLElement;
  #timer: number | null = null;
  #text = "";

  constructor(parent: HTMLElement) {
    this.#region = document.createElement("div");
    this.#region.className = "visually-hidden";
    this.#region.setAttribute("role", "status");
    this.#region.setAttribute("aria-live", "polite");
    parent.append(this.#region);
  }

  say(text: string): void {
    this.#text = text;
    if (this.#timer !== null) return;
    this.#timer = window.setTimeout(() => {
      this.#timer = null;
      if (this.#region.textContent !== this.#text) this.#region.textContent = this.#text;
    }, 400);
  }
}
