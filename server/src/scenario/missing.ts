import { sentences } from "../l10n/joined.js";
import type { Condition, Operand } from "../language/program.js";
import { commitAbsence, electionAbsence, leaderAbsence } from "../trace/why/absence.js";
import { holds } from "./conditions.js";
import type { RunContext } from "./context.js";
import { evaluate } from "./operands.js";

/**
 * Why a condition that waits for a leader, a commitment or an election has not come true: what is not there, and what the
 * servers wait for. `null` where the condition is about something else.
 */
export function whatIsMissing(context: RunContext, condition: Condition): string | null {
  const reasons = [...new Set(missing(context, condition))];
  return reasons.length === 0 ? null : sentences(reasons);
}

function missing(context: RunContext, condition: Condition): string[] {
  switch (condition.kind) {
    case "has-leader":
      return some(leaderAbsence(context.recording));
    case "no-leader":
    case "not":
    case "converged":
      return [];
    case "and":
      return condition.operands
        .filter((operand) => !holds(context.looking(), operand))
        .flatMap((operand) => missing(context, operand));
    case "or":
      return condition.operands.flatMap((operand) => missing(context, operand));
    case "compare":
      return [...ofOperand(context, condition.left), ...ofOperand(context, condition.right)];
  }
}

function ofOperand(context: RunContext, operand: Operand): string[] {
  const { recording } = context;
  if (operand.kind !== "nodes" && operand.kind !== "field" && operand.kind !== "key") return [];
  const { kind } = operand.nodes;
  if (kind === "leader" || kind === "followers") {
    const absence = leaderAbsence(recording);
    if (absence !== null) return [absence];
  }
  if (operand.kind !== "field") return [];
  const { field } = operand;
  if (field !== "commit" && field !== "applied" && field !== "role") return [];
  const samples = evaluate(context.looking(), operand);
  if (!samples.ok) return [];
  const absences = samples.value.samples.flatMap(({ of }) => {
    if (of === null) return [];
    return some(field === "role" ? electionAbsence(recording, of) : commitAbsence(recording, of));
  });
  // One server that lacks it stands for all that do.
  return absences.slice(0, 1);
}

function some(text: string | null): string[] {
  return text === null ? [] : [text];
}
