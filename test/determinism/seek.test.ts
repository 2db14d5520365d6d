import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { churnPlan } from "../soak/churn.js";
import { BEYOND, sufferingText, TOLERATED } from "../support/machine-faults.js";
import { samples } from "../support/samples.js";
import { finished, scenarioOf, type TextedScenario } from "../support/scenarios.js";
import { fingerprint } from "./fingerprint.js";
import { momentsOf } from "./moments.js";

/** Compares the worlds found again after the events, in the order given, with those of the run itself. */
function compare(scenario: TextedScenario, events: readonly number[]): void {
  const { recording } = finished(scenario);
  const moments = momentsOf(scenario, events);
  for (const event of events) {
    const found = JSON.stringify(fingerprint(recording.stateAt(event)));
    const original = moments.get(event) ?? new Set();
    if (!original.has(found)) expect({ event, world: found }).toEqual({ event, world: [...original][0] });
  }
}

/** Servers crash and are cut off while others write, drop their logs and send snapshots in small chunks. */
function compactingText(seed: number): string {
  return `cluster { nodes s1..s3; clients alice; snapshot every 10 entries keep 2 chunk 300B; loss 2%; duplicate 2% }
scenario "compacting" {
  seed ${seed}
  await leader
  alice watch k prefix as w
  workload load for 3s { clients 3; keys k1..k4; rate 150/s; mix put 70% get 30% }
  nemesis faults for 3s { every 200ms..400ms one of { crash any follower for 300ms; isolate any follower for 400ms; crash leader for 300ms } }
}
`;
}

const stories = samples().flatMap(({ name, scenarios }) =>
  scenarios.map((scenario) => ({ name, title: scenario.scenario.title, scenario })),
);

describe("going to an event finds the world as it was", () => {
  it.each(stories)("$name: $title", ({ scenario }) => {
    const { count } = finished(scenario).recording.log;
    // From the end to the beginning, then forwards again.
    const spread = Array.from({ length: 25 }, (_, position) => Math.floor((position * (count - 1)) / 24));
    compare(scenario, [...spread.toReversed(), ...spread]);
  });

  it.each([1, 2])("for runs that suffer every fault of clocks, disks and crash points, seed %i", (seed) => {
    const settings = seed % 2 === 0 ? "rule checksum-records off" : "";
    const scenario = scenarioOf(sufferingText(seed, [...TOLERATED, ...BEYOND], settings));
    const { count } = finished(scenario).recording.log;
    const spread = Array.from({ length: 40 }, (_, position) => Math.floor((position * (count - 1)) / 39));
    compare(scenario, [...spread.toReversed(), ...spread]);
  });

  it.each([1, 2])("for a cluster that changes while reads rely on leases, seed %i", (seed) => {
    const scenario = scenarioOf(`cluster { nodes s1..s5; spares s6 s7; learners s8; reads lease; seed ${seed} }
scenario "changes" {
  await leader
  nemesis n for 3s { every 20ms..200ms one of {
    add voter s6; add learner s7; promote any learner; remove any voter; reconfigure {s1 s2 s6} explicit; leave joint
    reconfigure {s1..s5}; transfer leadership to any follower; crash any follower for 300ms; isolate leader for 400ms
  } }
  workload w for 3s { clients 3; keys k1..k3; rate 60/s; mix put 50% get 50% }
  await n
}`);
    const { count } = finished(scenario).recording.log;
    const spread = Array.from({ length: 40 }, (_, position) => Math.floor((position * (count - 1)) / 39));
    compare(scenario, [...spread.toReversed(), ...spread]);
  });

  it.each([1, 2, 3])("for runs whose logs are compacted all the time, seed %i", (seed) => {
    const { recording } = finished(scenarioOf(compactingText(seed)));
    const { count } = recording.log;
    const kinds = Array.from({ length: count }, (_, id) => recording.log.kind(id));
    expect(kinds.filter((kind) => kind === "install").length).toBeGreaterThan(1);
    const spread = Array.from({ length: 30 }, (_, position) => Math.floor((position * (count - 1)) / 29));
    const near = kinds.flatMap((kind, id) => (kind === "install" ? [id - 1, id, id + 1] : [])).slice(0, 12);
    compare(scenarioOf(compactingText(seed)), [...spread.toReversed(), ...near]);
  });

  it("for random events of random churn, in any order", { timeout: 60_000 }, () => {
    const places = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 5, maxLength: 12 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), places, (seed, wanted) => {
        const scenario = scenarioOf(churnPlan(seed, 1).text);
        const { count } = finished(scenario).recording.log;
        compare(
          scenario,
          wanted.map((place) => Math.floor(place * (count - 1))),
        );
      }),
      { numRuns: 10 },
    );
  });
});
