import { describeCondition, holds } from "./conditions.js";
import type { SharedState } from "./context.js";

/** Drops the standing conditions (`always`, `never`) that do not hold now, each with a report. */
export function checkStanding({ standing }: SharedState): void {
  for (let position = standing.length - 1; position >= 0; position -= 1) {
    const item = standing[position];
    if (item === undefined) continue;
    const { kind, condition, context, place } = item;
    if (holds(context.looking(), condition) === (kind === "always")) continue;
    standing.splice(position, 1);
    const was = describeCondition(context.looking(), condition, context.text);
    context.report(place, false, `${kind} ${context.text(condition.span)}: ${was}`);
  }
}

/** Reports the standing conditions that held to the end. */
export function finishStanding({ standing }: SharedState): void {
  for (const { kind, condition, context, place } of standing) {
    context.report(place, true, `${kind} ${context.text(condition.span)}: held to the end`);
  }
}
