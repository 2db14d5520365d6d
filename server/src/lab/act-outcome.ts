import { t } from "../l10n/text.js";
import type { StepOutcome } from "../protocol/session.js";
import type { LiveAct } from "../scenario/live-run.js";
import type { Recording } from "../trace/recording.js";

/** What a person's step gave, as one outcome: the last result, failed when any part of it failed. */
export function outcomeOf(act: LiveAct, step: string, recording: Recording, before: number): StepOutcome {
  const { world, log } = recording;
  const failed = act.outcomes.find(({ ok }) => !ok);
  const last = failed ?? act.outcomes.at(-1);
  if (last !== undefined) return { ...last, ok: failed === undefined && act.done };
  const result = act.done ? t("done: {0}", step) : t("no result yet");
  return { line: 0, timeUs: world.nowUs, eventId: Math.min(before, log.count - 1), ok: act.done, result };
}
