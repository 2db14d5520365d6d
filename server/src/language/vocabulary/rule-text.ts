import { t } from "../../l10n/text.js";
import type { RuleOutcome } from "./rule-outcome.js";

/** What running a rule's sample showed, in a few sentences for hover and completion, in the reader's language. */
export function outcomeText({ off, on, file }: RuleOutcome): string {
  const [first] = off.broken;
  if (first === undefined) {
    return t("Off, no property falls; on, the same story holds over {0} seeds. Shown in {1}.", on.seeds, file);
  }
  return t(
    "Off, {0} falls after {1} events; on, the same story holds over {2} seeds. Shown in {3}.",
    first,
    off.events,
    on.seeds,
    file,
  );
}
