import { describe, expect, test } from "vitest";
import { analyze, check, checkSteps, EMPTY_SCOPE } from "./check.js";
import {
  ETCD_SETTINGS,
  ETCD_STEPS,
  FIRST_FILE,
  fileOf,
  GIVEN_FILE,
  MANUAL_STEPS,
  manualFileOf,
  SETTINGS_FILE,
  SUPPORTED_STEPS,
} from "./fixtures/design-examples.js";
import { expectationsAfter } from "./parse.js";
import type { Step } from "./program.js";

function errorsOf(text: string): string[] {
  return check(text)
    .diagnostics.filter((each) => each.severity === "error")
    .map((each) => `${each.code} ${each.message}`);
}

function stepsOf(...steps: readonly string[]): readonly Step[] {
  const text = fileOf(steps);
  expect(errorsOf(text)).toEqual([]);
  return check(text).program.scenarios[0]?.steps ?? [];
}

describe("a program", () => {
  test("of the design's first file", () => {
    const { program, diagnostics, runnable } = check(FIRST_FILE);
    expect(diagnostics).toEqual([]);
    expect([...runnable]).toEqual(["a committed write survives its leader"]);
    expect(program.clusters[0]?.doc).toBe("Five servers, a leader that dies, and a write that must survive it.");
    const [scenario] = program.scenarios;
    expect(scenario?.config).toMatchObject({
      nodes: ["s1", "s2", "s3", "s4", "s5"],
      clients: ["alice", "bob"],
      seed: 7,
      electionTimeout: { min: 150_000, max: 300_000 },
      heartbeat: 50_000,
      latency: { min: 2_000, max: 10_000 },
      preVote: true,
      rulesOff: [],
    });
    expect(scenario?.line).toBe(10);
    expect(scenario?.steps.map((step) => `${step.line} ${step.kind}`)).toEqual([
      "12 await",
      "13 let-selector",
      "14 invoke",
      "15 crash",
      "16 await",
      "17 expect",
      "18 invoke",
      "19 restart",
      "20 expect",
    ]);
  });

  test("of every step of the design has no error", () => {
    expect(errorsOf(fileOf(SUPPORTED_STEPS.filter((step) => !step.startsWith("at "))))).toEqual([]);
  });

  test("of etcd's steps and settings draws no finding at all", () => {
    const { diagnostics, program } = check(fileOf(ETCD_STEPS));
    expect(diagnostics.map((each) => `${each.code} ${each.message}`)).toEqual([]);
    expect(program.scenarios[0]?.steps.length).toBe(ETCD_STEPS.length);
    for (const setting of ETCD_SETTINGS)
      expect(errorsOf(`cluster { nodes s1..s3; ${setting} }\n`), setting).toEqual([]);
  });

  test("drives a cluster by hand, and only where that can be", () => {
    expect(errorsOf(manualFileOf(MANUAL_STEPS))).toEqual([]);
    for (const step of MANUAL_STEPS) {
      // Messages under way there are in every network.
      const needs = step.startsWith("stabilize");
      const codes = check(fileOf([step])).diagnostics.map(({ code }) => code);
      expect(codes, step).toEqual(needs ? ["RL2101"] : []);
    }
  });

  test("takes a server by the name of a place", () => {
    const file =
      'cluster { nodes first last; network manual }\nscenario "x" {\n  deliver last -> first\n  deliver last last -> first\n}\n';
    const steps = check(file).program.scenarios[0]?.steps;
    expect(
      steps?.map((step) => (step.kind === "deliver" && step.messages.kind === "one" ? step.messages.nth : "")),
    ).toEqual([1, null]);
  });

  test("merges settings: defaults, the file's cluster, the scenario's own, its seed", () => {
    const config = check(SETTINGS_FILE).program.scenarios[0]?.config;
    expect(config).toMatchObject({ nodes: ["s1", "s2", "s3", "s4", "s5"], seed: 42, snapshot: null, loss: 0.01 });
    expect(config?.rulesOff).toEqual(["current-term-commit"]);
    expect(check(SETTINGS_FILE).program.scenarios[0]?.doc).toBe("It has\na documentation.");
    const on =
      'cluster { nodes s1..s3; rule current-term-commit off }\nscenario "x" { cluster { rule current-term-commit on } }\n';
    expect(check(on).program.scenarios[0]?.config.rulesOff).toEqual([]);
  });

  test("has given states", () => {
    const given = check(GIVEN_FILE).program.scenarios[0]?.given;
    expect(given?.map((each) => [each.node, each.term, each.log.length, each.commit])).toEqual([
      ["s1", 6, 10, 6],
      ["s2", 6, 9, 0],
      ["s3", 4, 4, 0],
    ]);
  });

  test("normalises units", () => {
    expect(
      stepsOf("wait 1.5s", "wait 250us", "wait 2min").map((step) => (step.kind === "wait" ? step.duration : 0)),
    ).toEqual([1_500_000, 250, 120_000_000]);
    const [budget] = stepsOf("expect bytes(all) < 64KiB");
    expect(budget).toMatchObject({ condition: { right: { value: 65_536 } } });
  });

  test("completes partitions with the servers not named", () => {
    const groups = (step: string): string[] => {
      const [found] = stepsOf(step);
      return found?.kind === "partition" ? found.groups.map((group) => group.kind) : [];
    };
    expect(groups("partition {s1 s2} | {s3 s4 s5}")).toEqual(["set", "set"]);
    expect(groups("partition {s1 s2}")).toEqual(["set", "others"]);
    expect(groups("partition {s1 s2} | {s3 s4}")).toEqual(["set", "set", "others"]);
    expect(groups("partition leader | others")).toEqual(["leader", "others"]);
  });

  test("tells operations, conditions and handles apart", () => {
    const steps = stepsOf(
      'async bob put a "1" as w',
      "await w => ok | timeout within 2s",
      "await leader",
      "let v = get a",
      "put b v",
      "let t = s1.term",
      "expect s2.term == t",
    );
    expect(steps.map((step) => step.kind)).toEqual([
      "invoke",
      "await-handle",
      "await",
      "let-operation",
      "invoke",
      "let-value",
      "expect",
    ]);
    expect(steps[1]).toMatchObject({
      handle: "w",
      within: 2_000_000,
      expected: { outcomes: [{ kind: "ok" }, { kind: "timeout" }] },
    });
    expect(steps[4]).toMatchObject({
      invoke: { client: "alice", operation: { value: { kind: "variable", name: "v" } } },
    });
  });

  test("binds and/or/not as the design says", () => {
    const [step] = stepsOf("expect not s1.term == 1 and s2.term == 2 or leader within 1s");
    expect(step).toMatchObject({
      within: 1_000_000,
      condition: {
        kind: "or",
        operands: [{ kind: "and", operands: [{ kind: "not" }, { kind: "compare" }] }, { kind: "has-leader" }],
      },
    });
  });

  test("an error in one scenario leaves the others runnable, one in their cluster does not", () => {
    const text =
      'cluster a { nodes s1..s3 }\ncluster b { nodes s1 s1 }\nscenario "1" on a { crsh s1 }\nscenario "2" on a { await leader }\nscenario "3" on b { await leader }\n';
    expect([...check(text).runnable]).toEqual(["2"]);
  });

  test("names mean what they name", () => {
    expect(errorsOf(fileOf(["wipe alice"]))).toEqual(["RL1021 `alice` is a client; a server is needed here."]);
    expect(errorsOf(fileOf(["let s1 = leader"]))).toEqual(["RL1013 `s1` already names a server."]);
    expect(errorsOf(fileOf(["crash old"]))[0]).toMatch(/^RL1001/);
    expect(errorsOf(fileOf(["cut alice -> s1", "partition {s1 alice} | others"]))).toEqual([]);
  });
});

describe("the index of names", () => {
  test("knows definitions and references", () => {
    const text =
      'cluster {\n  nodes s1 s2 s3\n  clients alice\n}\nscenario "x" {\n  crash s2\n  let old = leader\n  alice put a "1"\n  restart s2\n  expect leader != old\n}\n';
    const { symbols } = analyze(text);
    const at = symbols.at(text.indexOf("crash s2") + 7);
    expect(at?.symbol).toMatchObject({ kind: "node", name: "s2", renameable: true });
    expect(at?.symbol.occurrences.map((each) => text.slice(each.span.start, each.span.end))).toEqual([
      "s2",
      "s2",
      "s2",
    ]);
    expect(at?.symbol.occurrences.map((each) => each.role)).toEqual(["definition", "reference", "reference"]);
    const old = symbols.at(text.lastIndexOf("old") + 3);
    expect(old?.symbol).toMatchObject({ kind: "variable", name: "old" });
    expect(old?.symbol.definition?.start).toBe(text.indexOf("old"));
    expect(symbols.at(text.indexOf("put"))).toBeUndefined();
    expect(symbols.keys).toEqual(["a"]);
  });

  test("shares the file's cluster between scenarios, and keeps their own apart", () => {
    const text =
      'cluster { nodes s1..s3 }\nscenario "1" { crash s1 }\nscenario "2" { restart s1 }\nscenario "3" {\n  cluster { nodes s1 s2 }\n  crash s1\n}\n';
    const { symbols } = analyze(text);
    const first = symbols.at(text.indexOf("crash s1") + 6);
    expect(first?.symbol.occurrences.length).toBe(2);
    expect(first?.symbol.renameable).toBe(false);
    const own = symbols.at(text.lastIndexOf("crash s1") + 6);
    expect(own?.symbol.occurrences.length).toBe(2);
    expect(own?.symbol.renameable).toBe(true);
  });
});

describe("steps typed by a person", () => {
  const config = check(FIRST_FILE).program.scenarios[0]?.config;
  if (config === undefined) {
    throw new Error("the first file has a scenario");
  }

  test("run against a cluster, and bind names for the next ones", () => {
    const first = checkSteps("let old = leader; crash old", config);
    expect(first.steps.map((step) => step.kind)).toEqual(["let-selector", "crash"]);
    const second = checkSteps('restart old\nalice put color "red"', config, first.scope);
    expect(second.diagnostics).toEqual([]);
    expect(second.steps.map((step) => `${step.line} ${step.kind}`)).toEqual(["1 restart", "2 invoke"]);
    expect(checkSteps("restart old", config, EMPTY_SCOPE).diagnostics.map((each) => each.code)).toEqual(["RL1001"]);
  });

  test("yield nothing when one of them is wrong", () => {
    const wrong = checkSteps("crash s1\ncrsh s2", config);
    expect(wrong.steps).toEqual([]);
    expect(wrong.diagnostics.map((each) => each.code)).toEqual(["RL0003"]);
    expect(checkSteps('scenario "x" { }', config).steps).toEqual([]);
    expect(checkSteps("", config)).toMatchObject({ steps: [], diagnostics: [] });
  });
});

describe("what could stand at the caret", () => {
  const possible = (text: string): { words: string[]; slots: string[] } => {
    const { words, slots } = expectationsAfter(text);
    return { words: [...words], slots: [...slots] };
  };
  const inside = 'cluster { nodes s1..s3 }\nscenario "x" {\n  ';

  test("follows the grammar", () => {
    expect(possible("").slots).toContain("top-level");
    expect(possible("cluster {\n  ").slots).toEqual(["setting"]);
    expect(possible(inside).slots).toContain("step");
    expect(possible(`${inside}crash `).slots).toEqual(["selector"]);
    expect(possible(`${inside}crash leader `).words).toEqual(expect.arrayContaining(["for", "except"]));
    expect(possible(`${inside}crash leader for `).slots).toEqual(["duration"]);
    expect(possible(`${inside}await leader\n  expect violation of `).slots).toEqual(["property"]);
    expect(possible(`${inside}put color "red" `).words).toEqual(expect.arrayContaining(["at", "=>", "lease"]));
    expect(possible(`${inside}put color "red" => `).slots).toEqual(["result"]);
    expect(possible(`${inside}expect s1.`).slots).toEqual(["field"]);
    expect(possible(`${inside}drop `).slots).toEqual(expect.arrayContaining(["message-type", "selector"]));
    expect(possible(`${inside}cut s1 `).words).toEqual(expect.arrayContaining(["->", "<->"]));
    expect(possible(`${inside}deliver `).words).toEqual(expect.arrayContaining(["all", "second", "last", "nth"]));
    expect(possible(`${inside}deliver `).slots).toContain("selector");
    expect(possible(`${inside}deliver s1 -> s2 `).slots).toContain("message-type");
    expect(possible(`${inside}lose all `).words).toEqual(expect.arrayContaining(["to", "from"]));
    expect(possible(`${inside}lose all `).slots).toEqual(expect.arrayContaining(["selector", "message-type"]));
    expect(possible(`${inside}duplicate `).slots).toEqual(expect.arrayContaining(["percent", "selector"]));
    expect(possible("cluster { nodes s1..s3; rule ").slots).toContain("rule");
    expect(possible('scenario "x" on ').slots).toEqual(["cluster"]);
  });
});
