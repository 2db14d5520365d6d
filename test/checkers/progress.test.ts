import { describe, expect, it } from "vitest";
import type { RunViolation } from "../../server/src/scenario/verdict.js";
import { runText } from "../support/scenarios.js";

/** What a run of these steps breaks. */
function broken(settings: string, steps: string, seed = 1): readonly RunViolation[] {
  const text = `cluster { clients alice bob; ${settings} }\nscenario "story" {\n  seed ${seed}\n${steps}\n}\n`;
  const { report } = runText(text);
  expect(report?.steps.filter(({ ok }) => !ok)).toEqual([]);
  return report?.violations ?? [];
}

/** The message of the only violation, which is of progress. */
function stuck(settings: string, steps: string, seed = 1): string {
  const violations = broken(settings, steps, seed);
  expect(violations.map(({ property }) => property)).toEqual(["progress"]);
  return violations[0]?.message ?? "";
}

const PAPER = "pre-vote off; check-quorum off";

const TRIANGLE = `
  timeout s1
  await leader == s1
  cut s1 <-> s3
  wait 20s`;

const CHAIN = `
  timeout s1
  await leader == s1
  cut s4 <-> {s1 s3 s5}
  cut s5 <-> {s1 s2 s4}
  wait 20s`;

const SEND_ONLY = `
  timeout s1
  await leader == s1
  await converged
  cut {s2 s3} -> s1
  async alice put color "red" as w
  wait 20s`;

describe("no leader lasts", () => {
  it("Cloudflare 2020: the leaders at the two ends of a broken link depose each other", () => {
    const message = stuck(`nodes s1..s3; ${PAPER}`, TRIANGLE, 68);
    expect(message).toContain("although s1 and s2 are a majority and hear each other");
    expect(message).toMatch(/s3, which s1 does not reach, times out and stands in term N/);
    expect(message).toContain("s1 is deposed by term N");
    expect(message).toContain("nothing gets through s1 <-> s3 (cut s1 <-> s3)");
    expect(message).toContain("what would end it: pre-vote on, or check-quorum on, or heal s1 <-> s3");
  });

  it.each(["pre-vote on; check-quorum off", "pre-vote off; check-quorum on", "pre-vote on; check-quorum on"])(
    "what it names ends it: %s",
    (settings) => {
      expect(broken(`nodes s1..s3; ${settings}`, TRIANGLE, 68)).toEqual([]);
    },
  );

  it("a chain of five: whoever leads is not heard by one of the ends", () => {
    const message = stuck(`nodes s1..s5; ${PAPER}`, CHAIN);
    expect(message).toContain("s1, s2 and s3 are a majority and hear each other");
    expect(message).toMatch(/s[45], which s[123] does not reach, times out and stands in term N/);
    expect(message).toMatch(/nothing gets through .*s1 <-> s4/);
    expect(broken("nodes s1..s5", CHAIN)).toEqual([]);
  });

  it("a server that cannot hear the leader, but speaks to everybody", () => {
    const steps = TRIANGLE.replace("s1 <-> s3", "s1 -> s3");
    const message = stuck(`nodes s1..s3; ${PAPER}`, steps);
    expect(message).toContain("nothing gets through s1 -> s3 (cut s1 -> s3)");
    expect(broken("nodes s1..s3", steps)).toEqual([]);
  });

  it("a rule that is off is named", () => {
    const message = stuck("nodes s1..s5; pre-vote off; rule refuse-while-leader-heard off", CHAIN);
    expect(message).toContain("the rule refuse-while-leader-heard is off");
    expect(message).toContain("rule refuse-while-leader-heard on");
  });

  it("equal timeouts split every vote", () => {
    const message = stuck("nodes s1..s3; election-timeout 150ms..151ms; latency 20ms", "  wait 20s");
    expect(message).toContain("nobody was elected");
    expect(message).toContain("election timeouts differ by 1ms at most, and a vote may take 42ms: votes split");
    expect(message).toContain("a wider election-timeout");
  });

  it("latency that outlasts the election timeout, as a setting and as a fault", () => {
    const message = stuck("nodes s1..s3; latency 150ms..200ms", "  wait 30s");
    expect(message).toContain(
      "a vote may take 402ms (latency is up to 200ms), and the shortest election timeout is 150ms",
    );
    const fault = stuck(
      "nodes s1..s3",
      `
  await leader
  latency 400ms on all <-> all
  wait 30s`,
    );
    expect(fault).toMatch(/latency is up to 400ms on s\d -> s\d/);
  });

  it("a slow disk outlasts the election timeout", () => {
    expect(stuck("nodes s1..s3; fsync 200ms..250ms", "  wait 30s")).toContain("fsync takes up to 250ms");
  });
});

describe("a leader that lasts commits", () => {
  it("not one that nobody's answers reach, unless it notices", () => {
    const message = stuck(`nodes s1..s3; ${PAPER}`, SEND_ONLY);
    expect(message).toMatch(/^s1 leads in term 1, but has committed nothing after entry 1 for 3.\d s: entry 2 waits/);
    expect(message).toContain("s2 and s3 have not acknowledged it: nothing gets through s2 -> s1 and s3 -> s1");
    expect(message).toContain("what would end it: check-quorum on, or heal s2 -> s1, or heal s3 -> s1");
    expect(broken("nodes s1..s3", SEND_ONLY)).toEqual([]);
  });

  it("entries of earlier terms wait for one of its own, which the no-op is", () => {
    const steps = `
  given {
    s1 term 2 log [1 2] commit 1
    s2 term 2 log [1 2] commit 1
    s3 term 1 log [1] commit 1
  }
  await leader
  wait 20s`;
    const given = (settings: string): string => `${settings}; nodes s1..s3`;
    const message = stuck(given("rule no-op-on-election off"), steps);
    expect(message).toContain("entry 2 waits");
    expect(message).toContain("rule no-op-on-election on");
    expect(broken(given(""), steps)).toEqual([]);
  });
});

it("a leader that ignores a later term is told as such where it is needed for a majority", () => {
  const steps = `
  timeout s1
  await leader == s1
  isolate s1
  put color "red" at s1 => timeout
  await leader != s1
  heal
  wait 1s
  crash leader
  wait 20s`;
  const message = stuck(`nodes s1..s3; ${PAPER}; rule step-down-on-higher-term off`, steps);
  expect(message).toContain(
    "the rule step-down-on-higher-term is off. what would end it: rule step-down-on-higher-term on",
  );
  expect(broken(`nodes s1..s3; ${PAPER}`, steps.replace("=> timeout", "=> ok | timeout"))).toEqual([]);
});

describe("a change of the configuration does not end", () => {
  // s2 learns that the joint configuration is committed, and nothing of what s1 appends then.
  const JOINT = `
  timeout s1
  await leader == s1
  alice put color "red" => ok
  await converged
  reconfigure {s1 s2 s4}
  wait 8ms
  crash s1 after send Heartbeat
  await down == {s1} within 20ms
  wait 10ms
  expect s2.commit == s2.last-index
  timeout s2
  await leader == s2 within 1s
  wait 10s
  expect s2.outgoing == {s1 s2 s3}`;
  const SETTINGS = `nodes s1..s3; spares s4; latency 5ms; ${PAPER}`;

  it("a leader without an entry of its own term commits nothing, and so does not leave the joint configuration", () => {
    const message = stuck(`${SETTINGS}; rule no-op-on-election off`, JOINT);
    expect(message).toMatch(
      /^s2 leads, and the joint configuration of s1, s2 and s4 is committed and not left for 3\.\d s/,
    );
    expect(message).toContain(
      "driven by this: a leader leaves it when it commits something, and s2 has nothing to commit",
    );
    expect(message).toContain("what would end it: rule no-op-on-election on, or a write");
  });

  it("what it names ends it", () => {
    // s3, which is removed then, would stand again and again.
    const left = (first: string): string =>
      JOINT.replace(/ {2}wait 10s\n.*/, `${first}  await s2.outgoing == {} within 1s\n  crash s3\n  wait 10s`);
    expect(broken(SETTINGS, left(""))).toEqual([]);
    expect(broken(`${SETTINGS}; rule no-op-on-election off`, left('  bob put color "blue" => ok\n'))).toEqual([]);
  });

  it("is no fault where it is to be left by hand", () => {
    const explicit = JOINT.replace("reconfigure {s1 s2 s4}", "reconfigure {s1 s2 s4} explicit");
    expect(broken(`${SETTINGS}; rule no-op-on-election off`, explicit)).toEqual([]);
  });
});

describe("progress is not expected", () => {
  it("where no majority is connected", () => {
    expect(broken("nodes s1..s3", "  await leader\n  crash leader\n  crash any follower\n  wait 20s")).toEqual([]);
    expect(broken("nodes s1..s4", "  await leader\n  partition {s1 s2} | {s3 s4}\n  wait 20s")).toEqual([]);
    expect(broken(`nodes s1..s3; ${PAPER}`, "  await leader\n  loss 90% on all <-> all\n  wait 20s")).toEqual([]);
    expect(
      broken("nodes s1..s3", "  await leader\n  drop RequestVoteReply all <-> all\n  crash leader\n  wait 20s"),
    ).toEqual([]);
  });

  it("while somebody keeps disturbing the cluster", () => {
    const steps = `
  await leader
  every 400ms for 12s {
    crash leader for 200ms
    await leader within 5s
  }`;
    expect(broken(`nodes s1..s3; ${PAPER}`, steps)).toEqual([]);
    expect(
      broken(
        "nodes s1..s3; election-timeout 150ms..151ms; latency 20ms",
        "  every 1s for 10s {\n    pause s1 for 10ms\n  }",
      ),
    ).toEqual([]);
  });

  it("of a cluster that had too little time", () => {
    expect(broken("nodes s1..s3; election-timeout 150ms..151ms; latency 20ms", "  wait 1900ms")).toEqual([]);
  });

  it("of a cluster whose messages and timers are moved by hand", () => {
    expect(broken("nodes s1..s3; network manual; timers manual", "  wait 1min")).toEqual([]);
  });
});

it("a disruptive server that comes back disturbs once: that is no circle", () => {
  const steps = `
  timeout s1
  await leader == s1
  isolate s3
  wait 5s
  heal
  wait 10s
  expect leader`;
  expect(broken(`nodes s1..s3; ${PAPER}`, steps)).toEqual([]);
});

it("a scenario that shows a livelock expects it, and passes; one that expects it in vain fails", () => {
  const run = (settings: string): string | undefined =>
    runText(`cluster { nodes s1..s5; ${settings} }
scenario "chain" {
  expect violation of progress
${CHAIN}
}
`).report?.verdict;
  expect(run(PAPER)).toBe("pass");
  expect(run("pre-vote on")).toBe("fail");
});
