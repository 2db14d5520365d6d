import { setImmediate } from "node:timers/promises";
import type { SessionId } from "../protocol/session.js";
import { inSlice } from "./slice-mark.js";

/** How long a slice of {@link doInSlices} lasts. */
const SLICE_MS = 8;

/** Lets other work (messages, timers) have its turn between two slices of simulation. */
export async function pause(): Promise<void> {
  await setImmediate();
}

/** Does pieces of work one after another, each after others have had their turn. */
export class Lane {
  #last: Promise<unknown> = Promise.resolve();

  /** Queues a piece of work; its outcome. A piece that fails does not hold up the next. */
  async add<T>(work: () => Promise<T> | T): Promise<T> {
    const mine = this.#last.then(async () => {
      await pause();
      return work();
    });
    this.#last = mine.catch(() => undefined);
    return mine;
  }
}

/**
 * Does a piece of work for a session step by step, in slices that leave time for others. `step` says whether it was the last one. False when
 * the work was ended before: by `signal`, or after `forMs` of real time.
 */
export async function doInSlices(
  id: SessionId,
  step: () => boolean,
  { signal, forMs = Number.POSITIVE_INFINITY }: { readonly signal: AbortSignal; readonly forMs?: number },
): Promise<boolean> {
  const began = performance.now();
  for (;;) {
    if (signal.aborted) return false;
    if (inSlice(id, () => doSlice(step))) return true;
    if (performance.now() - began >= forMs) return false;
    await pause();
  }
}

function doSlice(step: () => boolean): boolean {
  const began = performance.now();
  do {
    if (step()) return true;
  } while (performance.now() - began < SLICE_MS);
  return false;
}
