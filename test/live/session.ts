import { check } from "../../server/src/language/check.js";
import { format } from "../../server/src/language/format/format.js";
import { LiveRun } from "../../server/src/scenario/live-run.js";
import { type RunReport, ScenarioRun } from "../../server/src/scenario/run.js";
import { saveSession } from "../../server/src/scenario/saved/write.js";
import { RandomStream } from "../../server/src/sim/random.js";
import { scenarioOf } from "../support/scenarios.js";
import { type Pick, randomStep } from "./steps.js";

/** What came of a session that was saved and run. */
export interface SavedSession {
  readonly seed: number;
  readonly text: string;
  readonly live: LiveRun;
  readonly run: ScenarioRun;
  readonly report: RunReport;
  /** What is wrong with it; `null` when it is the session over again. */
  readonly problem: string | null;
}

/** The clusters that sessions are about: each of them with what else it is told in. */
const CLUSTERS = [
  "nodes s1..s3; clients alice bob",
  "nodes s1..s5; clients alice bob carol; loss 2%; reorder 5%",
  "nodes s1..s5; clients alice bob; latency 5ms; fsync 0ms",
  "nodes s1..s3; learners s4; spares s5 s6; clients alice bob; snapshot every 20 entries keep 2",
  "nodes s1..s4; clients alice bob; pre-vote off; check-quorum off; reads lease; latency 1ms; heartbeat 20ms",
  "nodes s1..s3; clients alice bob; sessions off; membership single; spares s4; latency 0ms; fsync 0ms",
  "nodes s1..s3; clients alice bob; rule current-term-commit off; rule up-to-date-vote off",
  "nodes s1..s3; clients alice bob; network manual; timers manual",
  "nodes s1..s3; clients alice bob; network manual",
  "nodes s1..s3; clients alice bob; network manual; timers manual; fsync 0ms",
] as const;

const GIVEN = `given {
  s1 term 6 vote s1 log [1 1 1 4:color="red" 4 5 5 6 6 6] commit 6
  s2 term 6 log [1 1 1 4:color="red" 4 5 5 6 6]
  s3 term 4 log [1 1 1 4:color="red"]
}`;

/** A random session of so many actions, saved and run. The same for the same seed. */
export function savedSession(seed: number, actions = 50): SavedSession {
  const live = randomSession(seed, actions);
  return saved(live, seed);
}

/** Saves a session, runs the file, and compares. */
export function saved(live: LiveRun, seed = live.seed): SavedSession {
  const { log, world } = live.recording;
  const { hash, count } = log;
  const { nowUs, position } = world;
  const text = saveSession(live, { title: "as it went", about: ["A live session."] });
  const { diagnostics } = check(text);
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  const [first] = errors;
  if (first !== undefined) throw new Error(`seed ${seed}: ${first.message}\n${text}`);
  const { scenario } = scenarioOf(text);
  const run = new ScenarioRun(scenario, text);
  const report = run.finish();
  const again = run.recording;
  let problem: string | null = null;
  if (format(text) !== text) problem = "formatting changes it";
  else if (again.world.position !== position || again.world.nowUs !== nowUs) {
    problem = `ended at ${again.world.nowUs} us, position ${again.world.position} instead of ${nowUs}, ${position}`;
  } else if (again.log.hash !== hash) problem = `another trace: ${again.log.count} events instead of ${count}`;
  return { seed, text, live, run, report, problem };
}

/** A random session, where it stands at its end. */
export function randomSession(seed: number, actions: number): LiveRun {
  const random = RandomStream.of(seed, "session");
  const pick: Pick = (values) => values[random.integer(0, values.length - 1)] ?? values[0];
  const settings = pick(CLUSTERS);
  const given = settings.startsWith("nodes s1..s3;") && random.chance(0.2) ? GIVEN : "";
  const { scenario } = scenarioOf(`cluster { ${settings} }\nscenario "live" {\nseed ${seed}\n${given}\nwait 1ms\n}\n`);
  const live = new LiveRun(scenario.config, scenario.given, scenario.config.seed);
  const { world } = live.recording;
  for (let done = 0; done < actions; ) {
    const what = random.integer(0, 9);
    if (what < 4) {
      live.act(randomStep(live, random, pick));
      done += 1;
    } else if (what < 7) {
      live.advance(world.nowUs + random.integer(0, pick([10, 2000, 60_000, 400_000])), random.integer(1, 3000));
    } else if (what < 9) live.stepEvents(random.integer(1, pick([1, 3, 40])));
    else for (let left = random.integer(1, 30); left > 0; left -= 1) live.goOn();
  }
  return live;
}
