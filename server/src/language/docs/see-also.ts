/** Where a diagnostic's page leads: sections of the paper and the dissertation that it names, and of the language reference. */

import { t } from "../../l10n/text.js";
import type { AnyDefinition } from "../diagnostics/definition.js";
import { STEP_GROUPS } from "../vocabulary/steps.js";
import { lookUp } from "../vocabulary/vocabulary.js";
import { groupOf } from "./diagnostic-groups.js";

/** The lines of "See also", as Markdown list items in the reader's language. `reference` is the path to the language reference. */
export function seeAlso(definition: AnyDefinition, reference: string): readonly string[] {
  const { explanation, title, why, code } = definition;
  const text = [title, explanation, why ?? ""].join(" ");
  const paper = found(text.replace(/(D|dissertation) §[\d.]*\d/g, ""), /§\d+(\.\d+)*|Figure \d+/g);
  const dissertation = found(text, /(?<=(?:D|dissertation) )§\d+(\.\d+)*/g);
  const sections = new Set([...sectionsOf(definition), ...groupOf(code).sections]);
  return [
    ...(paper.length === 0 ? [] : [t("Raft paper {0}", paper.join(", "))]),
    ...(dissertation.length === 0 ? [] : [t("Ongaro's dissertation {0}", dissertation.join(", "))]),
    ...[...sections].map((section) => {
      return t("The scenario language: {0}", `[${section}](${reference}#${slug(section)})`);
    }),
  ];
}

function found(text: string, pattern: RegExp): readonly string[] {
  return [...new Set(text.match(pattern) ?? [])].sort();
}

/** The sections about the step or setting that the mended example is about: the one that the wrong one had otherwise. */
function sectionsOf({ wrong, right }: AnyDefinition): readonly string[] {
  const before = new Set(statements(wrong));
  const changed = statements(right).filter((line) => !before.has(line));
  return changed.flatMap((line) => {
    const [word = "", second = ""] = line.split(/\s+/);
    if (lookUp("setting", word) !== undefined) return ["Clusters"];
    const group = STEP_GROUPS.find(({ entries }) => entries.some(({ name }) => name === word));
    if (group !== undefined) return [group.title];
    return [word, second].some((each) => lookUp("operation", each) !== undefined) ? ["Operations"] : [];
  });
}

function statements(text: string): readonly string[] {
  return text.split(/\n|[{};]/).map((line) => line.trim());
}

/** The anchor of a heading, as Markdown renderers make it. */
export function slug(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} -]/gu, "")
    .replace(/ /g, "-");
}
