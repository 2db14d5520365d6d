import { type ComparedRun, compareRuns } from "../lab/comparison.js";
import type { ComparedTrace, ComparisonView, MilestoneRow } from "../protocol/comparison.js";
import type { SessionInfo } from "../protocol/session.js";
import { shellQuote } from "../scenario/reproduce.js";

import { ScenarioRun } from "../scenario/run.js";
import { why, whyLines } from "../trace/why/chain.js";
import { comparisonLines } from "../view-model/compare/words.js";
import { type ExitCode, exitCodeOf, InputError } from "./exit-codes.js";
import { finish } from "./finish.js";
import { onlyScenario } from "./only.js";
import type { Terminal } from "./output.js";
import { type SelectedScenario, settingLines } from "./select.js";

/** Options of `raftlab compare`: another seed for the right run, other settings for it, or both. */
export interface CompareCommand {
  readonly file: string;
  readonly scenario: string | undefined;
  /** Of the left run and of the right one; one alone is the right run's. */
  readonly seeds: readonly number[];
  /** `SETTING=VALUE`, of the right run. */
  readonly settings: readonly string[];
  readonly json: boolean;
}

/** Milestones that are printed as text; JSON has all. */
const MOST_ROWS = 60;
/** Causes of the first difference that are printed. */
const MOST_CAUSES = 6;

/** `raftlab compare`: a scenario run twice, where the two part, why, and what each comes to. */
export async function compareCommand(terminal: Terminal, command: CompareCommand): Promise<ExitCode> {
  const { file, scenario, seeds, settings, json } = command;
  if (seeds.length === 0 && settings.length === 0)
    throw new InputError("compare needs what the second run has otherwise: --seed N, or --set SETTING=VALUE.");
  if (seeds.length > 2) throw new InputError("compare runs a scenario twice: give --seed at most two times.");
  const left = await onlyScenario(terminal, file, { scenario, settings: [] });
  const right = await onlyScenario(terminal, file, { scenario: left.scenario.title, settings });
  const [first, second] = seeds;
  const ofLeft = second === undefined ? left.scenario.config.seed : first;
  const runs = {
    left: run(terminal, left, ofLeft ?? left.scenario.config.seed),
    right: run(terminal, right, second ?? first ?? right.scenario.config.seed),
  };
  const comparison = await compareRuns({ left: runs.left.compared, right: runs.right.compared }, async () => true);
  if (comparison === null) throw new Error("a comparison that nobody cancels has come to its end");
  const { trace, inputs, counts } = comparison;
  const infos = { left: infoOf(runs.left.run, []), right: infoOf(runs.right.run, settingLines(settings)) };
  const view: ComparisonView = { ...infos, trace, inputs, counts };
  const causes = { left: causesOf(runs.left.run, trace, "left"), right: causesOf(runs.right.run, trace, "right") };
  if (json) {
    const { rows } = comparison.rows("changed", 0, Number.MAX_SAFE_INTEGER);
    terminal.out(JSON.stringify(jsonOf(command, view, rows, causes), null, 2));
  } else {
    const { rows, total } = comparison.rows(counts.outcome > 0 ? "outcome" : "changed", 0, MOST_ROWS);
    for (const line of comparisonLines(view, rows, total - rows.length, causes)) terminal.out(line);
  }
  return exitCodeOf([runs.left.verdict, runs.right.verdict]);
}

function run(terminal: Terminal, { scenario, source }: SelectedScenario, seed: number) {
  const made = new ScenarioRun(scenario, source, { seed });
  finish(terminal, made);
  const verdict = made.report?.verdict ?? "unproven";
  const compared: ComparedRun = {
    recording: made.recording,
    violations: made.report?.violations ?? [],
    verdict,
    seed,
    text: source,
    scenario,
  };
  return { run: made, compared, verdict };
}

/** A run as the editor has it, so that both are told in the same words. */
function infoOf({ scenario, seed, recording, report }: ScenarioRun, settings: readonly string[]): SessionInfo {
  const { world, log } = recording;
  return {
    id: "",
    kind: "run",
    uri: null,
    title: scenario.title,
    seed,
    ...(settings.length === 0 ? {} : { settings }),
    startedAt: "",
    state: { kind: "finished", verdict: report?.verdict ?? "unproven" },
    timeUs: world.nowUs,
    events: log.count,
    traceHash: log.hash,
    cursor: null,
    pace: null,
    leader: world.leader()?.name ?? null,
    term: 0,
    servers: [],
    clients: [],
  };
}

function causesOf({ recording }: ScenarioRun, trace: ComparedTrace, side: "left" | "right"): readonly string[] {
  const event = trace.kind === "different" ? trace[side] : null;
  return event === null ? [] : whyLines(why(recording, event.id)).slice(1, 1 + MOST_CAUSES);
}

function jsonOf(
  { file, settings }: CompareCommand,
  { left, right, trace, inputs, counts }: ComparisonView,
  rows: readonly MilestoneRow[],
  causes: Readonly<Record<"left" | "right", readonly string[]>>,
): unknown {
  const set = settings.map((setting) => ` --set ${shellQuote(setting)}`).join("");
  const runOf = ({ title, seed, state, timeUs, events, traceHash }: SessionInfo, sets: string) => ({
    seed,
    verdict: state.kind === "finished" ? state.verdict : null,
    virtualTimeUs: timeUs,
    events,
    traceHash,
    reproduce: `raftlab run ${shellQuote(file)} --scenario ${shellQuote(title)} --seed ${seed}${sets}`,
  });
  return {
    version: 1,
    file,
    scenario: left.title,
    left: runOf(left, ""),
    right: runOf(right, set),
    equal: trace.kind === "equal",
    inputs,
    firstDifference: trace.kind === "equal" ? null : { ...trace, causes },
    counts,
    milestones: rows,
  };
}
