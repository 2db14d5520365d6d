import { expect, it } from "vitest";
import { runText } from "../support/scenarios.js";

/** Timers in the queue of a world at the end of a run, by server. */
function queued(steps: string): number[] {
  const { world } = runText(`cluster { nodes s1..s3 }\nscenario "timers" {\n${steps}\n}\n`).recording;
  const counts = [0, 0, 0];
  for (const item of world.queue.items())
    if (item.kind === "timer") counts[item.server - 1] = (counts[item.server - 1] ?? 0) + 1;
  return counts;
}

// Two timers, each in the queue once, and what was superseded in the last election timeout.
const MOST = 6;

it("a timer that comes due sooner than before leaves nothing behind in the queue for ever", () => {
  const elections = queued("repeat 200 {\n  timeout random\n  wait 40ms\n}\nwait 2s");
  const leaps = queued("repeat 200 {\n  clock all jump 30ms for 20ms\n  wait 40ms\n}\nwait 2s");
  for (const count of [...elections, ...leaps]) expect(count).toBeLessThanOrEqual(MOST);
});
