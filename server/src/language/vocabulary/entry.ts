/** What the language knows of one of its words. Completion, hover, signature help and the reference derive from it. */

import { fromTable, t } from "../../l10n/text.js";
import { allOf } from "../diagnostics/words.js";
import type { RuleOutcome } from "./rule-outcome.js";
import { outcomeText } from "./rule-text.js";

/** What kind of word it is. */
export type EntryKind =
  | "setting"
  | "step"
  | "operation"
  /** A word that is part of an operation. */
  | "part"
  | "selector"
  | "condition"
  | "field"
  | "message"
  | "rule"
  | "property"
  | "result"
  | "error";

/** One word of the language. */
export interface Entry {
  readonly kind: EntryKind;
  readonly name: string;
  /** How it is written: capitals for what the user fills in, `[ ]` for what may be missing. */
  readonly syntax: string;
  /** Markdown: what it does, in the words of the Raft paper or of etcd. */
  readonly says: string;
  /** Section of the Raft paper (§), of Ongaro's dissertation (D §), or etcd. */
  readonly source: string;
  /** A line that uses it. */
  readonly example: string;
  /** For settings: which values it takes. */
  readonly values?: string;
  /** For settings: what holds when it is not set. */
  readonly default?: string;
  /** Words to offer as values. */
  readonly choices?: readonly string[];
  /** For fields: what kind of value it is, in words. */
  readonly type?: string;
  /** For rules: the properties that can fall when it is off. */
  readonly protects?: readonly string[];
  /** For rules: what running its sample showed. */
  readonly outcome?: RuleOutcome;
}

/** What the word means, in the reader's language: Markdown without the word itself. */
export function meaning(entry: Entry): string {
  const paragraphs = [fromTable(entry.says)];
  if (entry.type !== undefined) paragraphs.push(t("Its value: {0}.", fromTable(entry.type)));
  if (entry.protects !== undefined) paragraphs.push(t("Protects {0}.", allOf(entry.protects)));
  if (entry.outcome !== undefined) paragraphs.push(outcomeText(entry.outcome));
  if (entry.values !== undefined) {
    const usual = entry.default === undefined ? t("none") : fromTable(entry.default);
    paragraphs.push(t("Values: {0}. Default: {1}.", fromTable(entry.values), usual));
  }
  return paragraphs.join("\n\n");
}

/** Markdown for a hover or a completion's documentation, in the reader's language. */
export function documentation(entry: Entry): string {
  const lines = ["```raftlab", entry.syntax, "```", "", meaning(entry)];
  if (entry.example !== entry.syntax) lines.push("", "```raftlab", entry.example, "```");
  if (entry.source !== "") lines.push("", `*${sourceText(entry.source)}*`);
  return lines.join("\n");
}

/**
 * Where a statement is from, spelt out for somebody who meets it alone: `§5.2, Fig. 2, D §9.6` is the Raft paper and Ongaro's
 * dissertation.
 */
export function sourceText(source: string): string {
  const pieces = source.split(", ");
  const ofPaper = pieces.filter((piece) => /^(§|Fig[.])/.test(piece)).join(", ");
  const ofDissertation = pieces.filter((piece) => piece.startsWith("D §")).map((piece) => piece.slice(2));
  return [
    ...(ofPaper === "" ? [] : [t("Raft paper {0}", ofPaper)]),
    ...(ofDissertation.length === 0 ? [] : [t("Ongaro's dissertation {0}", ofDissertation.join(", "))]),
    ...otherSources(source).map(fromTable),
  ].join(" · ");
}

/** What a source names besides the paper and the dissertation. */
export function otherSources(source: string): readonly string[] {
  return source.split(", ").filter((piece) => piece !== "" && !/^(§|Fig[.]|D §)/.test(piece));
}

/** A snippet in the editor's notation: what must be filled in becomes a placeholder, optional parts are left out. */
export function snippet(entry: Entry): string {
  let stop = 0;
  let syntax = entry.syntax;
  for (let before = ""; before !== syntax; ) {
    before = syntax;
    syntax = syntax.replace(/ ?\[[^[\]]*\]/g, "");
  }
  return syntax
    .replace(/[$}\\]/g, "\\$&")
    .replace(/\b[A-Z][A-Z-]*\b/g, (word) => `\${${++stop}:${word.toLowerCase()}}`)
    .trim();
}
