/** Long work on the page's one thread. */

/** How long a slice of work lasts: short enough that the page still answers a hand. */
const SLICE_MS = 24;

/**
 * Does work in slices, between which the page is drawn and hears its reader. `progress` is told after each.
 * Rejects with what the work throws.
 */
export async function inSlices(work: Generator<void, void, void>, progress: () => void): Promise<void> {
  for (;;) {
    const end = performance.now() + SLICE_MS;
    while (performance.now() < end) if (work.next().done === true) return;
    progress();
    await new Promise<void>((resolve) => {
      setTimeout(resolve, 0);
    });
  }
}
