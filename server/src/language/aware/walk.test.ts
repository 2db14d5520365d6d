import { describe, expect, test } from "vitest";
import { check } from "../check.js";

/** The codes of the Raft-aware findings of a scenario, with the line of the scenario (1 is the first step). */
function findings(nodes: string, ...steps: readonly string[]): string[] {
  const head = `cluster { nodes ${nodes} }\nscenario "x" {\n`;
  const text = `${head}${steps.join("\n")}\n}\n`;
  const errors = check(text).diagnostics.filter((each) => each.severity === "error" && !each.code.startsWith("RL2"));
  expect(errors).toEqual([]);
  return check(text)
    .diagnostics.filter((each) => each.code.startsWith("RL2"))
    .map((each) => `${each.code}:${text.slice(head.length, each.span.start).split("\n").length}`);
}

describe("servers that may stop at any time", () => {
  test("are neither up nor down for certain, and nothing is claimed of them", () => {
    for (const fault of ["crash s1 before fsync", "crash s1 after send for 100ms", "disk s1 fail", "disk s1 corrupt"]) {
      const before = ["await leader", fault, 'put a "1"'];
      expect(findings("s1..s3", ...before, "restart s1"), fault).toEqual([]);
      expect(findings("s1..s3", ...before, "crash s1", "restart s1", "restart s1"), fault).toEqual([]);
      expect(findings("s1..s3", ...before, "restart down", "restart s1"), fault).toEqual([]);
      expect(findings("s1..s3", ...before, "crash all except leader", "await leader"), fault).toEqual([]);
    }
  });

  test("count when they are crashed by hand as well", () => {
    expect(findings("s1..s3", "crash {s1 s2}", "crash s3 before fsync", "await leader")).toEqual(["RL2020:3"]);
  });

  test("other faults of clocks and disks leave them where they are", () => {
    for (const fault of ["clock s1 drift 10%", "clock s1 jump -1s", "disk s1 slow 1ms", "disk s1 tear"]) {
      expect(findings("s1..s3", "await leader", fault, "restart s1"), fault).toEqual(["RL2014:3"]);
    }
  });
});

describe("a lost majority", () => {
  test("three of five down: an old leader may still be there", () => {
    expect(findings("s1..s5", "await leader", "crash {s1 s2 s3}", "await leader")).toEqual(["RL2021:3"]);
  });

  test("once check-quorum has surely deposed it, there is none", () => {
    expect(findings("s1..s5", "await leader", "crash {s1 s2 s3}", "wait 1s", "expect leader")).toEqual(["RL2020:4"]);
    expect(findings("s1..s5", "await leader", "crash {s1 s2 s3}", "wait 500ms", "expect leader")).toEqual(["RL2021:4"]);
  });

  test("before any election there never was one", () => {
    expect(findings("s1..s3", "crash {s1 s2}", "await leader")).toEqual(["RL2020:2"]);
  });

  test("crashed leaders are counted, whoever they were", () => {
    const twice = ["await leader", "crash leader", "await leader", "crash leader"];
    expect(findings("s1..s3", ...twice, "await leader")).toEqual(["RL2020:5"]);
    expect(findings("s1..s5", ...twice, "await leader")).toEqual([]);
    expect(findings("s1..s5", ...twice, "await leader", "crash leader", 'put a "1"')).toEqual(["RL2022:7"]);
  });

  test("a crashed leader is followed through its variable", () => {
    const steps = ["await leader", "let old = leader", "crash old", "crash any follower"];
    expect(findings("s1..s3", ...steps, 'put a "1" => ok')).toEqual(["RL2022:5"]);
    expect(findings("s1..s3", ...steps, "restart old", 'put a "1" => ok')).toEqual([]);
    expect(findings("s1..s3", ...steps, "restart down", "await leader", 'put a "1" => ok')).toEqual([]);
  });

  test("a named server that may be the crashed leader is not counted twice", () => {
    expect(findings("s1..s3", "await leader", "crash leader", "crash s1", "await leader")).toEqual([]);
    expect(findings("s1..s3", "await leader", "crash s1", "crash leader", "await leader")).not.toEqual([]);
    expect(
      findings(
        "s1..s3",
        "await leader",
        "let a = leader",
        "await leader",
        "let b = leader",
        "crash a",
        "crash b",
        "await leader",
      ),
    ).toEqual([]);
  });

  test("writes expected to time out are right", () => {
    const steps = ["await leader", "crash {s1 s2 s3}"];
    expect(findings("s1..s5", ...steps, 'put a "1" => timeout')).toEqual([]);
    expect(findings("s1..s5", ...steps, 'put a "1" => ok | timeout')).toEqual([]);
    expect(findings("s1..s5", ...steps, "get a serializable at s4")).toEqual([]);
    expect(findings("s1..s5", ...steps, 'async put a "1" as w', "restart s1", "await w => ok")).toEqual([]);
    expect(findings("s1..s5", ...steps, 'put a "1" => ok')).toEqual(["RL2022:3"]);
    expect(findings("s1..s5", ...steps, "get a")).toEqual(["RL2022:3"]);
    expect(findings("s1..s5", ...steps, "expect no leader within 2s", "restart s1", "await leader")).toEqual([]);
  });

  test("faults that end by themselves are counted only while they surely last", () => {
    expect(findings("s1..s3", "await leader", "crash {s1 s2} for 500ms", "await leader")).toEqual([]);
    expect(findings("s1..s3", "await leader", "crash {s1 s2} for 500ms", 'put a "1"')).toEqual([]);
    expect(findings("s1..s3", "await leader", "crash {s1 s2} for 5s", 'put a "1"')).toEqual(["RL2022:3"]);
    expect(findings("s1..s3", "await leader", "crash {s1 s2} for 5s", "wait 6s", 'put a "1"')).toEqual([]);
  });

  test("partitions, isolation and cut links", () => {
    expect(findings("s1..s5", "await leader", "partition {s1 s2} | {s3 s4 s5}", "await leader", 'put a "1"')).toEqual(
      [],
    );
    expect(findings("s1..s5", "partition {s1 s2} | {s3 s4} | {s5}", "await leader")).toEqual(["RL2013:1", "RL2020:2"]);
    expect(findings("s1..s5", "partition {s1 s2} | {s3 s4 s5}", "crash s3", "await leader")).toEqual(["RL2020:3"]);
    expect(findings("s1..s5", "partition {s1 s2} | {s3 s4 s5}", "crash s1", "await leader")).toEqual([]);
    expect(findings("s1..s3", "await leader", "isolate leader", "await leader", "heal")).toEqual([]);
    expect(findings("s1..s3", "cut s1 -> s2", "cut s3 -> s2", "await leader")).toEqual([]);
    expect(findings("s1..s3", "cut s1 <-> s2", "cut s3 <-> s2", "cut s1 -> s3", "await leader")).toEqual(["RL2020:4"]);
    expect(findings("s1..s4", "await leader", "partition leader | others", "await leader")).toEqual(["RL2007:1"]);
    expect(findings("s1..s3", "isolate s1", "isolate s2", "await leader")).toEqual(["RL2020:3"]);
    expect(findings("s1..s3", "isolate s1", "isolate s2", "heal s1", "await leader")).toEqual([]);
  });

  test("a nemesis, or faults in a loop, make everything uncertain", () => {
    expect(
      findings("s1..s3", "crash {s1 s2}", "nemesis n for 1s { every 100ms one of { restart down } }", "await leader"),
    ).toEqual([]);
    expect(findings("s1..s3", "every 100ms for 1s { crash any follower for 50ms }", "await leader")).toEqual([]);
    expect(
      findings("s1..s5", "repeat 5 { await leader; crash leader; await leader; restart down }", "await leader"),
    ).toEqual([]);
    expect(findings("s1..s3", "repeat 5 { await leader; crash leader }")).toEqual(["RL2020:1", "RL2020:1"]);
  });
});

describe("servers up and down", () => {
  test("a restart of a server that is up, a crash of one that is down", () => {
    expect(findings("s1..s3", "restart s1")).toEqual(["RL2014:1"]);
    expect(findings("s1..s3", "crash s1", "restart s1", "restart s1")).toEqual(["RL2014:3"]);
    expect(findings("s1..s3", "crash leader", "restart s1").filter((each) => each.startsWith("RL2014"))).toEqual([]);
    expect(findings("s1..s3", "crash s1", "crash s1")).toEqual(["RL2015:2"]);
    expect(findings("s1..s3", "crash s1 for 1s", "wait 2s", "crash s1")).toEqual([]);
    expect(findings("s1..s3", "crash s1 for 1s", "await leader", "crash s1")).toEqual([]);
    expect(findings("s1..s3", "restart down", "restart others")).toEqual([]);
    expect(findings("s1..s3", "await leader", "let old = leader", "crash old", "crash old")).toEqual(["RL2015:4"]);
    expect(findings("s1..s3", "resume s2")).toEqual(["RL2016:1"]);
  });

  test("a leader that is down", () => {
    expect(findings("s1..s3", "crash s1", "expect leader == s1 within 1s")).toEqual(["RL2017:2"]);
    expect(findings("s1..s3", "crash s1 for 500ms", "expect leader == s1 within 1s")).toEqual([]);
    expect(findings("s1..s3", "crash s1", "expect leader != s1 within 1s")).toEqual([]);
  });
});

describe("time", () => {
  test("an instant already past", () => {
    expect(findings("s1..s3", "wait 2s", "at 1s")).toEqual(["RL2011:2"]);
    expect(findings("s1..s3", "await leader within 5s", "at 1s")).toEqual([]);
    expect(findings("s1..s3", "at 1s", "wait 500ms", "at 1500ms", "at 1400ms")).toEqual(["RL2011:4"]);
    expect(findings("s1..s3", "repeat 10 { wait 100ms }", "at 999ms")).toEqual(["RL2011:2"]);
    expect(findings("s1..s3", "expect no leader for 50ms", "at 10ms")).toEqual(["RL2011:2"]);
  });
});

describe("related places", () => {
  test("point at what took the majority away", () => {
    const text = 'cluster { nodes s1..s3 }\nscenario "x" {\n  crash s1\n  crash s2\n  await leader\n}\n';
    const [found] = check(text).diagnostics;
    expect(found?.message).toBe("No leader can exist here: 2 of 3 servers are down, a majority is 2.");
    expect(found?.related.map((each) => text.slice(each.span.start, each.span.end))).toEqual(["crash s1", "crash s2"]);
  });
});
