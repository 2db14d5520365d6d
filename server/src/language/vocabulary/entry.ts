/** What the language knows of one of its words. Completion, hover, signature help and the reference derive from it. */

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
}

/** Markdown for a hover or a completion's documentation. */
export function documentation(entry: Entry): string {
  const lines = ["```raftlab", entry.syntax, "```", "", entry.says];
  if (entry.values !== undefined) lines.push("", `Values: ${entry.values}. Default: ${entry.default ?? "none"}.`);
  if (entry.example !== entry.syntax) lines.push("", "```raftlab", entry.example, "```");
  if (entry.source !== "") lines.push("", `*${entry.source}*`);
  return lines.join("\n");
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
