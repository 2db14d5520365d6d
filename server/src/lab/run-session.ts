import { fileURLToPath } from "node:url";
import { t } from "../l10n/text.js";
import type { Scenario } from "../language/program.js";
import type { EventId, RunResult, SessionInfo } from "../protocol/session.js";
import { LiveRun } from "../scenario/live-run.js";
import { shellQuote } from "../scenario/reproduce.js";
import { runResult } from "../scenario/result.js";
import { ScenarioRun } from "../scenario/run.js";
import type { Recording } from "../trace/recording.js";
import type { RunProgress } from "./contract.js";
import { knownCursor, type OpenSession, recordingInfo } from "./open-session.js";
import type { SessionRecord } from "./record.js";
import type { Limits } from "./rpc.js";
import { findRunnable } from "./runnable.js";
import { inSlice } from "./slice-mark.js";
import { pause } from "./slices.js";

/** Queue items between two looks at the clock, and how long a slice lasts. */
const BATCH = 500;
const SLICE_MS = 12;
/** More events than a batch of queue items gives. */
const LEAP = 500_000;

/** A run of a scenario, in memory. */
export class RunSession implements OpenSession {
  readonly id: string;
  cursor: EventId | null;
  readonly #run: ScenarioRun;
  readonly #info: SessionInfo;
  readonly #text: string;
  #cancelled = false;
  #stopped: string | null = null;
  /** Real time spent on it, milliseconds. */
  #spentMs = 0;
  #tookMs: number | undefined;
  #result: RunResult | null = null;
  readonly #lines: readonly string[];

  private constructor(record: SessionRecord, scenario: Scenario, text: string) {
    this.id = record.info.id;
    this.cursor = record.info.cursor;
    this.#info = record.info;
    this.#text = text;
    this.#tookMs = record.info.tookMs;
    this.#lines = text.split("\n");
    this.#run = new ScenarioRun(scenario, text, { seed: record.info.seed });
  }

  /** A run of the record's scenario, not yet begun; or why it cannot be made. */
  static create(record: SessionRecord): RunSession | string {
    const { text, scenario: title } = record;
    if (text === null || title === null) return t("The session was kept without its scenario.");
    const found = findRunnable(text, title, record.info.settings);
    return typeof found === "string" ? found : new RunSession(record, found, text);
  }

  get origin(): OpenSession["origin"] {
    return { text: this.#text, scenario: this.#run.scenario };
  }

  get safety(): OpenSession["safety"] {
    return this.#run.safety;
  }

  get recording(): Recording {
    return this.#run.recording;
  }

  get violations(): OpenSession["violations"] {
    return this.#run.report?.violations ?? [];
  }

  /** A live cluster that goes on from one of its events, to be brought there. */
  continuedFrom(upTo: EventId): LiveRun {
    const { scenario, seed } = this.#run;
    return new LiveRun(scenario.config, scenario.given, seed, { scenario, source: this.#text, upTo });
  }

  /** Its events without what is said about it as a whole when it has ended: those that something can go on from. */
  get told(): number {
    return this.#run.told;
  }

  lineText(line: number): string | null {
    return this.#lines[line - 1]?.trim() ?? null;
  }

  /** Whether it has been run as far as it will be. */
  get ended(): boolean {
    return this.#cancelled || this.#stopped !== null || this.#run.report !== null;
  }

  /**
   * Runs to the end in slices that leave time for other requests, or to where it was cancelled before; false when it
   * was cancelled, or {@link stopped} at one of the limits.
   */
  async finish(
    signal: AbortSignal,
    onProgress: (progress: RunProgress) => void,
    limits: Limits | null = null,
  ): Promise<boolean> {
    const { state, events } = this.#info;
    const began = performance.now();
    const limit = state.kind === "cancelled" ? events : Number.POSITIVE_INFINITY;
    for (;;) {
      if (inSlice(this.id, () => this.#advance(limit))) break;
      if (limits !== null) this.#stopped = this.#excess(limits);
      if (this.#stopped !== null) return false;
      onProgress(this.#progress());
      await pause();
      if (signal.aborted) this.#cancelled = true;
      if (this.#cancelled) break;
    }
    // Of a run that is only brought back, the first time is the one to tell.
    this.#tookMs ??= Math.round(performance.now() - began);
    this.cursor = knownCursor(this.recording, this.cursor);
    return !this.#cancelled;
  }

  /** One slice; true at the end, or at `limit` events. */
  #advance(limit: number): boolean {
    const { log } = this.recording;
    const began = performance.now();
    while (performance.now() < began + SLICE_MS) {
      if (log.count >= limit) {
        this.#cancelled = true;
        return true;
      }
      // One at a time near the limit, so as to stop at exactly the event where it was cancelled.
      if (this.#run.advance(limit - log.count > LEAP ? BATCH : 1)) return true;
    }
    this.#spentMs += performance.now() - began;
    return false;
  }

  /** Why a run that has not ended by itself does not go on, when it has reached a limit. */
  get stopped(): string | null {
    return this.#stopped;
  }

  #excess({ maxEvents, maxSeconds }: Limits): string | null {
    const { world, log } = this.recording;
    const line = this.#run.steps.at(-1)?.line ?? this.#run.scenario.line;
    const virtual = (world.nowUs / 1_000_000).toFixed(1);
    if (log.count >= maxEvents) {
      return t(
        "The run was stopped after {0} events, at {1} s of virtual time, after line {2}: it may have no more. Shorten the scenario or its workload, or raise the setting {3}.",
        log.count,
        virtual,
        line,
        "raftlab.simulation.maxEvents",
      );
    }
    if (this.#spentMs < maxSeconds * 1000) return null;
    return t(
      "The run was stopped after {0} s, at {1} s of virtual time, after line {2}: it may take no longer. Shorten the scenario or its workload, or raise the setting {3}.",
      maxSeconds,
      virtual,
      line,
      "raftlab.simulation.maxSeconds",
    );
  }

  info(): SessionInfo {
    const { report } = this.#run;
    const state = this.#state();
    const traceHash = report === null ? null : this.recording.log.hash;
    const took = this.#tookMs === undefined ? {} : { tookMs: this.#tookMs };
    return { ...this.#info, ...recordingInfo(this.recording), ...took, state, traceHash, cursor: this.cursor };
  }

  #state(): SessionInfo["state"] {
    if (this.#stopped !== null) return { kind: "failed", message: this.#stopped };
    if (this.#cancelled) return { kind: "cancelled" };
    const { report } = this.#run;
    return report === null ? { kind: "running" } : { kind: "finished", verdict: report.verdict };
  }

  /** The run's result; `null` while it has none, and when it was cancelled. */
  get result(): RunResult | null {
    if (this.#run.report === null) return null;
    // Made once: the chains of causes of its violations are not free.
    this.#result ??= withSettings(runResult(this.#run, fileOf(this.#info.uri)), this.#info.settings ?? []);
    return this.#result;
  }

  #progress(): RunProgress {
    const { world, log } = this.recording;
    const line = this.#run.steps.at(-1)?.line;
    const message = line === undefined ? t("starting") : t("after line {0}", line);
    return { timeUs: world.nowUs, events: log.count, fraction: null, message };
  }
}

/** A result whose line to run it again names the settings that were changed. */
function withSettings(result: RunResult, settings: readonly string[]): RunResult {
  const set = (setting: string): string => ` --set ${shellQuote(setting.trim().replace(/\s+/, "="))}`;
  return { ...result, reproduce: `${result.reproduce}${settings.map(set).join("")}` };
}

/** A document as the command line calls it: the path of a file, otherwise its URI. */
function fileOf(uri: string | null): string {
  if (uri === null) return "";
  if (!uri.startsWith("file://")) return uri;
  try {
    return fileURLToPath(uri);
  } catch {
    return uri;
  }
}
