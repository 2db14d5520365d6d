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
