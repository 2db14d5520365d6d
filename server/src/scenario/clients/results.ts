import { alternatives } from "../../l10n/joined.js";
import { t } from "../../l10n/text.js";
import type { ExpectedOutcome, ExpectedResult, ExpectedRevisions, Operand } from "../../language/program.js";
import { type ConditionContext, evaluateOne } from "../operands.js";
import { sameValue, showValue } from "../values.js";
import type { Answer } from "./answer.js";
import { asText } from "./requests.js";
import { SECOND_US } from "./seconds.js";

/** Whether an answer is what `=>` asks for. Without it any definite answer will do, but no error. */
export function meets(context: ConditionContext, answer: Answer, expected: ExpectedResult | null): boolean {
  if (expected === null) return !answer.timeout && answer.error === null;
  return expected.outcomes.some((alternative) => meetsOne(context, answer, alternative));
}

/** What `=>` asks for, as text. */
export function expectedText(context: ConditionContext, expected: ExpectedResult | null): string {
  if (expected === null) return t("an answer");
  return alternatives(expected.outcomes.map((outcome) => alternativeText(context, outcome)));
}

function meetsOne(context: ConditionContext, answer: Answer, expected: ExpectedOutcome): boolean {
  switch (expected.kind) {
    case "timeout":
      return answer.timeout;
    case "error":
      return answer.error === expected.error;
    case "ok":
      return answer.done && (expected.rev === null || answer.revision === expected.rev);
    case "none":
      return answer.nothing;
    case "failed":
      return answer.failed;
    case "ttl":
      return answer.ttlUs !== null && answer.ttlUs >= expected.min && answer.ttlUs <= expected.max;
    case "value":
      return (
        (valuesMeet(context, answer, [expected.value]) && revisionsMeet(answer, expected)) ||
        countMeets(context, answer, expected.value)
      );
    case "values":
      return valuesMeet(context, answer, expected.values);
  }
}

function valuesMeet(context: ConditionContext, { values }: Answer, wanted: readonly Operand[]): boolean {
  return (
    values.length === wanted.length &&
    values.every((value, position) => {
      const operand = wanted[position];
      if (operand === undefined) return false;
      const known = evaluateOne(context, operand);
      return known.ok && sameValue(asText(known.value), value);
    })
  );
}

/** A number that stands for how many there were; values are compared as values first. */
function countMeets(context: ConditionContext, { values, number, done, nothing }: Answer, operand: Operand): boolean {
  if (number === null || values.length > 0 || !(done || nothing)) return false;
  const known = evaluateOne(context, operand);
  return known.ok && sameValue(asText(known.value), String(number));
}

function revisionsMeet({ pairs }: Answer, { rev, create, version }: ExpectedRevisions): boolean {
  if (rev === null && create === null && version === null) return true;
  const [pair] = pairs;
  if (pair === undefined) return false;
  return (
    (rev === null || pair.modRevision === rev) &&
    (create === null || pair.createRevision === create) &&
    (version === null || pair.version === version)
  );
}

function alternativeText(context: ConditionContext, expected: ExpectedOutcome): string {
  const show = (operand: Operand): string => {
    const value = evaluateOne(context, operand);
    return value.ok ? showValue(context.world, asText(value.value)) : value.message;
  };
  switch (expected.kind) {
    case "value": {
      const { rev, create, version } = expected;
      const stated = [
        ...(rev === null ? [] : [`rev ${rev}`]),
        ...(create === null ? [] : [`create ${create}`]),
        ...(version === null ? [] : [`version ${version}`]),
      ];
      return [show(expected.value), ...stated].join(" ");
    }
    case "values":
      return `[${expected.values.map(show).join(" ")}]`;
    case "error":
      return `error ${expected.error}`;
    case "ok":
      return expected.rev === null ? "ok" : `ok rev ${expected.rev}`;
    case "ttl": {
      const seconds = (us: number): string => `${us / SECOND_US}s`;
      return expected.min === expected.max
        ? seconds(expected.min)
        : `${seconds(expected.min)}..${seconds(expected.max)}`;
    }
    default:
      return expected.kind;
  }
}
