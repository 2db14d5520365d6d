import type { MemoryShare } from "./memory.js";

/** The state of one key: the number of its value. */
export type ValueId = number;

/** The number of "there is no such key". */
export const MISSING: ValueId = 0;

/** About what a text takes besides its characters, in two maps and a list. */
const TEXT_BYTES = 160;

/** Values by number, so that equal values are equal numbers. */
export class Values {
  readonly #texts: string[] = [""];
  readonly #ids = new Map<string, ValueId>();
  /** What appending gives, by value and then by what was appended; long texts are hashed once. */
  readonly #appended: Map<ValueId, ValueId>[] = [];
  readonly #share: MemoryShare;

  /** Texts are charged to `share`. */
  constructor(share: MemoryShare) {
    this.#share = share;
  }

  /** The number of a value. */
  id(text: string | null): ValueId {
    if (text === null) return MISSING;
    const known = this.#ids.get(text);
    if (known !== undefined) return known;
    const id = this.#texts.length;
    this.#share.take(TEXT_BYTES + text.length * 2);
    this.#texts.push(text);
    this.#ids.set(text, id);
    return id;
  }

  /** The text of a value; a missing key's is empty. */
  text(value: ValueId): string {
    return this.#texts[value] ?? "";
  }

  /** Whether `value` begins with `start`; a missing key counts as empty. */
  startsWith(value: ValueId, start: ValueId): boolean {
    return (this.#texts[value] ?? "").startsWith(this.#texts[start] ?? "");
  }

  /** The number of `value` followed by `suffix`. */
  append(value: ValueId, suffix: ValueId): ValueId {
    let known = this.#appended[value];
    if (known === undefined) {
      known = new Map();
      this.#appended[value] = known;
    }
    let result = known.get(suffix);
    if (result === undefined) {
      result = this.id((this.#texts[value] ?? "") + (this.#texts[suffix] ?? ""));
      known.set(suffix, result);
    }
    return result;
  }
}
