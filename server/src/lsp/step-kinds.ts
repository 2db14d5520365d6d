/** The kinds of steps of the vocabulary, for whoever types a step for a live cluster. */
import { fromTable } from "../l10n/text.js";
import { OPERATION_GROUPS } from "../language/vocabulary/operations.js";
import { STEP_GROUPS } from "../language/vocabulary/steps.js";
import type { StepKindView } from "../protocol/requests.js";

/** Words that only a scenario has a use for. */
const SCENARIO_ONLY: ReadonlySet<string> = new Set(["end", "reach", "until"]);

/** All kinds of steps, those of clients first, in the order of the reference and in the reader's language. */
export function stepKinds(): readonly StepKindView[] {
  return [...OPERATION_GROUPS, ...STEP_GROUPS].flatMap(({ title, entries }) =>
    entries
      .filter(({ name }) => !SCENARIO_ONLY.has(name))
      .map(({ name, syntax, example, says }) => ({
        name,
        group: fromTable(title),
        syntax,
        example,
        says: fromTable(says),
      })),
  );
}
