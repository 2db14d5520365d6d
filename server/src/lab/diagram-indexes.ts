import { DiagramIndex } from "../trace/diagram-index.js";
import type { Recording } from "../trace/recording.js";

/** Recordings of which an index is kept. */
const KEPT = 3;

/** The index of a recording, and who is at it. */
export interface Indexed {
  readonly index: DiagramIndex;
  /** Ends the work that goes on without anybody waiting. */
  filling: AbortController | null;
  /** What was looked for last. */
  sought: string;
}

/** The indexes of the recordings whose diagrams were looked at last. They hold no recording that nobody else holds. */
export class DiagramIndexes {
  readonly #indexed = new WeakMap<Recording, Indexed>();
  /** The newest last. */
  #recent: WeakRef<Recording>[] = [];

  /** The index of a recording, empty at first. */
  of(recording: Recording): Indexed {
    const indexed = this.#indexed.get(recording) ?? { index: new DiagramIndex(recording), filling: null, sought: "" };
    this.#indexed.set(recording, indexed);
    const others = this.#recent.filter((each) => {
      const other = each.deref();
      return other !== undefined && other !== recording;
    });
    this.#recent = [...others, new WeakRef(recording)];
    while (this.#recent.length > KEPT) this.#forget(this.#recent.shift()?.deref());
    return indexed;
  }

  #forget(recording: Recording | undefined): void {
    if (recording === undefined) return;
    this.#indexed.get(recording)?.filling?.abort();
    this.#indexed.delete(recording);
  }
}
