/** Pieces of messages that several diagnostics share. */

import { t } from "../../l10n/text.js";

/** Keeps a quoted piece of the text short enough for a message. */
export function shorten(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length > 30 ? `${line.slice(0, 29)}…` : line;
}

/** What can be said to somebody who wrote a name that is not known. */
export interface Hint {
  /** What was probably meant; empty when nothing is near. */
  readonly suggestion: string;
  /** What there is, when it is few enough to be told. */
  readonly known: readonly string[];
}

/** The most names that a message lists. */
const MOST_LISTED = 8;

/** The message about a name that is not known. `noun` says what it should be, in the reader's language. */
export function unknown(noun: string, name: string, hint: Hint): string {
  const short = shorten(name);
  if (hint.suggestion !== "") return t("There is no {0} `{1}`; did you mean `{2}`?", noun, short, hint.suggestion);
  if (hint.known.length === 0) return t("There is no {0} `{1}`.", noun, short);
  const names = hint.known.slice(0, MOST_LISTED).map((each) => `\`${each}\``);
  if (hint.known.length > MOST_LISTED) names.push("…");
  return t("There is no {0} `{1}` (known: {2}).", noun, short, listed(names));
}

/** A list of things, all of which count: `a, b, c`. */
export function listed(items: readonly string[]): string {
  return items.join(t(", "));
}

/** Things of which any one will do: `a, b or c`. */
export function anyOf(items: readonly string[]): string {
  const last = items[items.length - 1] ?? "";
  return items.length < 2 ? last : t("{0} or {1}", listed(items.slice(0, -1)), last);
}

/** Things that count together: `a, b and c`. */
export function allOf(items: readonly string[]): string {
  const last = items[items.length - 1] ?? "";
  return items.length < 2 ? last : t("{0} and {1}", listed(items.slice(0, -1)), last);
}
