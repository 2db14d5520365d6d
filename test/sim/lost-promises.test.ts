import { describe, expect, it } from "vitest";
import { runText } from "../support/scenarios.js";

/** What was violated, each property once, in the order of its first violation. */
function violated(steps: string, settings = "", seed = 1): readonly string[] {
  const run = runText(`cluster {
  nodes s1..s3
  latency 1ms
  fsync 1ms
  election-timeout 300ms..400ms
  heartbeat 100ms
  check-quorum off
}
scenario "promises" {
  cluster { ${settings} }
  seed ${seed}
${steps}
}`);
  const failed = run.steps.filter(({ ok }) => !ok).map(({ line, result }) => `${line} ${result}`);
  expect(failed).toEqual([]);
  return [...new Set(run.report?.violations.map(({ property }) => property))];
}

const S1_LEADS = `
  timeout s1
  await leader == s1`;

/** s3 hears nothing; s1 and s2 commit a write and are off for a moment. */
const powerLoss = (before: string, after = "await leader within 3s"): string => `${S1_LEADS}
  drop s1 -> s3
  ${before}
  put color "red" => ok
  wait 10ms
  crash {s1 s2}
  heal
  restart {s1 s2}
  ${after}`;

describe("acknowledged before it is durable", () => {
  it("is lost with the power, if a majority's disks ignore fsync", () => {
    expect(violated(powerLoss("disk {s1 s2} ignore fsync"))).toEqual(["leader-completeness", "acknowledged-lost"]);
  });

  it("survives, if the disks do as they are told", () => {
    expect(violated(powerLoss("", 'await leader within 3s\n  get color => "red"'))).toEqual([]);
  });

  it("survives, if only a minority's disk ignores fsync and the others were not left behind", () => {
    const steps = `${S1_LEADS}
  disk s2 ignore fsync
  put color "red" => ok
  wait 10ms
  crash {s1 s2 s3}
  restart {s1 s2 s3}
  await leader within 3s
  get color => "red"`;
    expect(violated(steps)).toEqual([]);
  });

  it("lets a server vote twice, if it forgets its vote: two leaders of one term", () => {
    const steps = `
  isolate s3
  disk s2 ignore fsync
  timeout s1
  await leader == s1
  isolate s1
  crash s2
  restart s2
  expect s2.vote == none
  heal s3
  timeout s3
  await s3.role == leader within 100ms
  expect s1.role == leader
  expect s1.term == s3.term`;
    expect(violated(steps, "pre-vote off")).toContain("election-safety");
  });
});

describe("a torn record", () => {
  it("that nobody was told of does no harm", () => {
    const steps = `${S1_LEADS}
  put color "red" => ok
  wait 50ms
  disk all tear
  async put color "blue"
  await s2.last-index == 3
  crash {s1 s2 s3}
  restart {s1 s2 s3}
  await leader within 3s
  get color => "red" | "blue"`;
    expect(violated(steps, "fsync 20ms")).toEqual([]);
  });

  it("that was reported as durable loses what it promised", () => {
    expect(violated(powerLoss("disk {s1 s2} tear"))).toEqual(["leader-completeness", "acknowledged-lost"]);
  });
});

/** s1 and s2 hold three entries; s1 goes, s2 is damaged, and s3 holds one. */
const damage = (after: string): string => `${S1_LEADS}
  await all.commit == 1
  drop s1 -> s3
  put a "1" => ok
  put b "2" => ok
  wait 10ms
  crash s1
  disk s2 corrupt
  crash s2
  heal
${after}`;

describe("a damaged record", () => {
  it("that is taken for the end of the log loses what follows: leader-completeness, seed 1", () => {
    const steps = damage("  restart s2\n  await leader within 3s");
    expect(violated(steps, "rule checksum-records off")).toEqual(["leader-completeness", "acknowledged-lost"]);
  });

  it("that is found by its checksum costs availability, and no data", () => {
    const steps = damage('  restart s1\n  await leader within 3s\n  get b => "2"\n  expect s2 in down');
    expect(violated(steps)).toEqual([]);
  });
});

describe("election timeouts", () => {
  it("that are all the same split the vote for ever", () => {
    expect(violated("  expect no leader for 10s", "rule randomised-timeouts off")).toEqual(["progress"]);
  });

  it("that are random end it", () => {
    expect(violated("  await leader within 2s")).toEqual([]);
  });
});
