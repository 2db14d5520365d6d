/** The focus of an open menu: on its first entry, and back where it was when the menu closes; and that it stays within the window. */
import type { OpenMenu } from "./model.js";

/** Follows the menu that is open. */
export class MenuFocus {
  readonly #root: ParentNode;
  #shown: OpenMenu | null = null;
  #before: HTMLElement | SVGElement | null = null;

  constructor(root: ParentNode) {
    this.#root = root;
  }

  /** Called when the panel was drawn. */
  follow(menu: OpenMenu | null): void {
    if (menu === this.#shown) return;
    if (this.#shown === null) {
      const { activeElement } = document;
      const holds = activeElement instanceof HTMLElement || activeElement instanceof SVGElement;
      this.#before = holds ? activeElement : null;
    }
    this.#shown = menu;
    const element = this.#root.querySelector("[data-menu]");
    if (menu === null || !(element instanceof HTMLElement)) {
      this.#shown = null;
      this.#before?.focus();
      this.#before = null;
      return;
    }
    keepWithin(element, menu);
    const first = element.querySelector("[role=menuitem]");
    if (first instanceof HTMLElement) first.focus({ preventScroll: true });
    else element.focus();
  }
}

/** Moves a menu that would stick out of the window. */
function keepWithin(element: HTMLElement, { x, y }: OpenMenu): void {
  const margin = 6;
  const left = Math.max(margin, Math.min(x, window.innerWidth - element.offsetWidth - margin));
  const top = Math.max(margin, Math.min(y, window.innerHeight - element.offsetHeight - margin));
  element.style.setProperty("left", `${left}px`);
  element.style.setProperty("top", `${top}px`);
}
