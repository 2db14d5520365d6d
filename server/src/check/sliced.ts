/** Work that is done in pieces: each `yield` is a moment at which others may have their turn. It does the same whoever pauses it. */
export type Sliced<T> = Generator<undefined, T, undefined>;

/** Does all of it at once. */
export function finish<T>(work: Sliced<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}
