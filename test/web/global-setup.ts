/** Builds the panels and the lab before the first test file, for all of them. */
import { buildPanelsAnew } from "./build.js";
import { buildLabAnew } from "./lab-host.js";

/** What vitest calls before it starts its workers. */
export async function setup(): Promise<void> {
  await Promise.all([buildPanelsAnew(), buildLabAnew()]);
}
