/** Runs of names: `s1..s5`. */

import { NAMES } from "../diagnostics/names.js";
import { childrenOf, type SyntaxNode, spanOf } from "../syntax/tree.js";
import type { CheckContext } from "./context.js";
import { plainText, textOf } from "./literals.js";

/** Longer runs are an error rather than an array that fills the memory. */
const LONGEST_RUN = 10_000;

/**
 * The names of a run, such as `s1..s5` or `/k/01..20`.
 *
 * @returns the names, or `null`, reported, when the two ends do not differ in their last number alone
 */
export function expandRun(context: CheckContext, node: SyntaxNode): readonly string[] | null {
  const [first, last] = childrenOf(node, "Name", "Key");
  const names = runOfNames(plainText(first), plainText(last));
  if (names === null && last !== undefined) context.reporter.report(NAMES.emptyRange, spanOf(node), [textOf(node)]);
  return names;
}

/** The names from `first` to `last`, or `null` when there is no such run. */
export function runOfNames(first: string, last: string): readonly string[] | null {
  const from = splitName(first);
  const to = splitName(last);
  if (from === null || to === null) return null;
  if (to.stem !== "" && from.stem !== to.stem) return null;
  if (to.number < from.number || to.number - from.number >= LONGEST_RUN) return null;
  const width = from.digits.startsWith("0") ? from.digits.length : 0;
  const names: string[] = [];
  for (let number = from.number; number <= to.number; number++) {
    names.push(from.stem + String(number).padStart(width, "0"));
  }
  return names;
}

function splitName(name: string): { readonly stem: string; readonly digits: string; readonly number: number } | null {
  const digits = /\d+$/.exec(name)?.[0];
  if (digits === undefined || digits.length > 9) return null;
  return { stem: name.slice(0, name.length - digits.length), digits, number: Number(digits) };
}
