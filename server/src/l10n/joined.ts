/** Texts put together in the way of the reader's language. Each takes any number of texts; none give an empty text. */
import { t } from "./text.js";

/** `a, b, c` */
export function commas(texts: readonly string[]): string {
  return joined(texts, (before, text) => t("{0}, {1}", before, text));
}

/** `a; b; c` */
export function semicolons(texts: readonly string[]): string {
  return joined(texts, (before, text) => t("{0}; {1}", before, text));
}

/** `a or b or c` */
export function alternatives(texts: readonly string[]): string {
  return joined(texts, (before, text) => t("{0} or {1}", before, text));
}

/** `a and b and c` */
export function conjunction(texts: readonly string[]): string {
  return joined(texts, (before, text) => t("{0} and {1}", before, text));
}

/** Sentences one after another, without the last one's end. */
export function sentences(texts: readonly string[]): string {
  return joined(texts, (before, text) => t("{0}. {1}", before, text));
}

function joined(texts: readonly string[], join: (before: string, text: string) => string): string {
  const [first = "", ...others] = texts;
  return others.reduce(join, first);
}
