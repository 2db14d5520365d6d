import { describe, expect, it } from "vitest";
import type { ScenarioRun } from "../../server/src/scenario/run.js";
import { runText } from "../support/scenarios.js";
import { STORIES, type Story, storyText } from "./stories.js";

function run({ steps, setting, engine }: Story, expecting = ""): ScenarioRun {
  return runText(storyText(steps, setting, expecting), engine === undefined ? {} : { makeRaft: engine });
}

function propertiesOf({ report }: ScenarioRun): readonly string[] {
  return (report?.violations ?? []).map(({ property }) => property);
}

describe("a checker that has never failed proves nothing", () => {
  it.each(STORIES)("$property falls by: $by", (story) => {
    const { report } = run(story);
    const found = report?.violations.find(({ property }) => property === story.property);
    expect(found, JSON.stringify(report, null, 1)).toBeDefined();
    // When, where in the scenario, and what: and nobody expected it, so the run fails.
    expect(found?.eventId).toBeGreaterThan(0);
    expect(found?.line).toBeGreaterThan(0);
    expect(found?.message).not.toBe("");
    expect(found?.expected).toBe(false);
    expect(report?.verdict).toBe("fail");
  });

  it.each(STORIES)("$property can be expected to fall by: $by", (story) => {
    const expecting = `expect violation of ${story.property}`;
    const { report } = run(story, expecting);
    expect(report?.steps.filter(({ ok }) => !ok)).toEqual([]);
    expect(report?.violations.find(({ property }) => property === story.property)?.expected).toBe(true);
  });

  const stories = new Map(STORIES.map(({ steps, property }) => [steps, property]));
  it.each([...stories])("the same story keeps every promise when nothing is broken %#", (steps) => {
    const whole = runText(storyText(steps));
    expect(propertiesOf(whole)).toEqual([]);
    expect(whole.report?.verdict).toBe("pass");
  });

  it.each(STORIES)("one fault is reported once: $property by $by", (story) => {
    const { report } = run(story);
    const told = (report?.violations ?? []).map(({ property, message }) => `${property}: ${message}`);
    expect(new Set(told).size).toBe(told.length);
    expect(told.filter((text) => text.startsWith("applied-twice")).length).toBeLessThanOrEqual(1);
  });
});

describe("one-configuration-change", () => {
  const text = (rule: string, second: string): string => `cluster {
  nodes s1..s3
  spares s4 s5
  membership single
  rule one-change-at-a-time ${rule}
}
scenario "two changes" {
  timeout s1
  await leader == s1
  await converged
  add voter s4
  add voter s5${second}
  await leader.commit == leader.last-index within 1s
}
`;

  it("falls when a leader appends a configuration while the one before is not committed", () => {
    const { report } = runText(text("off", ""));
    expect(report?.violations.map(({ property, message }) => [property, message])).toEqual([
      [
        "one-configuration-change",
        "s1, the leader, begins a configuration change at index 3 before the one at index 2 is committed (commit index 1)",
      ],
    ]);
    expect(report?.verdict).toBe("fail");
  });

  it("stands when the second change is refused, and when it waits", () => {
    for (const second of [" => failed", " => failed\n  await leader.commit == 2 within 1s\n  add voter s5"]) {
      const { report } = runText(text("on", second));
      expect([report?.verdict, report?.violations]).toEqual(["pass", []]);
    }
  });
});

describe("commit-durable", () => {
  it("is judged by the configuration that the leader counted by, also where one comes into force with its commitment", () => {
    const run = runText(`cluster {
  nodes s1..s3
  spares s4
  membership single
  rule config-on-append off
}
scenario "a change that takes effect when it is committed" {
  timeout s1
  await leader == s1
  await converged
  cut s1 -> {s3 s4}
  add voter s4
  await s1.commit == 2 within 100ms
  expect s1.config == {s1..s4}
  expect s3.last-index == 1 and s4.last-index == 0
}
`);
    expect([run.report?.steps.filter(({ ok }) => !ok), run.report?.violations]).toEqual([[], []]);
  });
});
