/** What the tests of a file share: one browser, and a fresh lab for every test. */
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { LabHost } from "./lab-host.js";
import { type Rig, startRig } from "./page.js";

/** The file's browser, after {@link useRig}. */
export let rig: Rig;
/** The test's lab, after {@link useLab}. */
export let host: LabHost;

/** Starts a browser for the file's tests, with the panels that were built for all files. */
export function useRig(): void {
  beforeAll(async () => {
    rig = await startRig();
  });
  afterAll(async () => rig.close());
}

/** Starts a lab for each of the file's tests. */
export function useLab(): void {
  beforeEach(async () => {
    host = await LabHost.start();
  });
  afterEach(async () => host.dispose());
}
