import { t } from "../l10n/text.js";
import { describeCondition, holds } from "./conditions.js";
import type { SharedState } from "./context.js";

/**
 * Drops the standing conditions that are decided now, each with a report: an `always` or `never` that does not hold, a
 * `reach` that has got there.
 */
export function checkStanding({ standing }: SharedState): void {
  for (let position = standing.length - 1; position >= 0; position -= 1) {
    const item = standing[position];
    if (item === undefined) continue;
    const { kind, condition, context, place } = item;
    // Its story is over, and takes it along.
    if (context.story?.over === true) continue;
    // A `never` or a `reach` is decided once it holds.
    if (holds(context.looking(), condition) === (kind === "always")) continue;
    standing.splice(position, 1);
    const was = describeCondition(context.looking(), condition, context.text);
    context.report(place, kind === "reach", t("{0}: {1}", `${kind} ${context.text(condition.span)}`, was));
  }
}

/**
 * Reports the standing conditions that held to the end, and what was not reached: one run that does not get there is no
 * failure, since `reach` asks for some run over all seeds.
 */
export function finishStanding({ standing }: SharedState): void {
  for (const { kind, condition, context, place } of standing) {
    const text = kind === "reach" ? t("not reached with this seed; another one may get there") : t("held to the end");
    context.report(place, true, t("{0}: {1}", `${kind} ${context.text(condition.span)}`, text));
  }
}
