import { writeFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Cli } from "./cli.js";

const ELECTION = "samples/1-elections/first-election.raftlab";
const TITLE = "first election";

describe("raftlab compare", () => {
  let cli: Cli;
  beforeAll(async () => {
    cli = await Cli.build();
  });
  afterAll(async () => cli.remove());

  it("prints where two seeds part, why, and what each comes to", async () => {
    const { code, out, err } = await cli.run(["compare", ELECTION, "--scenario", TITLE, "--seed", "1", "--seed", "2"]);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(
      /^left: {2}first election, seed 1\nright: first election, seed 2\n\nThe two runs are the same for \d+ events?, then they part at [\d.]+ ms\.\n/,
    );
    expect(out).toMatch(/Another seed: 1 on the left, 2 on the right\./);
    expect(out).toMatch(
      / {2}left: {2}\[[\d.]+ ms\] s\d's election timer runs out: it heard no leader for [\d.]+ ms \(§5\.2\)\n {9}because s\d starts/,
    );
    expect(out).toMatch(/s\d waited [\d.]+ ms in the left run/);
    expect(out).toMatch(/leader of term 1/);
  });

  it("prints the same as JSON, and lines that give each run again", async () => {
    const asked = ["compare", ELECTION, "--scenario", TITLE, "--set", "pre-vote=off", "--json"];
    const { code, out } = await cli.run(asked);
    expect(code).toBe(0);
    const found = JSON.parse(out);
    expect(found).toMatchObject({
      version: 1,
      scenario: TITLE,
      equal: false,
      inputs: [{ kind: "setting", name: "pre-vote", left: "on", right: "off" }],
      firstDifference: { kind: "different", same: expect.any(Number), left: { id: expect.any(Number) } },
    });
    expect(found.right.reproduce).toMatch(/^raftlab run .* --seed \d+ --set pre-vote=off$/);
    const again = await cli.run([
      ...found.right.reproduce.replaceAll("'", "").split(" ").slice(1, 3),
      "--scenario",
      TITLE,
      "--seed",
      String(found.right.seed),
      "--set",
      "pre-vote=off",
      "--json",
    ]);
    expect(JSON.parse(again.out).results[0].traceHash).toBe(found.right.traceHash);
    const { equal, time, outcome } = found.counts;
    expect(found.milestones).toHaveLength(time + outcome);
    expect(equal + time + outcome).toBeGreaterThan(5);
  });

  it("says that two runs are the same, with their hash", async () => {
    const { code, out } = await cli.run(["compare", ELECTION, "--scenario", TITLE, "--seed", "1", "--seed", "1"]);
    expect(code).toBe(0);
    expect(out).toMatch(/The two runs are the same: \d+ events, trace [0-9a-f]{16}\./);
  });

  it("is 1 when one of the two fails", async () => {
    const text = `cluster {
  nodes s1..s3
}

scenario "pre-vote keeps the term" {
  await leader
  isolate any follower
  wait 1s
  heal
  wait 300ms
  expect leader.term == 1
}
`;
    await writeFile(cli.file("term.raftlab"), text);
    const { code, out } = await cli.run(["compare", cli.file("term.raftlab"), "--set", "pre-vote=off"]);
    expect(code).toBe(1);
    expect(out).toMatch(/≠ verdict \(differs\)\n.*: pass \| .*: fail/);
  });

  it.each([
    [["compare", ELECTION, "--scenario", TITLE], /needs what the second run has otherwise/],
    [["compare", ELECTION, "--scenario", TITLE, "--seed", "1", "--seed", "2", "--seed", "3"], /at most two times/],
    [["compare", ELECTION, "--scenario", TITLE, "--set", "pre-vote"], /--set takes SETTING=VALUE/],
    [["compare", ELECTION, "--seed", "4"], /Choose one with --scenario/],
    [["compare"], /compare needs a file/],
  ])("%j is wrong usage: 2", async (asked, words) => {
    const { code, err } = await cli.run(asked);
    expect(code).toBe(2);
    expect(err).toMatch(words);
  });
});
