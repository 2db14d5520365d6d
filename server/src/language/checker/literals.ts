/** Numbers with units, normalised: microseconds, fractions, bytes, events per second. */

import { t } from "../../l10n/text.js";
import { NAMES } from "../diagnostics/names.js";
import type { Micros, MicrosRange } from "../program.js";
import { readString } from "../syntax/token-errors.js";
import { childrenOf, firstToken, type SyntaxNode, spanOf } from "../syntax/tree.js";
import type { CheckContext } from "./context.js";

/** What kind of quantity is wanted. */
export type Quantity = "duration" | "percent" | "integer" | "size" | "rate";

const DURATION_UNITS: ReadonlyMap<string, number> = new Map([
  ["us", 1],
  ["µs", 1],
  ["μs", 1],
  ["ms", 1_000],
  ["s", 1_000_000],
  ["min", 60_000_000],
]);
const SIZE_UNITS: ReadonlyMap<string, number> = new Map([
  ["", 1],
  ["B", 1],
  ["KiB", 1024],
  ["MiB", 1024 * 1024],
  ["GiB", 1024 * 1024 * 1024],
  ["kB", 1000],
  ["KB", 1000],
  ["MB", 1_000_000],
]);

const EXAMPLES: Readonly<Record<Quantity, () => string>> = {
  duration: () => t("a duration such as `250us`, `5ms`, `1.5s` or `2min`"),
  percent: () => t("a percentage from `0%` to `100%`"),
  integer: () => t("a whole number"),
  size: () => t("a size such as `64KiB`"),
  rate: () => t("a rate such as `200/s`"),
};

/** How messages call a kind of quantity. */
export function quantityText(quantity: Quantity): string {
  return EXAMPLES[quantity]();
}

/** A number split from its unit. */
export function splitNumber(text: string): { readonly value: number; readonly unit: string } | null {
  const match = /^(-?\d+(?:\.\d+)?)(.*)$/su.exec(text);
  if (match?.[1] === undefined) return null;
  const value = Number(match[1]);
  return Number.isFinite(value) ? { value, unit: match[2] ?? "" } : null;
}

/** The quantity that a number's text states, or `null` when it states another or none. */
export function quantityOf(text: string, quantity: Quantity, negative = false): number | null {
  const split = splitNumber(text);
  if (split === null || (split.value < 0 && !negative)) return null;
  const { value, unit } = split;
  switch (quantity) {
    case "duration": {
      const factor = value === 0 && unit === "" ? 1 : DURATION_UNITS.get(unit);
      return factor === undefined ? null : bounded(Math.round(value * factor));
    }
    case "percent":
      return unit === "%" && Math.abs(value) <= 100 ? value / 100 : null;
    case "integer":
      return unit === "" && Number.isSafeInteger(value) ? value : null;
    case "size": {
      const factor = SIZE_UNITS.get(unit);
      return factor === undefined ? null : bounded(Math.round(value * factor));
    }
    case "rate":
      return unit === "/s" && value > 0 ? value : null;
  }
}

function bounded(value: number): number | null {
  return Number.isSafeInteger(value) ? value : null;
}

/** Reads a `Literal` node as a quantity; reports and returns `null` when it is not one. */
export function readQuantity(
  context: CheckContext,
  node: SyntaxNode | undefined,
  quantity: Quantity,
  negative = false,
): number | null {
  const token = node === undefined ? undefined : firstToken(node);
  if (node === undefined || token === undefined) return null;
  const value = token.kind === "number" ? quantityOf(token.text, quantity, negative) : null;
  if (value === null)
    context.reporter.report(NAMES.wrongUnit, spanOf(node), [
      token.text,
      quantity === "percent" && negative ? t("a percentage from `-100%` to `100%`") : quantityText(quantity),
    ]);
  return value;
}

/** Reads a duration. A missing or wrong one counts as 0, its error already reported. */
export function readDuration(context: CheckContext, node: SyntaxNode | undefined): Micros {
  return readQuantity(context, node, "duration") ?? 0;
}

/** Reads a duration or a range of durations. */
export function readDurationRange(context: CheckContext, node: SyntaxNode | undefined): MicrosRange | null {
  if (node === undefined) return null;
  if (node.kind !== "LiteralRange") {
    const value = readQuantity(context, node, "duration");
    return value === null ? null : { min: value, max: value };
  }
  const [low, high] = childrenOf(node, "Literal");
  const min = readQuantity(context, low, "duration");
  const max = readQuantity(context, high, "duration");
  if (min === null || max === null) return null;
  if (min > max) {
    context.reporter.report(NAMES.emptyRange, spanOf(node), [textOf(node)]);
    return { min: max, max: min };
  }
  return { min, max };
}

/** The text of a node's tokens, white space left out. */
export function textOf(node: SyntaxNode): string {
  let text = "";
  for (const child of node.children) {
    if ("children" in child) text += textOf(child);
    else if (child.kind !== "space" && child.kind !== "newline" && child.kind !== "comment") text += child.text;
  }
  return text;
}

/** What a word, path, number or string token stands for as plain text. */
export function plainText(node: SyntaxNode | undefined): string {
  const token = node === undefined ? undefined : firstToken(node);
  if (token === undefined) return "";
  return token.kind === "string" ? readString(token.text).value : token.text;
}
