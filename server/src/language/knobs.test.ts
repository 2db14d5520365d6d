import { describe, expect, it } from "vitest";
import { check } from "./check.js";
import { flipped, knobsOf } from "./knobs.js";
import { settingValues } from "./print/setting-values.js";
import type { Scenario } from "./program.js";

const TEXT = `cluster {
  nodes s1..s5
  pre-vote off
  loss 5%
  rule persist-vote off
}

scenario "a" {
  await leader
}
`;

function scenario(): Scenario {
  const [first] = check(TEXT).program.scenarios;
  if (first === undefined) throw new Error("there is no scenario");
  return first;
}

describe("knobs", () => {
  it("say what each setting is, and what to try instead", () => {
    const knobs = new Map(knobsOf(scenario().config).map((knob) => [knob.name, knob]));
    expect(knobs.get("pre-vote")).toMatchObject({ now: "off", others: ["on"], open: false });
    expect(knobs.get("check-quorum")).toMatchObject({ now: "on", others: ["off"], open: false });
    expect(knobs.get("loss")).toMatchObject({ now: "5%", others: ["0%", "1%", "20%"], open: true });
    expect(knobs.get("election-timeout")).toMatchObject({ now: "150ms..300ms", open: true });
    expect(knobs.get("rule persist-vote")).toMatchObject({ now: "off", others: ["on"] });
    expect(knobs.get("rule one-vote-per-term")).toMatchObject({ now: "on", others: ["off"] });
    for (const name of ["nodes", "seed", "clients", "network", "timers", "rule"]) expect(knobs.has(name)).toBe(false);
  });

  it("propose only what the language takes, and what changes that setting alone", () => {
    const original = scenario();
    const before = settingValues(original.config);
    for (const { name, others } of knobsOf(original.config)) {
      for (const other of others) {
        const changed = flipped(original, [`${name} ${other}`]);
        if (typeof changed === "string") throw new Error(`${name} ${other}: ${changed}`);
        const after = settingValues(changed.config);
        const differs = [...new Set([...before.keys(), ...after.keys()])].filter(
          (key) => before.get(key) !== after.get(key),
        );
        // Retries that nobody set go with the sessions.
        expect(differs.filter((key) => key !== "retries" || name === "retries")).toEqual([name]);
      }
    }
  });

  it("are flipped one after the other", () => {
    const changed = flipped(scenario(), ["pre-vote on", "rule persist-vote on", "latency 1ms..2ms"]);
    if (typeof changed === "string") throw new Error(changed);
    expect(changed.config).toMatchObject({ preVote: true, rulesOff: [], latency: { min: 1000, max: 2000 } });
  });

  it.each([
    ["", /is not a setting/],
    ["pre-vote on\nloss 1%", /is not a setting/],
    ["} scenario", /is not a setting/],
    ["nodes s1", /cannot be changed for a run/],
    ["seed 4", /cannot be changed for a run/],
    ["pre-vote maybe", /on.*off/],
    ["prevote off", /./],
    ["rule nonsense off", /./],
  ])("refuse %j", (setting, words) => {
    expect(flipped(scenario(), [setting])).toMatch(words);
  });
});
