/**
 * Which parts stand out of sight: in motion they wait, and whoever asks where something in them stands must look here first, since the
 * browser has not laid them out then (`content-visibility: auto`) and would do so at once.
 */
import { PARTS, type Part } from "./turns.js";

/** The parts that stand in the section of another. */
const TOGETHER: readonly Part[] = ["servers", "cards"];

/** Follows the sections as they come into sight and go. */
export class Sight {
  readonly #inSight = new Set<Part>();
  readonly #outOfSight = new Set<Part>();
  readonly #root: ParentNode;
  readonly #observer: IntersectionObserver;
  #observed: readonly Element[] = [];

  /** @param came told when a section has come into sight, which may have missed something */
  constructor(root: ParentNode, came: () => void) {
    this.#root = root;
    this.#observer = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        for (const part of partsOf(target)) {
          const [now, before] = isIntersecting ? [this.#inSight, this.#outOfSight] : [this.#outOfSight, this.#inSight];
          now.add(part);
          before.delete(part);
        }
      }
      if (entries.some(({ isIntersecting }) => isIntersecting)) came();
    });
  }

  /** The parts that are known to be out of sight now. */
  get outOfSight(): ReadonlySet<Part> {
    return this.#outOfSight;
  }

  /** Whether a part is known to be in sight, and so laid out. */
  has(part: Part): boolean {
    return this.#inSight.has(part);
  }

  /** Looks for the sections, after the panel was drawn. */
  adopt(): void {
    if (this.#observed.length > 0 && this.#observed.every((section) => section.isConnected)) return;
    this.#observer.disconnect();
    this.#inSight.clear();
    this.#outOfSight.clear();
    this.#observed = [...this.#root.querySelectorAll(".section")];
    for (const section of this.#observed) this.#observer.observe(section);
  }
}

function partsOf(section: Element): readonly Part[] {
  const part = PARTS.find((name) => section.matches(`.section-${name}`));
  return part === undefined ? [] : part === "servers" ? TOGETHER : [part];
}
