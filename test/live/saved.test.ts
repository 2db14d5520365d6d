import { describe, expect, it } from "vitest";
import { check } from "../../server/src/language/check.js";
import { LiveRun } from "../../server/src/scenario/live-run.js";
import { scenarioOf } from "../support/scenarios.js";
import { type SavedSession, saved, savedSession } from "./session.js";

/** Seeds of the whole property; `node scripts/run-bundled.mjs test/live/main.ts 2000` runs as many as one likes. */
const SEEDS = 24;

function cluster(settings = "nodes s1..s3; clients alice bob", seed = 7): LiveRun {
  const { scenario } = scenarioOf(`cluster { ${settings} }\nscenario "live" { seed ${seed}; wait 1ms }\n`);
  return new LiveRun(scenario.config, scenario.given, seed);
}

/** Does a step and lets the cluster go on until it has its result. */
function does(live: LiveRun, ...steps: readonly string[]): void {
  for (const step of steps) {
    const act = live.act(step);
    if (!("done" in act)) throw new Error(`${step}: ${act.map(({ message }) => message).join("; ")}`);
    while (!act.done && live.goOn());
  }
}

/** The steps of the saved file, without its frame; the run must be the session over again. */
function told(live: LiveRun, verdict: SavedSession["report"]["verdict"] = "pass"): string {
  const { problem, text, report } = saved(live);
  expect(problem, text).toBeNull();
  expect(report.verdict, text).toBe(verdict);
  const steps = text.slice(text.indexOf("seed "), text.lastIndexOf("}"));
  return steps
    .split("\n")
    .slice(1)
    .map((line) => line.replace(/^ {2}/, "").replace(/ +=>/, " =>"))
    .join("\n")
    .trim();
}

describe("a live session written as a scenario", () => {
  it("is a plain list of steps where each had its result before the next", () => {
    const live = cluster();
    does(live, "await leader", 'alice put color "red"', "bob get color", "crash leader", "await leader");
    expect(told(live)).toBe(
      'await leader\nalice put color "red" => ok\nbob get color => "red"\ncrash leader\nawait leader',
    );
  });

  it("names instants only where somebody waited, as precisely as they were", () => {
    const live = cluster();
    live.advance(400_000, 1_000_000);
    does(live, "crash s1");
    live.advance(1_234_567, 1_000_000);
    does(live, "restart s1", "heal");
    live.advance(1_300_000, 1_000_000);
    expect(told(live)).toBe("at 400ms\ncrash s1\nat 1234.567ms\nrestart s1\nheal\nat 1.3s");
  });

  it("tells apart what was done between two things of one instant", () => {
    const live = cluster("nodes s1..s5; clients alice; latency 5ms");
    live.act("timeout s1");
    live.stepEvents(1);
    live.act("crash s2");
    live.stepEvents(2);
    live.act('note "three of four"');
    expect(told(live)).toBe('timeout s1\nat 5ms\ncrash s2\nat 5ms after 3 events\nnote "three of four"');
  });

  it("lets an operation go on beside the step that did not wait for it", () => {
    const live = cluster();
    does(live, "await leader");
    live.act('alice put color "red"');
    live.act("crash any follower");
    live.advance(live.recording.world.nowUs + 500_000, 1_000_000);
    expect(told(live)).toMatch(
      /^await leader\nasync \{ alice put color "red" => ok \}\nat [\d.]+ms\ncrash any follower\nat [\d.]+ms$/,
    );
  });

  it("ends where the session stands, whatever goes on", () => {
    const live = cluster();
    does(live, "await leader", "workload w for 10s { clients 2; keys k1; rate 50/s; mix put 100% }");
    live.act("wait 60min");
    live.advance(1_000_000, 1_000_000);
    live.act('bob put color "red"');
    expect(told(live)).toMatch(/async \{ wait 60min \}\nat 1s\nasync bob put color "red"\nat 1s\nend$/);
  });

  it("keeps what was typed in several lines, with loops and comments", () => {
    const live = cluster();
    does(live, "await leader", 'repeat 2 {\n  alice put a "1"  # again\n}\nwait 20ms; crash s1');
    expect(told(live)).toBe('await leader\nrepeat 2 {\n  alice put a "1"  # again\n}\nwait 20ms\ncrash s1');
  });

  it("expects what the person saw: refusals, timeouts, errors, and no value", () => {
    const live = cluster();
    does(live, "crash leader", "await leader", "restart s1", "alice get color", "alice get color rev 9");
    does(live, "isolate leader", "crash any follower", 'bob put color "red" => ok', "transfer leadership to s1");
    const text = told(live);
    expect(text).toContain("crash leader => failed");
    expect(text).toContain("restart s1 => failed");
    expect(text).toContain("alice get color => none");
    expect(text).toContain("alice get color rev 9 => error future-revision");
    expect(text).toMatch(/bob put color "red" => (timeout|error [\w-]+)/);
  });

  it("tells in a comment what only looked and did not see it", () => {
    const live = cluster();
    does(live, "expect leader", "await leader", "expect no leader", "let gone = down", "never leader");
    const text = told(live);
    expect(text).toMatch(/^# expect leader\n# {3}expected leader/);
    expect(text).toContain("# expect no leader\n");
    expect(text).toContain("# never leader\n");
    expect(text).toContain("\nawait leader\n");
  });

  it("keeps names that were bound again, and handles of all kinds", () => {
    const live = cluster();
    does(live, "await leader", "let l = leader", "let l = any follower", "crash l", "restart l");
    does(
      live,
      "alice watch c prefix as w",
      "alice unwatch w",
      "alice watch d as w",
      'async bob put d "1" as p',
      "await p",
    );
    does(live, "alice lease grant x ttl 5s", "alice lease keepalive x every 1s", "bob lock m as k", "bob unlock k");
    live.advance(live.recording.world.nowUs + 2_000_000, 1_000_000);
    does(live, "alice get d");
    expect(told(live)).toContain("crash l\n");
  });

  it("leaves to each its turn: what waits in the background goes on before the next step", () => {
    const live = cluster("nodes s1..s3; clients alice bob; network manual; timers manual");
    does(live, "crash alice", "async alice lock m as k", "alice watch c as w");
    does(live, "async { repeat 2 { crash any follower } }", "timeout s3", "stabilize");
    told(live, "fail");
  });

  it("has the session's cluster: its settings, where it began, and its seed", () => {
    const { scenario } = scenarioOf(`cluster wan {
  nodes s1..s3 n7
  learners l1
  clients alice bob
  latency 20ms..40ms
  loss 2.5%
  snapshot every 50 entries keep 5 chunk 1KiB
  sessions off
  lease-checkpoint 5min
}
scenario "x" on wan {
  cluster { heartbeat 40ms; rule up-to-date-vote off }
  given { s1 term 3 vote s2 log [1 2:color="red" 3] commit 1; s2 term 3 log [1] }
}
`);
    const live = new LiveRun(scenario.config, scenario.given, 11);
    live.advance(300_000, 1_000_000);
    const { text, problem } = saved(live);
    expect(problem, text).toBeNull();
    const again = scenarioOf(text).scenario;
    expect(again.config).toEqual({ ...scenario.config, seed: 11 });
    expect(again.given.map(({ span: _, ...given }) => given)).toEqual(
      scenario.given.map(({ span: _, ...given }) => given),
    );
    expect(text).toContain("  nodes s1..s3 n7\n  learners l1\n");
    expect(text).not.toContain("election-timeout");
  });

  it("says which violations it met", () => {
    const live = cluster("nodes s1..s4; pre-vote off; check-quorum off; rule majority-to-win off");
    does(live, "partition {s1 s2} | {s3 s4}", "timeout s1", "timeout s4", "wait 100ms");
    const { text, report, problem } = saved(live);
    expect(problem).toBeNull();
    expect(live.violations).not.toEqual([]);
    expect(text).toContain("expect violation of election-safety\n");
    expect(report.verdict).toBe("pass");
  });

  it("of nothing at all is a scenario too", () => {
    expect(told(cluster())).toBe("");
    expect(check(saved(cluster()).text).diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  });
});

describe("random live sessions of 50 steps, saved and run", () => {
  it.each(Array.from({ length: SEEDS }, (_, position) => position + 1))("seed %i", { timeout: 60_000 }, (seed) => {
    const { problem, text } = savedSession(seed);
    expect(problem, text).toBeNull();
  });
});
