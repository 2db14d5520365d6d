import { expect, it } from "vitest";
import { narrate } from "../../server/src/trace/narration.js";
import { runText } from "../support/scenarios.js";

/** What is told of a run from line `line` on, without instants. */
function told(steps: string): readonly string[] {
  const { recording } = runText(`
    cluster { nodes s1..s3; latency 2ms; fsync 1ms }
    scenario "story" {
      timeout s1
      await leader == s1
      await converged
      ${steps}
    }`);
  const lines = narrate(recording).map((line) => line.slice("   1234.5 ms  ".length));
  return lines.slice(lines.findIndex((line) => line.startsWith("cut")) + 2);
}

it("who asks for pre-votes again and again is told once, with the number of times that followed", () => {
  const lines = told('cut s1 <-> s3\nwait 2s\nnote "then"\nheal\nwait 200ms');
  expect(lines.slice(0, 5)).toEqual([
    expect.stringMatching(/^s3 asks whether it could win term 2: it heard nothing from s1, its leader, for/),
    expect.stringMatching(/^s2 refuses s3 a pre-vote for term 2: it hears s1, the leader of term 1/),
    expect.stringMatching(/^s3 asks whether it could win term 2: no majority answered its pre-vote for/),
    expect.stringMatching(/^… s3 asks again, \d times, in vain$/),
    "— then (line 9)",
  ]);
});

it("what nobody answers is told in the same way, at the end too", () => {
  const lines = told("cut {s1 s2} <-> s3\nwait 2s");
  expect(lines.at(-1)).toMatch(/^… s3 asks again, \d times, in vain$/);
  expect(lines.filter((line) => line.includes("asks"))).toHaveLength(3);
});
