/** What of a kept run can be flipped for another run of the same steps. */
import { t } from "../l10n/text.js";
import { flipped, knobsOf } from "../language/knobs.js";
import type { runSettingsRequest } from "../protocol/comparison.js";
import type { ResultOf } from "./contract.js";
import type { SessionRecord } from "./record.js";
import { findRunnable } from "./runnable.js";

/** The settings of a run's cluster, and what is wrong with one of them written otherwise. */
export function runSettings(
  { text, scenario: title, info }: SessionRecord,
  setting: string | undefined,
): ResultOf<typeof runSettingsRequest> {
  if (info.kind === "live" || text === null || title === null)
    return { ok: false, message: t("“{0}” is a live cluster. This is for runs of scenarios.", info.title) };
  const scenario = findRunnable(text, title, info.settings);
  if (typeof scenario === "string") return { ok: false, message: scenario };
  const tried = setting === undefined ? scenario : flipped(scenario, [setting]);
  return { ok: true, settings: knobsOf(scenario.config), problem: typeof tried === "string" ? tried : null };
}
