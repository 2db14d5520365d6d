/** The generated parts of docs/language.md: tables made from the vocabulary. */

import type { Entry } from "../vocabulary/entry.js";
import { NODE_FIELDS } from "../vocabulary/fields.js";
import { OPERATION_GROUPS } from "../vocabulary/operations.js";
import { PART_GROUPS } from "../vocabulary/parts.js";
import { INVARIANT_ENTRIES, PROPERTIES } from "../vocabulary/properties.js";
import { ERRORS, RESULTS } from "../vocabulary/results.js";
import { RULES } from "../vocabulary/rules.js";
import { CONDITIONS, SELECTORS } from "../vocabulary/selectors.js";
import { SETTINGS } from "../vocabulary/settings.js";
import { STEP_GROUPS } from "../vocabulary/steps.js";
import { entriesOf } from "../vocabulary/vocabulary.js";

type Row = readonly string[];

function table(head: Row, rows: readonly Row[]): string {
  const line = (cells: Row): string => `| ${cells.map(cell).join(" | ")} |`;
  return [line(head), `|${head.map(() => "---").join("|")}|`, ...rows.map(line)].join("\n");
}

function cell(text: string): string {
  return text.replace(/\|/g, "\\|").replace(/\n/g, " ");
}

function code(text: string): string {
  return `\`${text}\``;
}

function source(text: string): string {
  return text === "" ? "" : ` (${text})`;
}

function words(entries: readonly Entry[]): string {
  const rows = entries.map((entry) => [
    code(entry.syntax),
    `${entry.says}${source(entry.source)}`,
    code(entry.example),
  ]);
  return table(["written", "meaning", "example"], rows);
}

/** The generated parts by name. */
export function generatedParts(): ReadonlyMap<string, string> {
  return new Map([
    [
      "settings",
      table(
        ["setting", "values", "default", "meaning"],
        SETTINGS.map((entry) => [
          code(entry.name),
          entry.values ?? "",
          entry.default ?? "",
          `${entry.says}${source(entry.source)}`,
        ]),
      ),
    ],
    ["steps", STEP_GROUPS.map((group) => `### ${group.title}\n\n${words(group.entries)}`).join("\n\n")],
    ["operations", OPERATION_GROUPS.map((group) => `### ${group.title}\n\n${words(group.entries)}`).join("\n\n")],
    ["parts", PART_GROUPS.map((group) => `### ${group.title}\n\n${words(group.entries)}`).join("\n\n")],
    ["selectors", words(SELECTORS)],
    ["conditions", words(CONDITIONS)],
    [
      "fields",
      table(
        ["field", "is", "meaning", "example"],
        NODE_FIELDS.map((field) => [
          code(field.name),
          field.type,
          `${field.says}${source(field.source)}`,
          code(field.example),
        ]),
      ),
    ],
    [
      "results",
      table(
        ["result", "meaning", "example"],
        RESULTS.map((each) => [code(each.name), each.says, code(each.example)]),
      ),
    ],
    [
      "errors",
      table(
        ["error", "meaning"],
        ERRORS.map((each) => [code(each.name), each.says]),
      ),
    ],
    [
      "messages",
      table(
        ["message", "meaning"],
        entriesOf("message").map((entry) => [code(entry.name), `${entry.says}${source(entry.source)}`]),
      ),
    ],
    [
      "rules",
      table(
        ["rule", "says", "protects"],
        RULES.map((rule) => [code(rule.name), `${rule.says} (${rule.source})`, rule.protects.join(", ")]),
      ),
    ],
    [
      "properties",
      table(
        ["property", "says"],
        PROPERTIES.map((each) => [code(each.name), `${each.says} (${each.source})`]),
      ),
    ],
    [
      "invariants",
      table(
        ["invariant", "says"],
        INVARIANT_ENTRIES.map((each) => [code(each.name), `${each.says} (${each.source})`]),
      ),
    ],
  ]);
}

/**
 * A page with its generated parts brought up to date. They stand between `<!-- generated: NAME -->` and
 * `<!-- end -->`; everything else is left alone.
 */
export function withGeneratedParts(page: string): string {
  const parts = generatedParts();
  return page.replace(
    /(<!-- generated: ([a-z]+) -->\n)[\s\S]*?(<!-- end -->)/g,
    (_all, head: string, name: string, end: string) => {
      return `${head}\n${parts.get(name) ?? ""}\n\n${end}`;
    },
  );
}
