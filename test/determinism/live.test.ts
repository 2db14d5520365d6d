import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LiveRun } from "../../server/src/scenario/live-run.js";
import { scenarioOf } from "../support/scenarios.js";
import { fingerprint } from "./fingerprint.js";

const { scenario } = scenarioOf(`cluster {
  nodes s1..s5
  clients alice bob
  loss 2%
  reorder 5%
}

scenario "live" {
  wait 1ms
}
`);

/** What a person may type. Some of it is refused or fails, as it is with people. */
const STEPS = [
  'alice put color "red"',
  'async bob put color "blue" as w1',
  "bob get color",
  'alice cas color "red" -> "green"',
  "alice delete color",
  "async alice get color serializable at s2 as g1",
  "bob watch c prefix as w",
  "crash leader",
  "crash s3",
  "restart down",
  "restart s3",
  "pause any follower for 300ms",
  "pause s1",
  "resume s1",
  "isolate leader for 700ms",
  "partition {s1 s2} | {s3 s4 s5}",
  "cut s1 -> s2",
  "loss 20% for 500ms",
  "drop next 2 AppendEntries leader -> any follower",
  "hold AppendEntriesReply all -> s1 as h",
  "release h",
  "delay RequestVote s1 -> all by 50ms",
  "heal",
  "timeout any follower",
  "wait 50ms",
  "await leader within 1s",
  "let old = leader",
  'note "here"',
  "expect no leader",
] as const;

type Doing =
  | { readonly kind: "act"; readonly text: string }
  | { readonly kind: "advance"; readonly us: number; readonly slice: number }
  | { readonly kind: "step"; readonly events: number };

const doing: fc.Arbitrary<Doing> = fc.oneof(
  fc.constantFrom(...STEPS).map((text): Doing => ({ kind: "act", text })),
  fc.record({
    kind: fc.constant("advance" as const),
    us: fc.integer({ min: 0, max: 600_000 }),
    slice: fc.integer({ min: 1, max: 3000 }),
  }),
  fc.record({ kind: fc.constant("step" as const), events: fc.integer({ min: 1, max: 50 }) }),
);

/** The same session once more, from its steps and where it stands. */
function replayed(live: LiveRun, seed: number): LiveRun {
  const { world } = live.recording;
  const again = new LiveRun(scenario.config, scenario.given, seed);
  for (const _ of again.replay(live.steps, world.nowUs, world.position));
  return again;
}

describe("a live session", () => {
  it("done again lets whoever waits go on at the same instants", () => {
    const live = new LiveRun(scenario.config, scenario.given, 1);
    const { world } = live.recording;
    live.advance(1_000_000, 100_000);
    // The answer comes, nothing else happens for a while, and then somebody types something.
    live.act("bob get color");
    live.stepEvents(4);
    live.advance(world.nowUs + 1000, 1);
    live.act('wait 10us; note "between two events"');
    live.advance(world.nowUs + 50, 100_000);
    live.act('alice put color "red"');
    expect(replayed(live, 1).recording.log.hash).toBe(live.recording.log.hash);
  });

  it("done again at the same places gives the same events and the same cluster", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.array(doing, { minLength: 10, maxLength: 40 }),
        (seed, session) => {
          const live = new LiveRun(scenario.config, scenario.given, seed);
          const { world, log } = live.recording;
          for (const what of session) {
            if (what.kind === "act") live.act(what.text);
            else if (what.kind === "step") live.stepEvents(what.events);
            else live.advance(world.nowUs + what.us, what.slice);
          }
          const again = replayed(live, seed);
          expect(again.steps).toEqual(live.steps);
          expect(again.recording.log.count).toBe(log.count);
          expect(again.recording.log.hash).toBe(log.hash);
          expect(fingerprint(again.recording.world)).toEqual(fingerprint(world));
          expect(again.violations).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });
});
