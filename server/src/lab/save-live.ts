import { t } from "../l10n/text.js";
import type { Outcome } from "../protocol/requests.js";
import { ScenarioRun } from "../scenario/run.js";
import { saveSession } from "../scenario/saved/write.js";
import type { LiveSession } from "./live-session.js";
import { fileName } from "./run-source.js";
import { findRunnable } from "./runnable.js";
import { pause } from "./slices.js";

/** How long a saved session may run, in real time, to see whether it gives the same trace. */
const PROOF_MS = 20_000;
const SLICE_MS = 8;
const BATCH = 500;

/** A live session as a scenario. */
export interface SavedLive {
  /** The text of a `.raftlab` file. */
  readonly text: string;
  /** The title of its scenario. */
  readonly scenario: string;
  /** The hash of the session's trace, up to where it stood. */
  readonly traceHash: string;
  /** Whether the scenario was run and gave that hash; `null`: it takes too long to see. */
  readonly exact: boolean | null;
}

/** Writes a live session, as it stands now, as a scenario, and runs that to see that it is the session over again. */
export async function saveLive(session: LiveSession, signal: AbortSignal): Promise<Outcome<SavedLive>> {
  const { place } = session;
  const { title, uri, seed } = session.info();
  // The session goes on meanwhile: what is written is a copy of it, brought to where it stood.
  const copy = session.again();
  const replay = copy.replay(place.steps, place.timeUs, place.position);
  while (replay.next().done !== true) {
    await pause();
    if (signal.aborted) return { ok: false, message: t("Saving was cancelled.") };
  }
  const traceHash = copy.recording.log.hash;
  const scenario = t("live session of {0}", title);
  const file = uri === null ? null : fileName(uri);
  const about = [
    file === null
      ? t("A live session, saved as it went, with seed {0}.", seed)
      : t("A live session of “{0}” in {1}, saved as it went, with seed {2}.", title, file, seed),
    t("Its run gives the trace {0}.", traceHash),
  ];
  const text = saveSession(copy, { title: scenario, about });
  const exact = await gives(text, scenario, traceHash, signal);
  if (signal.aborted) return { ok: false, message: t("Saving was cancelled.") };
  return { ok: true, text, scenario, traceHash, exact };
}

/** Whether a scenario's run gives this hash; `null` when that takes too long. */
async function gives(text: string, title: string, traceHash: string, signal: AbortSignal): Promise<boolean | null> {
  const found = findRunnable(text, title);
  if (typeof found === "string") return false;
  const run = new ScenarioRun(found, text);
  const limit = performance.now() + PROOF_MS;
  for (;;) {
    const until = performance.now() + SLICE_MS;
    while (performance.now() < until) if (run.advance(BATCH)) return run.recording.log.hash === traceHash;
    if (performance.now() > limit || signal.aborted) return null;
    await pause();
  }
}
