/** The documented words of the language, as hover and completion show them. */
import { NODE_FIELDS } from "../language/vocabulary/fields.js";
import { MESSAGE_TYPES as MESSAGES } from "../language/vocabulary/messages.js";
import { PROPERTIES } from "../language/vocabulary/properties.js";
import { ERRORS, RESULTS } from "../language/vocabulary/results.js";
import { RULES } from "../language/vocabulary/rules.js";

/** What a word belongs to; the same word may mean something else elsewhere. */
export type WordKind =
  | "step"
  | "operation"
  | "setting"
  | "role"
  | "rule"
  | "property"
  | "message"
  | "field"
  | "result"
  | "error"
  | "value"
  | "clause";

/** A word with its documentation. */
export interface Word {
  readonly kind: WordKind;
  readonly name: string;
  /** How it is written, with its arguments; the name alone where it has none. */
  readonly syntax: string;
  /** Markdown. */
  readonly says: string;
  /** Section of the paper or the dissertation, or etcd's documentation; `""` where there is none. */
  readonly source: string;
  readonly example: string;
}

const ALL: readonly Word[] = [
  ...RULES.map((rule) =>
    word("rule", rule.name, {
      says: `${rule.says}\n\nProtects: ${rule.protects.join(", ")}.`,
      source: rule.source,
      example: `rule ${rule.name} off`,
    }),
  ),
  ...PROPERTIES.map((property) =>
    word("property", property.name, { ...property, example: `expect violation of ${property.name}` }),
  ),
  ...MESSAGES.map((message) => word("message", message.name, message)),
  ...NODE_FIELDS.map((field) =>
    word("field", field.name, { ...field, says: `${field.says}\n\nValue: ${field.type}.` }),
  ),
  ...RESULTS.map((result) => word("result", result.name, result)),
  ...ERRORS.map((error) => word("error", error.name, { ...error, example: `=> error ${error.name}` })),
];

function word(
  kind: WordKind,
  name: string,
  rest: { readonly says: string; readonly syntax?: string; readonly source?: string; readonly example?: string },
): Word {
  const { says, syntax = name, source = "", example = "" } = rest;
  return { kind, name, syntax, says, source, example };
}

const BY_KIND: ReadonlyMap<WordKind, ReadonlyMap<string, Word>> = groupByKind();

function groupByKind(): ReadonlyMap<WordKind, ReadonlyMap<string, Word>> {
  const groups = new Map<WordKind, Map<string, Word>>();
  for (const entry of ALL) {
    const group = groups.get(entry.kind) ?? new Map<string, Word>();
    group.set(entry.name, entry);
    groups.set(entry.kind, group);
  }
  return groups;
}

/** All words of a kind, in the order in which they are taught. */
export function wordsOf(kind: WordKind): readonly Word[] {
  return [...(BY_KIND.get(kind)?.values() ?? [])];
}

/** One word, if it is documented as one of the kinds; the first kind wins. */
export function findWord(name: string, ...kinds: readonly WordKind[]): Word | undefined {
  for (const kind of kinds) {
    const found = BY_KIND.get(kind)?.get(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A word's documentation as Markdown. */
export function wordMarkdown(entry: Word): string {
  const parts = ["```raftlab", entry.syntax, "```", "", entry.says];
  if (entry.example !== "" && entry.example !== entry.syntax) {
    parts.push("", "Example:", "```raftlab", entry.example, "```");
  }
  if (entry.source !== "") parts.push("", `*${sourceText(entry.source)}*`);
  return parts.join("\n");
}

/** `§5.2` and `D §9.6` in words for somebody who has not read the key. */
function sourceText(source: string): string {
  return source.replace(/D §/g, "dissertation §").replace(/(^|, )(§|Fig)/g, "$1Raft paper $2");
}
