import { describe, expect, test } from "vitest";
import { check } from "../check.js";

/** The codes of the Raft-aware findings of a scenario, with the line of the scenario (1 is the first step). */
function findings(nodes: string, ...steps: readonly string[]): string[] {
  return on(`nodes ${nodes}`, ...steps);
}

/** The same with more settings. */
function on(settings: string, ...steps: readonly string[]): string[] {
  const head = `cluster { ${settings} }\nscenario "x" {\n`;
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

describe("who belongs to the cluster", () => {
  const change = "await leader.commit == leader.last-index";

  test("a majority is lost only when every configuration that may be in force has lost it", () => {
    const grown = [change, "add voter s4"];
    expect(on("nodes s1..s3; spares s4 s5", ...grown, "crash {s1 s2 s3}", 'put a "1"')).toEqual(["RL2022:4"]);
    expect(on("nodes s1..s3; spares s4 s5", ...grown, "crash {s1 s2}", 'put a "1"')).toEqual(["RL2022:4"]);
    expect(on("nodes s1..s3; spares s4 s5", ...grown, "crash {s1 s4}", 'put a "1"')).toEqual([]);
    expect(on("nodes s1..s5", change, "reconfigure {s1}", "crash {s2 s3 s4}", 'put a "1"')).toEqual([]);
    expect(on("nodes s1..s5", change, "remove s5", "crash {s1 s2 s3}", 'put a "1"')).toEqual(["RL2022:4"]);
    expect(on("nodes s1..s5", change, "remove any follower", "crash {s1 s2 s3}", 'put a "1"')).toEqual([]);
  });

  test("learners and spares count in no majority", () => {
    expect(on("nodes s1..s3; learners s4 s5", "crash {s4 s5}", "await leader")).toEqual([]);
    expect(on("nodes s1..s3; learners s4 s5", "crash {s1 s2}", "await leader")).toEqual(["RL2020:2"]);
    expect(on("nodes s1..s3; spares s4", "await leader", "crash any all", "crash any all", 'put a "1"')).toEqual([]);
    expect(on("nodes s1..s3; spares s4", "partition {s1 s4} | {s2} | {s3}", "await leader")).toEqual([
      "RL2013:1",
      "RL2020:2",
    ]);
  });

  test("who cannot stand for election, and who is no learner", () => {
    expect(on("nodes s1..s3; learners s4", "expect s4.role == leader within 1s")).toEqual(["RL2051:1"]);
    expect(on("nodes s1..s3; learners s4", change, "promote s4", "expect leader == s4 within 1s")).toEqual([]);
    expect(on("nodes s1..s3; spares s4", "expect s4.role == learner within 1s")).toEqual(["RL2052:1"]);
    expect(on("nodes s1..s3; spares s4", change, "promote s4")).toEqual(["RL2065:2"]);
    expect(on("nodes s1..s3; spares s4", change, "add learner s4", change, "promote s4")).toEqual([]);
    expect(on("nodes s1..s3; spares s4", change, "remove s4")).toEqual(["RL2066:2"]);
    expect(on("nodes s1..s3; spares s4", change, "transfer leadership to s4")).toEqual(["RL2064:2"]);
    expect(on("nodes s1..s3; learners s4", change, "add learner s4")).toEqual(["RL2066:2"]);
    expect(on("nodes s1..s3; learners s4", change, "add learner s4 => failed")).toEqual([]);
  });

  test("where a rule is off that a majority rests on, nothing is claimed of majorities", () => {
    expect(on("nodes s1..s3; rule majority-to-win off", "crash {s1 s2}", "await leader")).toEqual(["RL2010:1"]);
  });
});

describe("conditions that never hold", () => {
  test("contradict themselves", () => {
    for (const condition of [
      "s1.term > 3 and s1.term < 2",
      "s1.term == 1 and s1.commit == 0 and s1.term == 2",
      "leader and no leader",
      "leader == s1 and leader == s2",
      's1["a"] == none and s1["a"] == "2"',
      "s1.vote == none and s1.vote == s2",
      "count(leaders) > 1 and count(leaders) <= 1",
    ]) {
      expect(findings("s1..s3", 'put a "2"', `expect ${condition} within 1s`), condition).toContain("RL2054:2");
    }
  });

  test("may hold where they are of nobody, of several, or of different things", () => {
    for (const condition of [
      "followers.term > 3 and followers.term < 2",
      "any follower.commit == 0 and any follower.commit == 1",
      "s1.term > 3 or s1.term < 2",
      "s1.term > 3 and s2.term < 2",
      "s1.term >= 2 and s1.term <= 2",
      "s1.term != 1 and s1.term != 2",
    ]) {
      expect(findings("s1..s3", "await leader", `expect ${condition} within 1s`), condition).toEqual([]);
    }
  });

  test("are out of range, or of a log that cannot be", () => {
    expect(findings("s1..s3", "await leader", "expect count(leaders) > 3")).toEqual(["RL2055:2"]);
    expect(findings("s1..s3", "await leader", "expect s1.commit < 0")).toEqual(["RL2055:2"]);
    expect(findings("s1..s3", "await leader", "expect 5 <= count(all)")).toEqual(["RL2055:2"]);
    expect(findings("s1..s3", "await leader", "expect count(all) == 3")).toEqual([]);
    expect(findings("s1..s3", "await leader", "expect s1.log == [1 3 2]")).toEqual(["RL2056:2"]);
    expect(findings("s1..s3", "await leader", "expect s1.log != [1 3 2]")).toEqual([]);
  });

  test("are about a server that is down, or about one that is up as if it were down", () => {
    expect(findings("s1..s3", "await leader", "crash s1", "expect s1.role == leader within 1s")).toEqual(["RL2050:3"]);
    expect(findings("s1..s3", "await leader", "crash s1 for 500ms", "expect s1.term > 0 within 1s")).toEqual([]);
    expect(findings("s1..s3", "await leader", "expect s1 in down")).toEqual(["RL2058:2"]);
    expect(findings("s1..s3", "await leader", "crash leader", "expect s1 in down")).toEqual([]);
  });

  test("come before any election can be over", () => {
    expect(findings("s1..s3", "expect leader within 100ms")).toEqual(["RL2053:1"]);
    expect(findings("s1..s3", "wait 100ms", "expect leader.term == 1 within 40ms")).toEqual(["RL2053:2"]);
    expect(findings("s1..s3", "wait 100ms", "expect leader within 50ms")).toEqual([]);
    expect(findings("s1..s3", "timeout s1", "expect leader within 100ms")).toEqual([]);
    expect(findings("s1..s3", "clock s1 jump 200ms", "expect leader within 100ms")).toEqual([]);
  });

  test("want what no leader can have brought about", () => {
    expect(findings("s1..s3", "crash {s1 s2}", "expect s3.commit >= 1 within 1s")).toEqual(["RL2059:2"]);
    expect(findings("s1..s3", "crash {s1 s2}", "expect s3.term >= 1 within 1s")).toEqual([]);
    expect(findings("s1..s3", "await leader", "crash {s1 s2}", "expect s3.commit >= 1 within 1s")).toEqual([]);
  });

  test("want a value that nothing writes", () => {
    expect(findings("s1..s3", 'put b "1"', 'get a => "1"')).toEqual(["RL2057:2"]);
    expect(findings("s1..s3", "await leader", 'get a => "1"'), "nothing is written at all").toEqual([]);
    expect(findings("s1..s3", "await leader", 'put a "1"', 'get a => "2"')).toEqual(["RL2057:3"]);
    expect(findings("s1..s3", "await leader", 'put a "1"', 'get a => "2" | "1"')).toEqual([]);
    expect(findings("s1..s3", "await leader", 'put a "1"', 'get a => "2" | none')).toEqual([]);
    expect(findings("s1..s3", 'put b "1"', 'expect s1["a"] == "1" within 1s')).toEqual(["RL2057:2"]);
    expect(findings("s1..s3", "await leader", "let v = s1.term", "put a v", 'get a => "2"')).toEqual([]);
    expect(findings("s1..s3", 'given { s1 log [1:a="1"]; s2 log [1:a="1"] }', "await leader", 'get a => "1"')).toEqual(
      [],
    );
    expect(findings("s1..s3", "watch a as w", 'put b "1"', 'expect w saw [put a "1"] within 1s')).toEqual(["RL2057:3"]);
    expect(findings("s1..s3", "workload w for 1s { keys a }", 'get a => "1"')).toEqual([]);
  });
});

describe("steps of no use", () => {
  test("are orders and questions to servers that do not run", () => {
    expect(findings("s1..s3", "crash s1", "timeout s1")).toEqual(["RL2061:2"]);
    expect(findings("s1..s3", "pause s1", "snapshot s1")).toEqual(["RL2061:2"]);
    expect(findings("s1..s3", "crash s1", "tick s1")).toEqual([]);
    expect(findings("s1..s3", "pause s1", "pause s1")).toEqual(["RL2060:2"]);
    expect(findings("s1..s3", "crash s1", "pause {s1 s2}")).toEqual(["RL2060:2"]);
    expect(findings("s1..s3", "crash s1", "get a serializable at s1")).toEqual(["RL2062:2"]);
    expect(findings("s1..s3", "crash s1 for 500ms", "get a serializable at s1")).toEqual([]);
    expect(findings("s1..s3", "crash s1", "await leader", "add voter s2 at s1 => failed")).toEqual([]);
    expect(findings("s1..s3", "crash s1", "await leader", "transfer leadership to s1")).toEqual(["RL2063:3"]);
  });

  test("heal what is in order, and end what has ended", () => {
    expect(findings("s1..s3", "await leader", "heal")).toEqual(["RL2067:2"]);
    expect(findings("s1..s3", "cut s1 -> s2 for 1s", "wait 2s", "heal")).toEqual(["RL2067:3"]);
    expect(findings("s1..s3", "cut s1 -> s2 for 1s", "wait 1s", "heal")).toEqual([]);
    expect(findings("s1..s3", "cut s1 -> s2", "heal s3", "heal")).toEqual([]);
    expect(findings("s1..s3", "drop next s1 -> s2", "wait 2s", "heal", "heal")).toEqual(["RL2067:4"]);
    expect(findings("s1..s3", "watch a as w", "unwatch w", "unwatch w")).toEqual(["RL2068:3"]);
    expect(findings("s1..s3", "hold s1 -> s2 as h", "release h", "release h")).toEqual(["RL2068:3"]);
  });

  test("trust leases where clocks drift too far", () => {
    expect(on("nodes s1..s3; reads lease", "await leader", "clock s1 drift 20%")).toEqual(["RL2069:2"]);
    expect(on("nodes s1..s3; reads lease", "await leader", "clock s1 drift 10%")).toEqual([]);
    expect(on("nodes s1..s3; reads lease", "expect violation of linearizability", "clock s1 drift 20%")).toEqual([]);
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
