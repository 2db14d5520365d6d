import { setImmediate } from "node:timers/promises";

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
