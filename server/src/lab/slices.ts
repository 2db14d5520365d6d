import { setImmediate } from "node:timers/promises";

/** Lets other work (messages, timers) have its turn between two slices of simulation. */
export async function pause(): Promise<void> {
  await setImmediate();
}
