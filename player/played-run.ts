/** The run that a file holds, made anew from its source. */

import { t } from "../server/src/l10n/text.js";
import { liveCluster } from "../server/src/lab/live-cluster.js";
import { knownCursor, type OpenSession, recordingInfo } from "../server/src/lab/open-session.js";
import { findRunnable } from "../server/src/lab/runnable.js";
import type { RunSource } from "../server/src/protocol/exports.js";
import type { EventId, SessionInfo, StepOutcome, Verdict } from "../server/src/protocol/session.js";
import { LiveRun } from "../server/src/scenario/live-run.js";
import { ScenarioRun } from "../server/src/scenario/run.js";
import type { RunViolation } from "../server/src/scenario/verdict.js";
import type { Recording } from "../server/src/trace/recording.js";

/** Queue items between two pauses. */
const BATCH = 500;
/** More events than a batch of queue items gives. */
const LEAP = 500_000;

/** The engine behind a run: a scenario's, or a live cluster's. */
interface Engine {
  readonly recording: Recording;
  readonly safety: OpenSession["safety"];
  /** `null` for a live cluster. */
  readonly scenario: OpenSession["origin"]["scenario"];
  readonly violations: readonly RunViolation[];
  readonly steps: readonly StepOutcome[];
  /** How it was judged; `null` when it was not. */
  readonly verdict: Verdict | null;
  /** Goes on, with pauses. */
  play(): Generator<void, void, void>;
}

/** A run in the reader's browser: everything that its views need. */
export class PlayedRun implements OpenSession {
  readonly id = "played";
  readonly source: RunSource;
  cursor: EventId | null = null;
  readonly #engine: Engine;
  #played = false;

  private constructor(source: RunSource, engine: Engine) {
    this.source = source;
    this.#engine = engine;
  }

  /** The run of a source, not yet begun; or why there is none. */
  static create(source: RunSource): PlayedRun | string {
    const engine = source.kind === "run" ? scenarioEngine(source) : liveEngine(source);
    return typeof engine === "string" ? engine : new PlayedRun(source, engine);
  }

  get recording(): Recording {
    return this.#engine.recording;
  }

  get safety(): OpenSession["safety"] {
    return this.#engine.safety;
  }

  get origin(): OpenSession["origin"] {
    return { text: this.source.text, scenario: this.#engine.scenario };
  }

  get violations(): readonly RunViolation[] {
    return this.#engine.violations;
  }

  /** What the scenario's steps gave; none of a live session. */
  get steps(): readonly StepOutcome[] {
    return this.#engine.steps;
  }

  /** How it was judged here; `null` for what has no end of its own. */
  get verdict(): Verdict | null {
    return this.#engine.verdict;
  }

  /** Whether it has given the very trace that was exported; `null` while it goes on. */
  get exact(): boolean | null {
    return this.#played ? this.recording.log.hash === this.source.traceHash : null;
  }

  /** Runs to its end, with pauses in which others have their turn. */
  *play(): Generator<void, void, void> {
    yield* this.#engine.play();
    this.#played = true;
    const last = this.recording.log.count - 1;
    this.cursor = knownCursor(this.recording, this.source.cursor) ?? last;
  }

  info(): SessionInfo {
    const { kind, title, seed } = this.source;
    const { verdict } = this;
    return {
      id: this.id,
      kind,
      // Names the file for the panels' links to its lines, which the player shows itself.
      uri: this.source.text === null ? null : "raftlab-player:scenario",
      title,
      seed,
      startedAt: "",
      // Nothing can be done to it any more, whatever could when it was exported.
      state: verdict === null ? { kind: "cancelled" } : { kind: "finished", verdict },
      traceHash: this.recording.log.hash,
      cursor: this.cursor,
      pace: null,
      ...recordingInfo(this.recording),
    };
  }
}

function scenarioEngine(source: RunSource): Engine | string {
  const { text, scenario: title, settings, seed, state, events } = source;
  if (text === null || title === null) return t("The file has no scenario to run.");
  const found = findRunnable(text, title, settings);
  if (typeof found === "string") return found;
  const run = new ScenarioRun(found, text, { seed });
  const limit = state.kind === "finished" ? Number.POSITIVE_INFINITY : events;
  return {
    recording: run.recording,
    safety: run.safety,
    scenario: found,
    get violations() {
      return run.report?.violations ?? [];
    },
    get steps() {
      return run.steps;
    },
    get verdict() {
      return run.report?.verdict ?? null;
    },
    *play() {
      const { log } = run.recording;
      // One at a time near the limit, so as to stop at exactly the event where it was cancelled.
      while (log.count < limit && !run.advance(limit - log.count > LEAP ? BATCH : 1)) yield;
    },
  };
}

function liveEngine(source: RunSource): Engine | string {
  const { live, seed, state, settings } = source;
  const cluster = liveCluster(source, { settings, storyUpTo: live?.storyUpTo ?? undefined });
  if (typeof cluster === "string") return cluster;
  if (live === null) return t("The file does not say how far the live cluster went.");
  const run = new LiveRun(cluster.config, cluster.given, seed, cluster.story);
  let judged: ReturnType<LiveRun["judge"]> | null = null;
  return {
    recording: run.recording,
    safety: run.safety,
    scenario: null,
    get violations() {
      return judged?.violations ?? run.violations;
    },
    get verdict() {
      return judged?.verdict ?? null;
    },
    steps: [],
    *play() {
      yield* run.replay(live.steps, live.timeUs, live.position);
      if (state.kind === "finished") judged = run.judge();
    },
  };
}
