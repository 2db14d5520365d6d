import { t } from "../l10n/text.js";

/** Alternatives in one text: `a or b or c`; empty for none. */
export function alternatives(texts: readonly string[]): string {
  const [first = "", ...others] = texts;
  return others.reduce((before, text) => t("{0} or {1}", before, text), first);
}

/** Sentences one after another, without the last one's end; empty for none. */
export function sentences(texts: readonly string[]): string {
  const [first = "", ...others] = texts;
  return others.reduce((before, text) => t("{0}. {1}", before, text), first);
}
