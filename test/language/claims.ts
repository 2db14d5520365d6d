import { check } from "../../server/src/language/check.js";
import type { Diagnostic, Scenario } from "../../server/src/language/program.js";
import { ScenarioRun } from "../../server/src/scenario/run.js";
import { titleOf } from "../../server/src/trace/event-title.js";
import { lineOf } from "../../server/src/trace/lines.js";
import { programOf } from "./programs.js";

/** Codes that say of a step that it must fail, whatever the seed. */
const MUST_FAIL: ReadonlySet<string> = new Set([
  "RL2011",
  "RL2014",
  "RL2015",
  "RL2016",
  "RL2017",
  "RL2020",
  "RL2022",
  "RL2040",
  "RL2041",
  "RL2050",
  "RL2051",
  "RL2052",
  "RL2053",
  "RL2054",
  "RL2055",
  "RL2056",
  "RL2057",
  "RL2058",
  "RL2059",
  "RL2060",
  "RL2061",
  "RL2062",
  "RL2064",
  "RL2065",
  "RL2066",
  "RL2103",
  "RL2104",
  "RL2105",
  "RL2302",
  "RL2303",
  "RL2313",
]);

/** Codes that say of a step that it changes nothing: without it the others give the same. */
const CHANGES_NOTHING: ReadonlySet<string> = new Set(["RL2067", "RL2068"]);

/** Codes that say that nobody is elected while the step waits. */
const NOBODY_ELECTED = "RL2021";

/** Claims that rest on earlier steps having succeeded: a lease that was never granted cannot be revoked. */
const AFTER_SUCCESS: ReadonlySet<string> = new Set(["RL2011", "RL2313"]);

/** A claim of the checker that a run contradicts. */
export interface FalseAlarm {
  readonly program: number;
  readonly seed: number;
  readonly code: string;
  readonly line: number;
  readonly message: string;
  readonly text: string;
}

/** What came of many programs. */
export interface ClaimFigures {
  programs: number;
  /** Claims by code, those of all programs. */
  readonly claims: Map<string, number>;
  /** Claims whose step was reached in a run, by code. */
  readonly tried: Map<string, number>;
  /** Programs with an error that is no claim: the generator should write none. */
  readonly invalid: { readonly program: number; readonly message: string; readonly text: string }[];
  readonly falseAlarms: FalseAlarm[];
}

/** A program must not run for ever: this many events are more than any honest one makes. */
const MOST_EVENTS = 300_000;

/** Checks the programs of some seeds, and runs those of which the checker claims that something cannot be. */
export function tryClaims(first: number, count: number, seeds: number): ClaimFigures {
  const figures: ClaimFigures = { programs: 0, claims: new Map(), tried: new Map(), invalid: [], falseAlarms: [] };
  for (let program = first; program < first + count; program += 1) {
    const text = programOf(program);
    const { program: checked, diagnostics } = check(text);
    figures.programs += 1;
    const [scenario] = checked.scenarios;
    const claims = diagnostics.filter(({ code }) => MUST_FAIL.has(code) || code === NOBODY_ELECTED);
    const bad = diagnostics.find(({ severity, code }) => severity === "error" && !MUST_FAIL.has(code));
    if (bad !== undefined || scenario === undefined) {
      const message = bad === undefined ? "no scenario" : `${bad.code} ${bad.message}`;
      figures.invalid.push({ program, message, text });
      continue;
    }
    const useless = diagnostics.filter(({ code }) => CHANGES_NOTHING.has(code));
    for (const { code } of [...claims, ...useless]) add(figures.claims, code);
    for (const claim of useless) judgeUseless(figures, program, scenario, text, claim);
    if (claims.length > 0)
      for (let seed = 1; seed <= seeds; seed += 1) judge(figures, program, scenario, text, claims, seed);
  }
  return figures;
}

function judge(
  figures: ClaimFigures,
  program: number,
  scenario: Scenario,
  text: string,
  claims: readonly Diagnostic[],
  seed: number,
): void {
  const run = new ScenarioRun(scenario, text, { seed, mostEvents: MOST_EVENTS });
  run.finish();
  const lines = text.split("\n");
  for (const { code, message, span } of claims) {
    const line = text.slice(0, span.start).split("\n").length;
    const records = run.steps.filter((step) => step.line === line);
    const [last] = run.steps.slice(-1);
    // In a block the claim may be about a later round, to which a run that gave up did not come.
    if (/^ {4}/.test(lines[line - 1] ?? "") && last?.ok === false) continue;
    if (AFTER_SUCCESS.has(code) && run.steps.some((step) => !step.ok && step.line < line)) continue;
    // An expectation that broke before its `for` was over ends early; what is said of time is said of a run that passes.
    const broken = run.steps.findIndex((step) => !step.ok && /^\s*expect .* for \S+$/.test(lines[step.line - 1] ?? ""));
    if (broken !== -1 && run.steps.slice(broken).some((step) => step.line === line)) continue;
    if (records.length === 0) continue;
    add(figures.tried, code);
    if (code === NOBODY_ELECTED) {
      if (records.some((record) => electedDuring(run, line, record.eventId))) {
        figures.falseAlarms.push({ program, seed, code, line, message, text });
      }
      continue;
    }
    // In a block the claim may be about one round only.
    if (records.some(({ ok }) => !ok)) continue;
    figures.falseAlarms.push({ program, seed, code, line, message, text });
  }
}

/** Whether somebody became leader between the beginning of a step and its outcome. */
function electedDuring({ recording }: ScenarioRun, line: number, outcome: number): boolean {
  for (let id = outcome; id >= 0; id -= 1) {
    const kind = recording.log.kind(id);
    if (kind === "step" && lineOf(recording, id) === line) return false;
    if (kind === "transition" && titleOf(recording, id).includes("becomes leader")) return true;
  }
  return false;
}

/** Puts a note in the place of the step; one in a block is left alone, since only one of its rounds may be meant. */
function judgeUseless(
  figures: ClaimFigures,
  program: number,
  scenario: Scenario,
  text: string,
  { code, message, span }: Diagnostic,
): void {
  const lines = text.split("\n");
  const line = text.slice(0, span.start).split("\n").length;
  // A second `release` is refused, whatever it would have changed.
  if (/^ {4}|^\s*release /.test(lines[line - 1] ?? "")) return;
  const without = lines.map((each, index) => (index === line - 1 ? '  note "nothing"' : each)).join("\n");
  const [other] = check(without).program.scenarios;
  if (other === undefined) return;
  const outcomes = (of: Scenario, source: string): string =>
    JSON.stringify(
      new ScenarioRun(of, source, { mostEvents: MOST_EVENTS })
        .finish()
        .steps.filter((step) => step.line !== line)
        .map((step) => [step.line, step.timeUs, step.ok, step.result]),
    );
  add(figures.tried, code);
  if (outcomes(scenario, text) === outcomes(other, without)) return;
  figures.falseAlarms.push({ program, seed: scenario.config.seed, code, line, message, text });
}

function add(counts: Map<string, number>, code: string): void {
  counts.set(code, (counts.get(code) ?? 0) + 1);
}
