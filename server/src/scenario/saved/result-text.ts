import { stringText } from "../../language/print/string-text.js";
import type { Operation } from "../../language/program.js";
import { ERRORS, possibleResults, type ResultKind } from "../../language/vocabulary/results.js";
import type { Answer } from "../clients/answer.js";

/**
 * What an operation answered, as it stands behind `=>`; `null` where the language has no word for it. `operation` is `null` where
 * it is not known: then any result may stand there.
 */
export function resultText(answer: Answer, operation: Operation | null): string | null {
  const possible = operation === null ? null : possibleResults(operation);
  const may = (kind: ResultKind): boolean => possible === null || possible.includes(kind);
  const { values, error } = answer;
  const [value] = values;
  if (answer.timeout) return "timeout";
  if (error !== null) return ERRORS.some(({ name }) => name === error) ? `error ${error}` : null;
  if (answer.failed && may("failed")) return "failed";
  if (answer.nothing && may("none")) return "none";
  if (value !== undefined && values.length === 1 && may("value")) return stringText(value);
  if (values.length > 1 && may("values")) return `[${values.map(stringText).join(" ")}]`;
  if (answer.done && may("ok")) return "ok";
  return answer.number !== null && may("number") ? String(answer.number) : null;
}
