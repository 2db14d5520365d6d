import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { check } from "../../server/src/language/check.js";
import { ScenarioRun } from "../../server/src/scenario/run.js";
import { scenarioOf } from "../support/scenarios.js";

// Faults chosen at random. Whatever happens, runs end, and do not depend on how they are sliced; and whatever happened,
// a cluster that is mended goes on.

const NODES = ["s1", "s2", "s3", "s4", "s5"];
const node = fc.constantFrom(...NODES);
const set = fc.subarray(NODES, { minLength: 1, maxLength: 3 }).map((some) => `{${some.join(" ")}}`);
const selector = fc.oneof(
  node,
  set,
  fc.constantFrom("leader", "any follower", "followers", "all", "down", "all except leader", "candidates"),
);
const lasting = fc.constantFrom("", "", " for 100ms", " for 700ms");
const type = fc.constantFrom(
  "",
  "AppendEntries ",
  "RequestVote ",
  "Heartbeat ",
  "AppendEntriesReply ",
  "ClientRequest ",
);
const link = fc.tuple(selector, fc.constantFrom("->", "<->"), selector).map((parts) => parts.join(" "));

const step = fc.oneof(
  fc
    .tuple(fc.constantFrom("crash", "pause", "isolate"), selector, lasting)
    .map(([word, who, long]) => `${word} ${who}${long}`),
  fc.tuple(fc.constantFrom("restart", "resume", "timeout"), selector).map((words) => words.join(" ")),
  fc
    .tuple(fc.constantFrom("partition leader | others", "partition random", "partition {s1 s2}"), lasting)
    .map((p) => p.join("")),
  fc.tuple(link, lasting).map(([ends, long]) => `cut ${ends}${long}`),
  fc
    .tuple(fc.constantFrom("loss 30%", "duplicate 40%", "reorder 40%", "latency 1ms..40ms"), lasting)
    .map((p) => p.join("")),
  fc
    .tuple(fc.constantFrom("drop", "drop next 2", "delay next"), type, link)
    .map(([word, what, ends]) =>
      word === "delay next" ? `delay next ${what}${ends} by 120ms` : `${word} ${what}${ends}`,
    ),
  fc.tuple(type, link, lasting).map(([what, ends, long]) => `hold ${what}${ends}${long}`),
  node.map((who) => `heal ${who}`),
  fc.constantFrom("heal", "wait 10ms", "wait 300ms", "wait 1s", "await leader within 1s", "expect leader within 300ms"),
  fc.constantFrom(
    'put a "1"',
    'async put a "2"',
    "get a",
    'cas a "1" -> "3"',
    "delete a",
    "watch a as w",
    "let old = any follower",
  ),
  fc.constantFrom("expect converged within 200ms", "never s1.term > 500", "always any all.term >= 0", "mark"),
);
const setting = fc.record({
  preVote: fc.boolean(),
  checkQuorum: fc.boolean(),
  sessions: fc.boolean(),
  fsync: fc.constantFrom("1ms", "0ms..20ms"),
});

function fileOf(
  chosen: { preVote: boolean; checkQuorum: boolean; sessions: boolean; fsync: string },
  body: string,
): string {
  const onOff = (on: boolean): string => (on ? "on" : "off");
  return `cluster {
  nodes s1..s5
  pre-vote ${onOff(chosen.preVote)}
  check-quorum ${onOff(chosen.checkQuorum)}
  sessions ${onOff(chosen.sessions)}
  fsync ${chosen.fsync}
  client-timeout 300ms
}
scenario "random" {
${body}
}
`;
}

/** No selector means those that are paused, so that each pause has to end by itself. */
function ending(line: string): string {
  return line.startsWith("pause") && !line.includes(" for ") ? `${line} for 500ms` : line;
}

const member = fc.constantFrom(...NODES, "s6", "s7", "s8", "leader", "any follower");
const change = fc.oneof(
  fc.tuple(fc.constantFrom("add voter", "add learner", "promote", "remove", "remove"), member).map((p) => p.join(" ")),
  fc
    .tuple(fc.subarray([...NODES, "s6", "s7", "s8"], { minLength: 1, maxLength: 5 }), fc.constantFrom("", " explicit"))
    .map(([voters, explicit]) => `reconfigure {${voters.join(" ")}}${explicit}`),
  fc.constant("leave joint"),
  member.map((who) => `transfer leadership to ${who}`),
);
const changing = fc.record({
  membership: fc.constantFrom("joint", "single"),
  reads: fc.constantFrom("read-index", "lease"),
});

const options = { seed: 20_260, endOnFailure: true } as const;

/** Runs the only scenario of a text: nothing is violated, and every step gives what it asks for. */
function expectToPass(text: string, seed: number): void {
  const { scenario } = scenarioOf(text);
  const run = new ScenarioRun(scenario, text, { seed });
  run.finish();
  expect(run.report?.violations, text).toEqual([]);
  expect(
    run.steps.filter(({ ok }) => !ok),
    text,
  ).toEqual([]);
}

describe("random scenarios", () => {
  it("never throw, and give the same events in slices of any size", () => {
    fc.assert(
      fc.property(setting, fc.array(step, { minLength: 1, maxLength: 12 }), fc.nat(), (chosen, steps, seed) => {
        const text = fileOf(chosen, steps.map((line) => `  ${line}`).join("\n"));
        const [scenario] = check(text).program.scenarios;
        if (scenario === undefined) throw new Error(`no scenario in ${text}`);
        const hashes = [1, 7, 100_000].map((slice) => {
          const run = new ScenarioRun(scenario, text, { seed });
          while (!run.advance(slice));
          return `${run.recording.log.hash} ${run.recording.world.nowUs}`;
        });
        expect(new Set(hashes).size).toBe(1);
      }),
      { ...options, numRuns: 150 },
    );
  });

  const faults = step.filter((line) =>
    /^(crash|pause|isolate|partition|cut|loss|duplicate|reorder|latency|drop|delay|hold|timeout)/.test(line),
  );

  it("break nothing while the cluster changes, and go on with whoever belongs to it then", () => {
    fc.assert(
      fc.property(
        setting.filter(({ sessions, preVote, checkQuorum }) => sessions && (preVote || checkQuorum)),
        changing,
        fc.array(faults, { minLength: 1, maxLength: 4 }),
        fc.array(change, { minLength: 2, maxLength: 6 }),
        fc.nat(),
        (chosen, { membership, reads }, steps, changes, seed) => {
          const settings = { ...chosen, checkQuorum: chosen.checkQuorum || reads === "lease" };
          // Elections by hand break leases: they are no fault of the network or of machines.
          const allowed = reads === "lease" ? steps.filter((line) => !line.startsWith("timeout")) : steps;
          const text = fileOf(
            settings,
            `  cluster { spares s6 s7; learners s8; membership ${membership}; reads ${reads} }
  nemesis n for 3s { every 20ms..400ms one of {\n${[...allowed.map(ending), ...changes].join("\n")}\n} }
  workload w for 3s { clients 2; keys a; rate 40/s; mix put 40% get 30% cas 20% delete 10% }
  await n
  heal
  wait 1s
  restart down
  await leader within 20s
  await converged within 20s
  put done "yes" => ok
  await voters["done"] == "yes" within 5s`,
          );
          expectToPass(text, seed);
        },
      ),
      { ...options, numRuns: 60 },
    );
  });

  it("break nothing that Raft promises, and go on once they are mended", () => {
    fc.assert(
      fc.property(
        setting.filter(({ sessions }) => sessions),
        fc.array(faults, { minLength: 2, maxLength: 8 }),
        fc.nat(),
        (chosen, steps, seed) => {
          const text = fileOf(
            chosen,
            `  nemesis n for 3s { every 20ms..400ms one of {\n${steps.map(ending).join("\n")}\n} }
  workload w for 3s { clients 2; keys a; rate 40/s; mix put 40% get 30% cas 20% delete 10% }
  await n
  heal
  wait 1s
  restart down
  await leader within 20s
  await converged within 20s
  put done "yes" => ok
  await all["done"] == "yes" within 5s`,
          );
          expectToPass(text, seed);
        },
      ),
      { ...options, numRuns: 60 },
    );
  });
});
