/** The whole vocabulary: the one source of what completion, hover and the reference say. */

import type { Entry, EntryKind } from "./entry.js";
import { NODE_FIELDS } from "./fields.js";
import { MESSAGE_TYPES } from "./messages.js";
import { OPERATIONS } from "./operations.js";
import { PARTS } from "./parts.js";
import { ALL_PROPERTIES } from "./properties.js";
import { ERRORS, RESULTS } from "./results.js";
import { RULE_OUTCOMES } from "./rule-outcomes.js";
import { RULES } from "./rules.js";
import { CONDITIONS, SELECTORS } from "./selectors.js";
import { SETTINGS } from "./settings.js";
import { STEPS } from "./steps.js";

const FIELDS: readonly Entry[] = NODE_FIELDS.map((field) => ({
  kind: "field",
  name: field.name,
  syntax: `NODE.${field.name}`,
  says: field.says,
  type: field.type,
  source: field.source,
  example: `expect ${field.example}`,
}));

const MESSAGES: readonly Entry[] = MESSAGE_TYPES.map((message) => ({
  kind: "message",
  name: message.name,
  syntax: message.name,
  says: message.says,
  source: message.source,
  example: `drop ${message.name} s1 -> s2`,
}));

const RULE_ENTRIES: readonly Entry[] = RULES.map((rule) => {
  const outcome = RULE_OUTCOMES.find((other) => other.rule === rule.name);
  return {
    kind: "rule",
    name: rule.name,
    syntax: `rule ${rule.name} off`,
    says: rule.says,
    protects: rule.protects,
    source: rule.source,
    example: `rule ${rule.name} off`,
    ...(outcome === undefined ? {} : { outcome }),
  };
});

const PROPERTY_ENTRIES: readonly Entry[] = ALL_PROPERTIES.map((property) => ({
  kind: "property",
  name: property.name,
  syntax: property.name,
  says: property.says,
  source: property.source,
  example: `expect violation of ${property.name}`,
}));

const RESULT_ENTRIES: readonly Entry[] = RESULTS.map((result) => ({
  kind: "result",
  name: result.name,
  syntax: `=> ${result.name}`,
  says: result.says,
  source: "",
  example: result.example,
}));

const ERROR_ENTRIES: readonly Entry[] = ERRORS.map((error) => ({
  kind: "error",
  name: error.name,
  syntax: `=> error ${error.name}`,
  says: error.says,
  source: "etcd",
  example: `get color => error ${error.name}`,
}));

/** Every word of the language that has something to say. */
export const VOCABULARY: readonly Entry[] = [
  ...SETTINGS,
  ...STEPS,
  ...OPERATIONS,
  ...PARTS,
  ...SELECTORS,
  ...CONDITIONS,
  ...FIELDS,
  ...MESSAGES,
  ...RULE_ENTRIES,
  ...PROPERTY_ENTRIES,
  ...RESULT_ENTRIES,
  ...ERROR_ENTRIES,
];

const BY_KIND: ReadonlyMap<string, Entry> = new Map(VOCABULARY.map((entry) => [`${entry.kind} ${entry.name}`, entry]));

/** The entry of a word of a kind. */
export function lookUp(kind: EntryKind, name: string): Entry | undefined {
  return BY_KIND.get(`${kind} ${name}`);
}

/** All entries of a kind, in the order of the reference. */
export function entriesOf(kind: EntryKind): readonly Entry[] {
  return VOCABULARY.filter((entry) => entry.kind === kind);
}
