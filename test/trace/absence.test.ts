import { describe, expect, it } from "vitest";
import { runText } from "../support/scenarios.js";

/** What the failing step of a scenario says. */
function failure(settings: string, steps: string): string {
  const text = `cluster { nodes s1..s3; clients alice bob; ${settings} }\nscenario "story" {\n${steps}\n}\n`;
  const failed = runText(text).report?.steps.filter(({ ok }) => !ok) ?? [];
  expect(failed.length).toBe(1);
  return failed[0]?.result ?? "";
}

const LED = "  timeout s1\n  await leader == s1\n  await converged\n";

describe("no leader", () => {
  it("names who is up, and that they are too few", () => {
    const text = failure("", `${LED}  crash s1\n  crash s2\n  await leader within 3s`);
    expect(text).toMatch(/no leader since \d+\.\d ms, when s1 crashes \(line 6\): s1 is down; s2 is down; s3 \(/);
    expect(text).toMatch(
      /s3 \(pre-candidate of term 1\) has promises of votes of s3, needs 2, and tries again when its timer runs out at/,
    );
    expect(text).toContain("1 of 3 voters is up and 2 are a majority: nobody can be elected");
  });

  it("names who hears whom", () => {
    const text = failure("", `${LED}  partition {s1} | {s2} | {s3}\n  wait 2s\n  expect leader`);
    expect(text).toMatch(/no leader since .*, when s1 steps down/);
    for (const name of ["s1", "s2", "s3"]) expect(text).toMatch(new RegExp(`${name} \\(.*hears nobody\\)`));
    const one = failure("pre-vote off", `${LED}  crash s1\n  cut s2 <-> s3\n  await leader within 3s`);
    expect(one).toMatch(/s2 \(candidate of term \d+, hears nobody\) has votes of s2, needs 2/);
  });

  it("is told where a selector needs one, and before there ever was one", () => {
    expect(failure("", "  await leader == s1 within 10ms")).toMatch(
      /there was no leader yet: s1 \(follower of term 0\) waits until its election timer runs out at \d+\.\d ms; s2/,
    );
  });
});

describe("a commit index that does not advance", () => {
  it("waits for a majority, and names whom", () => {
    const text = failure(
      "check-quorum off",
      `${LED}  crash s2\n  cut s1 -> s3\n  async alice put color "red" as w\n  expect leader.commit == 2 within 1s`,
    );
    expect(text).toContain("entry 2 of s1, the leader, is not on a majority: s2 is down; nothing passes s1 -> s3");
  });

  it("waits for an entry of the leader's own term", () => {
    const given = `
  given {
    s1 term 2 log [1 2] commit 1
    s2 term 2 log [1 2] commit 1
    s3 term 1 log [1] commit 1
  }
  timeout s1
  await leader == s1
  expect s1.commit == 2 within 1s`;
    expect(failure("rule no-op-on-election off", given)).toContain(
      "entry 2 is on a majority, but of term 2: s1 counts only entries of its own term 3 (§5.4.2)",
    );
  });

  it("of a follower waits for its leader", () => {
    const text = failure("", `${LED}  cut s1 -> s3\n  alice put color "red" => ok\n  expect s3.commit == 2 within 1s`);
    expect(text).toContain("s3 has committed 1, and s1, the leader, 2: nothing passes s1 -> s3");
  });
});

describe("a read that is not served", () => {
  it("waits for a majority to confirm the leader", () => {
    const text = failure(
      "check-quorum off; client-timeout 400ms",
      `${LED}  cut {s2 s3} -> s1\n  bob get color at s1 => none`,
    );
    expect(text).toContain("s1 took the read in, and no majority confirmed in time that it may answer");
    expect(text).toContain(
      "s1, the leader, needs a majority to confirm that it still leads (D §6.4): nothing passes s2 -> s1; nothing passes s3 -> s1",
    );
  });

  it("waits for a leader", () => {
    const text = failure("client-timeout 400ms", `${LED}  crash s1\n  crash s2\n  bob get color at s3 => none`);
    expect(text).toMatch(/no leader since .*, when s1 crashes/);
  });
});

describe("an election that does not start", () => {
  it("waits for the timer, while the leader is heard", () => {
    expect(failure("", `${LED}  await s2.role == candidate within 1s`)).toMatch(
      /s2 \(follower of term 1\) still follows s1 until its election timer runs out at \d+\.\d ms/,
    );
  });

  it("waits for a server that is paused or down", () => {
    expect(failure("", `${LED}  pause s2\n  await s2.role == candidate within 1s`)).toContain("s2 is paused");
  });
});
