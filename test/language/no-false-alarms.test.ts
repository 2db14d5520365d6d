import { describe, expect, test } from "vitest";
import { check } from "../../server/src/language/check.js";
import { ScenarioRun } from "../../server/src/scenario/run.js";

/** What the checker claims cannot work: a step with one of these must fail when it runs. */
const CLAIMS = new Set(["RL2011", "RL2014", "RL2015", "RL2016", "RL2017", "RL2020", "RL2022"]);
/** The same of clusters that are driven by hand. */
const CLAIMS_BY_HAND = new Set([...CLAIMS, "RL2103", "RL2104", "RL2105"]);
const SCENARIOS = 800;

/** Mulberry32: the scenarios of this test are the same on every machine. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function randomScenario(next: () => number, changing = false): string {
  const pick = (choices: readonly string[]): string => choices[Math.floor(next() * choices.length)] ?? "";
  const nodes = next() < 0.6 ? 3 : 5;
  const node = (): string => `s${1 + Math.floor(next() * nodes)}`;
  const some = (): string =>
    pick([
      node(),
      node(),
      "leader",
      "any follower",
      "old",
      `{${node()} ${node()}}`,
      "all except leader",
      `all except ${node()}`,
    ]);
  const lasting = (): string => pick(["", "", "", " for 100ms", " for 300ms", " for 1s", " for 3s"]);
  const split = (): string => {
    const names = Array.from({ length: nodes }, (_, index) => `s${index + 1}`);
    const at = 1 + Math.floor(next() * (nodes - 1));
    return `partition {${names.slice(0, at).join(" ")}} | {${names.slice(at).join(" ")}}`;
  };
  const other = (): string => pick([node(), node(), "s6", "s7", "s8", "leader"]);
  const change = (): string => {
    const asked = pick(["", "", ` at ${node()}`]) + pick(["", "", " => failed"]);
    return pick([
      `add ${pick(["voter", "learner"])} ${other()}${asked}`,
      `${pick(["promote", "remove"])} ${other()}${asked}`,
      `reconfigure {${other()} ${node()} ${other()}}${pick(["", " explicit"])}${asked}`,
      `leave joint${asked}`,
      `transfer leadership to ${pick([node(), "any follower"])}${asked}`,
    ]);
  };
  const step = (): string =>
    pick([
      `crash ${some()}${lasting()}`,
      `crash ${some()}${lasting()}`,
      `pause ${some()}${lasting()}`,
      `restart ${pick([node(), "down", "old"])}`,
      `resume ${pick([node(), "old"])}`,
      `isolate ${some()}${lasting()}`,
      `${split()}${lasting()}`,
      `partition leader | others${lasting()}`,
      `cut ${node()} <-> ${node()}${lasting()}`,
      pick(["heal", `heal ${node()}`]),
      pick([
        `crash ${some()} ${pick(["before fsync", "after fsync", "before send", "after apply"])}${lasting()}`,
        `disk ${some()} ${pick(["fail", "ignore fsync", "slow 100ms"])}${lasting()}`,
        `disk ${some()} ${pick(["corrupt", "tear"])}`,
        `clock ${some()} ${pick(["drift 50%", "drift -50%", "jump 300ms", "jump -300ms"])}${lasting()}`,
      ]),
      `await leader within ${pick(["500ms", "2s", "5s"])}`,
      pick(["expect leader", "expect leader within 1s", `expect leader == ${node()} within 2s`]),
      pick(['put a "1" => ok', "get a"]),
      `wait ${pick(["50ms", "300ms", "700ms", "2s"])}`,
      `let old = ${pick(["leader", "any follower", node()])}`,
      pick([`timeout ${node()}`, `at ${pick(["1s", "2s", "4s"])}`]),
      ...(changing ? [change(), change(), change(), change()] : []),
    ]);
  const steps = ["let old = s1", pick(["await leader within 5s", "wait 500ms"])];
  for (let left = 3 + Math.floor(next() * 8); left > 0; left--) steps.push(step());
  const body = steps.map((line) => `  ${line}\n`).join("");
  const others = changing ? `; spares s6 s7; learners s8; membership ${pick(["joint", "single"])}` : "";
  return `cluster { nodes s1..s${nodes}; check-quorum ${pick(["on", "off"])}${others} }\nscenario "x" {\n${body}}\n`;
}

function randomByHand(next: () => number): string {
  const pick = (choices: readonly string[]): string => choices[Math.floor(next() * choices.length)] ?? "";
  const nodes = pick(["1", "2", "3", "5"]);
  const node = (): string => `s${1 + Math.floor(next() * Number(nodes))}`;
  const modes = pick(["network manual", "timers manual", "network manual; timers manual"]);
  const message = (): string => pick([`deliver all from ${node()}`, "deliver all", `deliver all to ${node()}`]);
  const step = (): string =>
    pick([
      ...(modes.includes("network") ? ["stabilize", message(), message()] : []),
      `timeout ${node()}`,
      `tick ${node()}`,
      `tick ${node()} for 400ms`,
      `await leader within ${pick(["100ms", "1s"])}`,
      "expect leader",
      `expect leader.term >= 1 within 500ms`,
      'put a "1"',
      pick(['put a "1" => ok', "get a", "get a => timeout", 'async put a "1"']),
      `wait ${pick(["5ms", "500ms"])}`,
      `crash ${node()} for 200ms`,
      pick(["let old = leader", "nemesis n for 1s { every 100ms one of { timeout s1; tick s1 for 1s } }"]),
    ]);
  const body = Array.from({ length: 2 + Math.floor(next() * 7) }, () => `  ${step()}\n`).join("");
  return `cluster { nodes s1..s${nodes}; pre-vote ${pick(["on", "off"])}; ${modes} }\nscenario "x" {\n${body}}\n`;
}

/** How many of the claims about random scenarios could be tried; each must have come true. */
function tried(scenarios: number, make: (next: () => number) => string, claims: ReadonlySet<string>): number {
  const next = random(20_26);
  let count = 0;
  for (let seed = 1; seed <= scenarios; seed++) {
    const text = make(next);
    const { program, diagnostics } = check(text);
    expect(diagnostics.filter(({ severity }) => severity === "error" && make === randomByHand)).toEqual([]);
    const claimed = diagnostics.filter((diagnostic) => claims.has(diagnostic.code));
    const [scenario] = program.scenarios;
    if (claimed.length === 0 || scenario === undefined) continue;
    const run = new ScenarioRun(scenario, text, { seed });
    while (!run.advance(100_000));
    for (const { code, message, span } of claimed) {
      const line = text.slice(0, span.start).split("\n").length;
      const record = run.steps.find((step) => step.line === line);
      if (record === undefined) continue;
      count++;
      expect(record.ok, `${code} ${message} (line ${line}, seed ${seed})\n${text}`).toBe(false);
    }
  }
  return count;
}

describe("the diagnostics that know Raft", () => {
  test("raise no false alarm: what they say cannot work fails in a run", () => {
    expect(tried(SCENARIOS, randomScenario, CLAIMS)).toBeGreaterThan(150);
  });

  test("nor where the cluster changes", () => {
    expect(tried(SCENARIOS, (next) => randomScenario(next, true), CLAIMS)).toBeGreaterThan(20);
  });

  test("nor where somebody delivers the messages and lets the timers run out", () => {
    expect(tried(400, randomByHand, CLAIMS_BY_HAND)).toBeGreaterThan(150);
  });
});
