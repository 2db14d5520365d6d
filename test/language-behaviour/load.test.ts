import { describe, expect, it } from "vitest";
import { ScenarioRun } from "../../server/src/scenario/run.js";
import { scenarioOf } from "../support/scenarios.js";
import { behaves, tell, textOf } from "./behaves.js";

behaves("workload and nemesis", {
  "a workload runs beside the steps, and can be awaited": `
    await leader
    at 1s
    workload w for 500ms { clients 2; keys k1..k2; rate 100/s; mix put 100% }
    at 1s
    wait 100ms
    expect leader.last-index > 5
    await w within 600ms
    await converged within 300ms
    expect leader.last-index > 45
  `,
  "not ended in time ends the scenario": `
    workload w for 5s { rate 10/s }
    await w within 1s            # fails: w has not ended after 1000 ms
    note "never"                 # not reached
  `,
  "a nemesis leaves out what it cannot do": `
    nemesis n for 2s {
      every 100ms one of { crash s1; restart s3; resume s2; crash leader for 100ms }
    }
    await n
    heal
    restart down
    await leader within 3s
  `,
  "a nemesis of links and sides": `
    nemesis n for 2s {
      every 50ms..150ms one of { partition random for 80ms; cut any follower -> leader for 100ms; loss 50% for 50ms; isolate leader for 100ms }
    }
    workload w for 2s { clients 3; keys k1..k3; rate 100/s; mix put 50% get 30% cas 10% delete 10% }
    await n
    await w
    heal
    await converged within 3s
  `,
});

const LOADED = `
  workload w for 1s { clients 3; keys k1..k2; rate 200/s; mix put 40% get 40% cas 20% }
  await w`;

it("the clients of a workload are sequential", () => {
  const { history, world } = tell(LOADED).recording;
  for (const client of world.clients.values()) {
    const mine = history.operations.filter((operation) => operation.client === client.id);
    for (const [position, { invokeUs }] of mine.entries()) {
      if (position > 0) expect(mine[position - 1]?.returnUs ?? Number.POSITIVE_INFINITY).toBeLessThanOrEqual(invokeUs);
    }
  }
  expect(history.operations.length).toBeGreaterThan(100);
});

it("the rate is that of all clients together", () => {
  const { history } = tell(
    "await leader\n wait 100ms\n workload w for 1s { clients 9; rate 50/s }\n await w",
  ).recording;
  expect(history.operations).toHaveLength(50);
});

it("the scenario ends when its workloads have ended, awaited or not", () => {
  expect(tell("workload w for 3s { rate 10/s }").recording.world.nowUs).toBeGreaterThanOrEqual(2_900_000);
});

it("the mix is chosen by the seed, and every written value is written once", () => {
  const { history } = tell(LOADED).recording;
  const values = history.operations.flatMap(({ body }) => (body.kind === "put" ? [body.value] : []));
  expect(new Set(values).size).toBe(values.length);
  const other = tell(`seed 2\n${LOADED}`).recording.history;
  expect(other.operations.map(({ body }) => body)).not.toEqual(history.operations.map(({ body }) => body));
});

it("a rate that no cluster keeps up with is cut to what the clients can ask", () => {
  const { history } = tell("workload w for 1s { clients 1; rate 1000000/s }\n await w").recording;
  expect(history.operations.length).toBeLessThan(500);
});

it("a scenario that goes round in a circle is stopped", () => {
  const run = tell("repeat 1000000000 { expect all.term >= 0 }");
  expect(run.steps.at(-1)?.result).toBe("stopped after 500000 steps: the scenario does not seem to end");
  expect(run.report?.verdict).toBe("fail");
});

it("repeats of nothing take no time at all", () => {
  expect(tell("repeat 1000000000 { }\n every 1us for 100s { }").recording.world.nowUs).toBe(100_000_000);
});

it("a run that never ends is stopped, and says so", () => {
  const text = textOf("wait 100min");
  const run = new ScenarioRun(scenarioOf(text).scenario, text, { mostEvents: 5_000 });
  const { verdict, steps } = run.finish();
  expect(verdict).toBe("fail");
  expect(steps.at(-1)?.result).toBe("stopped after 5000 events: the scenario does not seem to end");
});

it("a cluster in which nothing happens any more ends its waiting steps", () => {
  const run = tell("crash all\n expect leader within 5s\n wait 1s");
  expect(run.recording.world.nowUs).toBe(6_000_000);
  expect(run.steps.map(({ ok }) => ok)).toEqual([true, false]);
});

it("a run ends at the instant of its last step", () => {
  expect(tell("wait 1234us").recording.world.nowUs).toBe(1234);
});

describe("after a storm", () => {
  const STORM = `
    cluster { nodes s1..s5; clients alice }
    workload w for 4s { clients 4; keys k1..k3; rate 100/s; mix put 50% get 30% cas 20% }
    nemesis n for 4s {
      every 100ms..300ms one of {
        crash any follower
        crash leader
        pause any follower for 300ms
        isolate leader
        partition random
        cut any follower -> leader
        loss 30%
        latency 100ms on leader -> all
        disk any follower slow 20ms for 300ms
        restart down
      }
    }
    await w
    await n`;

  it.each([1, 2, 3, 4])("restart, heal, and all agree: seed %i", (seed) => {
    const { scenario, text } = scenarioOf(textOf(`${STORM}\n restart down\n heal\n expect converged within 5s`));
    const run = new ScenarioRun(scenario, text, { seed });
    const report = run.finish();
    expect(report.steps.filter(({ ok }) => !ok)).toEqual([]);
    expect(report.violations).toEqual([]);
    const { history } = run.recording;
    expect(history.operations.filter(({ outcome }) => outcome?.kind === "result").length).toBeGreaterThan(20);
  });

  it("what was acknowledged is looked for on the disks of servers that are down", () => {
    const kept = tell('await leader\n put color "red" => ok\n crash all');
    expect(kept.report?.verdict).toBe("pass");
    const lost = tell(`
      await leader
      put color "red" => ok
      wipe any follower
      wipe any follower
      crash all
    `);
    expect(lost.report?.violations.map(({ property }) => property)).toEqual(["acknowledged-lost"]);
  });
});
