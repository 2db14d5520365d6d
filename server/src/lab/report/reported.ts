import { t } from "../../l10n/text.js";
import type { RunSource } from "../../protocol/exports.js";
import type { StepOutcome } from "../../protocol/session.js";
import type { RunViolation } from "../../scenario/verdict.js";
import type { Recording } from "../../trace/recording.js";
import { formatCount } from "../../view-model/time.js";

/** A run that is told of. */
export interface Reported {
  readonly source: RunSource;
  readonly recording: Recording;
  readonly violations: readonly RunViolation[];
  /** What the scenario's steps gave; none of a live session. */
  readonly steps: readonly StepOutcome[];
}

/** Says how many rows a table leaves out. */
export function leftOut(rows: number): readonly string[] {
  return rows > 0 ? [t("{0} more are left out.", formatCount(rows))] : [];
}
