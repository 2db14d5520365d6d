import type { DiagramItems } from "./diagram-items.js";

/** How many rows of a diagram each endpoint takes part in. */
export class EndpointCounts {
  readonly #counts: number[] = [];

  /** Whether an endpoint takes part in any. */
  has(endpoint: number): boolean {
    return (this.#counts[endpoint] ?? 0) > 0;
  }

  /** Counts the endpoints of a row that shows an item, -1 for a mark, as often as `by` says: -1 takes it back. */
  add(items: DiagramItems, item: number, by: number): void {
    if (item < 0) return;
    this.#add(items.from(item), by);
    if (items.shape(item) === "message") this.#add(items.to(item), by);
  }

  /** Forgets all. */
  clear(): void {
    this.#counts.fill(0);
  }

  #add(endpoint: number, by: number): void {
    this.#counts[endpoint] = (this.#counts[endpoint] ?? 0) + by;
  }
}
