import { DIAGNOSTICS } from "../diagnostics/catalog.js";

/** The texts of this part that stand in tables and are made Chinese by `fromTable`: for the translators' list. */
export function translatableTables(): readonly string[] {
  return DIAGNOSTICS.flatMap(({ title, explanation }) => [title, explanation]);
}
