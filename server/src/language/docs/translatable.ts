/** The texts of the language that stand in tables and are made Chinese by `fromTable`: for the translators' list. */

import { ALL_DIAGNOSTICS } from "../diagnostics/catalog.js";
import { EXPECTED } from "../syntax/expected.js";
import { type Entry, otherSources } from "../vocabulary/entry.js";
import { VOCABULARY } from "../vocabulary/vocabulary.js";
import { DIAGNOSTIC_GROUPS } from "./diagnostic-groups.js";

/** All of them, each once. */
export function translatableTables(): readonly string[] {
  return [
    ...new Set([
      ...ALL_DIAGNOSTICS.flatMap(({ title, explanation, why }) => [
        title,
        explanation,
        ...(why === undefined ? [] : [why]),
      ]),
      ...DIAGNOSTIC_GROUPS.flatMap(({ title, says, why }) => [title, says, why]),
      ...EXPECTED.filter(hasWords),
      ...VOCABULARY.flatMap(textsOf),
    ]),
  ];
}

function textsOf({ says, values, default: usual, type, source }: Entry): readonly string[] {
  const texts = [values, usual, type].filter((text) => text !== undefined && hasWords(text));
  // Names of things, such as `etcd KV`, are the same in every language.
  const sources = otherSources(source).filter((piece) => piece.includes("'s "));
  return [says, ...texts.flatMap((text) => text ?? []), ...sources];
}

/** Whether there is anything to translate besides code and numbers. */
function hasWords(text: string): boolean {
  return /[A-Za-z]/.test(text.replace(/`[^`]*`/g, ""));
}
