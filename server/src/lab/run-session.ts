import { check } from "../language/check.js";
import type { Scenario } from "../language/program.js";
import type { EventId, RunResult, SessionInfo } from "../protocol/session.js";
import { runResult } from "../scenario/result.js";
import { ScenarioRun } from "../scenario/run.js";
import type { Recording } from "../trace/recording.js";
import type { RunProgress } from "./contract.js";
import { type OpenSession, recordingInfo } from "./open-session.js";
import type { SessionRecord } from "./record.js";
import { pause } from "./slices.js";

/** Queue items between two looks at the clock, and how long a slice lasts. */
const BATCH = 2_000;
const SLICE_MS = 12;

/** A run of a scenario, in memory. */
export class RunSession implements OpenSession {
  readonly id: string;
  cursor: EventId | null;
  readonly #run: ScenarioRun;
  readonly #info: SessionInfo;
  #cancelled = false;

  private constructor(record: SessionRecord, scenario: Scenario, text: string) {
    this.id = record.info.id;
    this.cursor = record.info.cursor;
    this.#info = record.info;
    this.#run = new ScenarioRun(scenario, text, { seed: record.info.seed });
  }

  /** A run of the record's scenario, not yet begun; or why it cannot be made. */
  static create(record: SessionRecord): RunSession | string {
    const { text, scenario: title } = record;
    if (text === null || title === null) return "The session was kept without its scenario.";
    const found = findRunnable(text, title);
    return typeof found === "string" ? found : new RunSession(record, found, text);
  }

  get recording(): Recording {
    return this.#run.recording;
  }

  get violations(): OpenSession["violations"] {
    return this.#run.report?.violations ?? [];
  }

  /** Runs to the end in slices that leave time for other requests; false when it was cancelled. */
  async finish(signal: AbortSignal, onProgress: (progress: RunProgress) => void): Promise<boolean> {
    for (;;) {
      const until = performance.now() + SLICE_MS;
      while (performance.now() < until) {
        if (this.#run.advance(BATCH)) return true;
      }
      onProgress(this.#progress());
      await pause();
      if (signal.aborted) {
        this.#cancelled = true;
        return false;
      }
    }
  }

  info(): SessionInfo {
    const { report } = this.#run;
    const state: SessionInfo["state"] = this.#cancelled
      ? { kind: "cancelled" }
      : report === null
        ? { kind: "running" }
        : { kind: "finished", verdict: report.verdict };
    const traceHash = report === null ? null : this.recording.log.hash;
    return { ...this.#info, ...recordingInfo(this.recording), state, traceHash, cursor: this.cursor };
  }

  /** The finished run's result. Throws before the end. */
  result(file: string): RunResult {
    return runResult(this.#run, file);
  }

  #progress(): RunProgress {
    const { world, log } = this.recording;
    const line = this.#run.steps.at(-1)?.line;
    const message = line === undefined ? "starting" : `after line ${line}`;
    return { timeUs: world.nowUs, events: log.count, fraction: null, message };
  }
}

/** The scenario with this title, if it can run; otherwise why not, with the place of the first error. */
export function findRunnable(text: string, title: string): Scenario | string {
  const checked = check(text);
  const scenario = checked.program.scenarios.find((candidate) => candidate.title === title);
  if (scenario === undefined) {
    const titles = checked.program.scenarios.map((candidate) => `"${candidate.title}"`);
    const known = titles.length === 0 ? "it has none" : `it has ${titles.join(", ")}`;
    return `The file has no scenario "${title}": ${known}.`;
  }
  if (checked.runnable.has(title)) return scenario;
  const error = checked.diagnostics.find(({ severity }) => severity === "error");
  if (error === undefined) return `"${title}" cannot run: ${scenario.unsupported.join("; ")}`;
  const line = text.slice(0, error.span.start).split("\n").length;
  return `"${title}" cannot run, line ${line}: ${error.message} (${error.code})`;
}
