import { describe, expect, it } from "vitest";
import { runText } from "../support/scenarios.js";

// Rules of membership changes, transfers, reads and acknowledgements: small scenarios that keep every property, and with
// the rule off break the one that the rule protects.

/** Nobody stands for election unless a step says so. */
const BY_HAND = "election-timeout 20s..21s; pre-vote off; check-quorum off; latency 1ms..3ms; client-timeout 300ms";

/** A read at a follower that has not heard of the newest write. */
const READ_AT_ONE_LEFT_BEHIND = `
    timeout s1
    await leader == s1
    alice put color "red" => ok
    await all["color"] == "red"
    hold AppendEntries s1 -> s3
    alice put color "blue" => ok
    async bob get color at s3
    wait 500ms`;

interface Pair {
  /** Settings of the cluster, without the rule. */
  readonly settings: string;
  readonly steps: string;
  /** What falls with the rule off, among others perhaps. */
  readonly breaks: readonly string[];
}

/** s3 and the new servers on one side, the two other old ones on the other. */
function twoSides(change: string): string {
  return `
    timeout s3
    await leader == s3
    await leader.commit == leader.last-index
    partition {s1 s2} | {s3 s4 s5}
    ${change}
    async alice put color "red" at s3
    wait 200ms
    timeout s1
    await s1.role == leader within 1s
    async bob put color "blue" at s1
    wait 400ms
    heal
    wait 2s`;
}

const PAIRS: Readonly<Record<string, Pair>> = {
  "joint-for-many": {
    settings: `nodes s1..s3; spares s4 s5; membership single; ${BY_HAND}`,
    steps: twoSides("async alice get color at s3\n    reconfigure {s1..s5} at s3 => VARIES"),
    breaks: ["leader-completeness"],
  },
  "both-majorities": {
    settings: `nodes s1..s3; spares s4 s5; ${BY_HAND}`,
    steps: twoSides("reconfigure {s3 s4 s5} at s3"),
    breaks: ["leader-completeness"],
  },
  "one-change-at-a-time": {
    settings: `nodes s1..s3; spares s4 s5; membership single; ${BY_HAND}`,
    steps: twoSides("add voter s4 at s3\n    add voter s5 at s3 => VARIES"),
    breaks: ["leader-completeness"],
  },
  // https://groups.google.com/g/raft-dev/c/t4xj6dJTP6E: the bug of D §4.1 and its correction.
  "current-term-before-change": {
    settings: `nodes s1..s4; spares s5; membership single; ${BY_HAND}`,
    steps: `
    timeout s1
    await leader == s1
    await {s1 s2 s3 s4}.commit == 1 within 1s
    partition {s1 s5} | {s2 s3 s4}
    add voter s5 at s1
    await s5.last-index == 2 within 1s
    drop AppendEntries s2 -> s4
    timeout s2
    await s2.role == leader within 1s
    remove s1 at s2 => VARIES
    async bob put color "blue" at s2
    wait 400ms
    partition {s1 s4 s5} | {s2 s3}
    heal s1 <-> s4
    await s1.role == follower within 1s
    timeout s1
    await s1.role == leader or s1.role == candidate within 1s
    wait 1s`,
    breaks: ["leader-completeness"],
  },
  "learners-do-not-vote": {
    settings: `nodes s1..s3; learners s4 s5; ${BY_HAND}`,
    steps: `
    timeout s1
    await leader == s1
    await all.commit == 1 within 1s
    partition {s1 s4 s5} | {s2 s3}
    async alice put color "red" at s1
    wait 200ms
    timeout s2
    await s2.role == leader within 1s
    wait 500ms`,
    breaks: ["leader-completeness"],
  },
  "lease-bounded-by-drift": {
    settings:
      "nodes s1..s3; reads lease; election-timeout 1500ms..1510ms; heartbeat 100ms; latency 1ms; fsync 0; client-timeout 2s",
    steps: `
    clock s1 drift -9%
    clock {s2 s3} drift 9%
    timeout s1
    await leader == s1
    alice put color "red" => ok
    wait 500ms
    isolate s1
    await leader in {s2 s3} within 3s
    bob put color "blue" at leader => ok
    async alice get color at s1
    wait 3s`,
    breaks: ["linearizability"],
  },
  "follower-asks-leader": {
    settings: `nodes s1..s3; ${BY_HAND}`,
    steps: READ_AT_ONE_LEFT_BEHIND,
    breaks: ["linearizability"],
  },
  "read-waits-applied": {
    settings: `nodes s1..s3; ${BY_HAND}`,
    steps: READ_AT_ONE_LEFT_BEHIND,
    breaks: ["linearizability"],
  },
  "ack-after-commit": {
    settings: `nodes s1..s3; ${BY_HAND}`,
    steps: `
    timeout s1
    await leader == s1
    await all.commit == 1
    isolate s1
    async alice put color "red" at s1
    wait 400ms
    timeout s2
    await s2.role == leader within 1s
    heal
    wait 1s`,
    breaks: ["acknowledged-lost"],
  },
  "dedup-requests": {
    settings: `nodes s1..s3; ${BY_HAND}`,
    steps: `
    timeout s1
    await leader == s1
    drop next ClientRequestReply s1 -> alice
    alice put color "red" at s1 => ok
    wait 500ms`,
    breaks: ["applied-twice"],
  },
};

function run(rule: string, { settings, steps }: Pair, on: boolean): ReturnType<typeof runText> {
  const body = steps.replace("VARIES", on ? "failed" : "ok");
  return runText(
    `cluster { ${settings}; clients alice bob${on ? "" : `; rule ${rule} off`} }\nscenario "pair" {${body}\n}\n`,
  );
}

describe("a rule that is off breaks what it protects, and on keeps it", () => {
  for (const [rule, pair] of Object.entries(PAIRS)) {
    it(rule, () => {
      const kept = run(rule, pair, true);
      const failed = kept.steps.filter(({ ok }) => !ok);
      expect([kept.report?.violations, failed]).toEqual([[], []]);
      const broken = run(rule, pair, false);
      expect(broken.report?.violations.map(({ property }) => property)).toEqual(
        expect.arrayContaining([...pair.breaks]),
      );
    });
  }
});
