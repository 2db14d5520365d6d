import { inRange } from "../../kv/key-range.js";
import type { Revision } from "../../kv/request.js";
import type { KvEvent } from "../../kv/response.js";
import type { WatchRequest } from "./watch.js";

/** What a watch should be told: the changes of the store that it asked for, in order, each found by its event. */
export class WantedChanges {
  readonly events: readonly KvEvent[];
  readonly #request: WatchRequest;
  readonly #places: ReadonlyMap<string, number>;

  /** `changes`: all of the store, in order. */
  constructor(changes: readonly KvEvent[], request: WatchRequest) {
    this.#request = request;
    this.events = changes.filter((event) => this.wants(event));
    this.#places = new Map(this.events.map((event, place) => [nameOf(event), place]));
  }

  /** Whether the watch asked for such an event. */
  wants({ type, kv }: KvEvent): boolean {
    const { from, without } = this.#request;
    return kv.modRevision >= from && type !== without && inRange(kv.key, this.#request);
  }

  /** The place among the wanted of the change that an event tells of; `undefined` where there was none. */
  placeOf(event: KvEvent): number | undefined {
    return this.#places.get(nameOf(event));
  }

  /** The place of the first wanted change at or after a revision; their number where there is none. */
  firstAt(revision: Revision): number {
    let low = 0;
    let high = this.events.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.events[middle]?.kv.modRevision ?? 0) < revision) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** One transaction can delete a key and put it again: the type tells these changes apart. */
function nameOf({ type, kv }: KvEvent): string {
  return `${kv.modRevision} ${type} ${kv.key}`;
}
