/** A language request waits for the lab a moment only. */

/** An answer that the lab keeps waiting comes without what only the lab knows. */
const PATIENCE_MS = 500;

/** What `work` gives; `null` when it does not within a moment. */
export async function inTime<T>(work: (signal: AbortSignal) => Promise<T | null>): Promise<T | null> {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => {
      controller.abort();
      resolve(null);
    }, PATIENCE_MS);
  });
  try {
    return await Promise.race([work(controller.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}
