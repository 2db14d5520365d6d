/** What the file says of its run, checked: a file can be edited, or come from another version. */

import { arrayOf, type Guard, isNumber, isString, literal, nullable, object, union } from "../media/shared/guard.js";
import type { RunSource, SourcePlace, SourceStep } from "../server/src/protocol/exports.js";
import type { SessionState } from "../server/src/protocol/session.js";

const isState: Guard<SessionState> = union(
  object<{ readonly kind: "running" }>({ kind: literal("running") }),
  object<{ readonly kind: "paused" }>({ kind: literal("paused") }),
  object<{ readonly kind: "cancelled" }>({ kind: literal("cancelled") }),
  object<Extract<SessionState, { kind: "finished" }>>({
    kind: literal("finished"),
    verdict: literal("pass", "fail", "unproven"),
  }),
  object<Extract<SessionState, { kind: "failed" }>>({ kind: literal("failed"), message: isString }),
);

const isStep = object<SourceStep>({ text: isString, timeUs: isNumber, position: isNumber });

const isSource: Guard<RunSource> = object<RunSource>({
  kind: literal("run", "live"),
  title: isString,
  file: nullable(isString),
  text: nullable(isString),
  scenario: nullable(isString),
  seed: isNumber,
  settings: arrayOf(isString),
  live: nullable(
    object<SourcePlace>({
      storyUpTo: nullable(isNumber),
      steps: arrayOf(isStep),
      timeUs: isNumber,
      position: isNumber,
    }),
  ),
  state: isState,
  events: isNumber,
  traceHash: isString,
  cursor: nullable(isNumber),
});

/** Reads the run's source; `null` when the text is none. */
export function readSource(json: string): RunSource | null {
  try {
    const value: unknown = JSON.parse(json);
    return isSource(value) ? value : null;
  } catch {
    return null;
  }
}
