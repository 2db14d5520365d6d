/** A real etcd beside this project's store, where one is installed. Many more sequences: `npm run etcd -- SEEDS`. */
import { describe, expect, it } from "vitest";
import { compareSequence } from "./live/compare.js";
import { PROFILES } from "./live/generator.js";
import { etcdVersion } from "./live/process.js";

const version = etcdVersion();
const STEPS = 120;

describe.skipIf(version === null)("an etcd that runs and this store give the same (needs etcd installed)", () => {
  it.concurrent.each(PROFILES.map((profile, index) => ({ profile, seed: 1001 + index })))(
    "$profile, seed $seed",
    async ({ profile, seed }) => {
      const { steps, difference } = await compareSequence(seed, profile, STEPS);
      expect(difference).toBeNull();
      expect(steps.length).toBeGreaterThan(STEPS);
    },
    60_000,
  );
});
