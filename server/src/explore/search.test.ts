import { describe, expect, it } from "vitest";
import { SAFETY_PROPERTIES } from "../check/violation.js";
import { repeat, search } from "./search.js";
import { rulesWithout } from "./setup.js";
import { shrink } from "./shrink.js";
import { stepText } from "./step.js";
import type { Scope } from "./swarm.js";

const SEED = 1;
/** Events in which a search must have found something: many times what it takes. */
const ENOUGH = 3_000_000;

const without = (rule: string, servers = 3): Scope => ({
  rules: rulesWithout([rule]),
  servers: [servers],
  invariants: false,
});

/** Every step of a run in words: two runs with the same text did the same. */
function textOf(scope: Scope, run: number): string {
  return repeat(scope, SEED, run)
    .steps.map((step) => stepText(step, (id) => `n${id}`))
    .join("\n");
}

describe("random search", () => {
  it.each([
    ["one-vote-per-term", 3],
    ["persist-term", 3],
    ["keep-vote-on-leader", 3],
    ["count-votes-once", 5],
    ["votes-of-this-term", 5],
    ["majority-to-win", 4],
    ["up-to-date-vote", 3],
    ["log-matching-check", 3],
    ["truncate-only-on-conflict", 3],
    ["leader-append-only", 3],
    ["majority-commit", 3],
    ["commit-within-match", 3],
    ["current-term-commit", 3],
    ["both-majorities", 3],
    ["learners-do-not-vote", 5],
    ["snapshot-only-committed", 3],
  ])("finds what becomes of Raft without %s", (rule, servers) => {
    const { found } = search(without(rule, servers), SEED, ENOUGH);
    // Which of the properties falls first is chance.
    expect(SAFETY_PROPERTIES).toContain(found?.finding.property);
  });

  it("finds nothing in correct Raft", () => {
    const { found, runs, events } = search(
      { rules: rulesWithout([]), servers: [1, 2, 3, 4, 5], invariants: false },
      SEED,
      400_000,
    );
    expect(found).toBeNull();
    expect(runs).toBeGreaterThan(1000);
    expect(events).toBeGreaterThan(400_000);
  });

  it("goes on after a run", () => {
    const scope = without("one-vote-per-term");
    const first = search(scope, SEED, ENOUGH).found?.run ?? 0;
    const second = search(scope, SEED, ENOUGH, first).found?.run ?? 0;
    expect(first).toBeGreaterThan(0);
    expect(second).toBeGreaterThan(first);
  });

  it("repeats a run exactly", () => {
    const scope = without("commit-within-match");
    const found = search(scope, SEED, ENOUGH).found;
    const run = found?.run ?? 0;
    const repeated = repeat(scope, SEED, run);
    expect(repeated.finding).toEqual(found?.finding);
    expect(repeated.plan).toEqual(found?.plan);
    expect(textOf(scope, run)).toBe(textOf(scope, run));
    expect(textOf(scope, run)).not.toBe(textOf(scope, run + 1));
  });

  it("does not know what came before a run", () => {
    const scope: Scope = { rules: rulesWithout([]), servers: [3, 5], invariants: false };
    expect(textOf(scope, 7)).toBe(textOf(scope, 7));
    expect(new Set([1, 2, 3, 4, 5].map((run) => textOf(scope, run))).size).toBe(5);
  });
});

describe("shrinking", () => {
  it.each([
    ["one-vote-per-term", 12],
    ["up-to-date-vote", 20],
    ["commit-within-match", 30],
  ])("leaves of a run without %s at most %d events", (rule, most) => {
    const scope = without(rule);
    const found = search(scope, SEED, ENOUGH).found;
    const { plan, steps } = repeat(scope, SEED, found?.run ?? 0);
    const property = found?.finding.property ?? "";
    const shrunk = shrink(plan, steps, property, 3000);
    expect(shrunk?.events).toBeLessThanOrEqual(most);
    // What is left is all needed, and it is a run of its own.
    const again = shrink(plan, shrunk?.steps ?? [], property, 3000);
    expect(again?.steps).toEqual(shrunk?.steps);
  });

  it("gives up a run that breaks nothing", () => {
    const scope: Scope = { rules: rulesWithout([]), servers: [3], invariants: false };
    const { plan, steps } = repeat(scope, SEED, 1);
    expect(shrink(plan, steps, "election-safety", 10)).toBeNull();
  });
});
