/** Reads and writes of keys, resolved. */

import { t } from "../../l10n/text.js";
import { NAMES } from "../diagnostics/names.js";
import type { Delete, Get, Operation, Put } from "../program.js";
import { childOf, clauseOf, hasWord, type SyntaxNode, spanOf } from "../syntax/tree.js";
import { plainText } from "./literals.js";
import { type Reading, readKey, readKeys, readNumber, readRevision, reportExclusive, valuesAfter } from "./reading.js";
import { lowerValue } from "./values.js";

const CURRENT = (): string => t("etcd takes it for the current one");
const NO_BOUND = (): string => t("etcd takes it for no bound");

/** Resolves `get`. */
export function lowerGet(reading: Reading): Get {
  const { node } = reading;
  return {
    kind: "get",
    keys: readKeys(reading),
    serializable: hasWord(node, "serializable"),
    rev: readRevision(reading, "rev", CURRENT),
    limit: readNumber(reading, "limit"),
    order: choice(node, "order", ["ascend", "descend"]),
    by: choice(node, "by", ["key", "version", "create", "mod", "value"]),
    keysOnly: hasWord(node, "keys-only"),
    countOnly: hasWord(node, "count-only"),
    minMod: readRevision(reading, "min-mod", NO_BOUND),
    maxMod: readRevision(reading, "max-mod", NO_BOUND),
    minCreate: readRevision(reading, "min-create", NO_BOUND),
    maxCreate: readRevision(reading, "max-create", NO_BOUND),
  };
}

/** The word that a clause introduces. */
function choice<T extends string>(node: SyntaxNode, word: string, choices: readonly T[]): T | null {
  const clause = clauseOf(node, word);
  return clause === undefined ? null : (choices.find((each) => hasWord(clause, each)) ?? null);
}

/** Resolves `put`. */
export function lowerPut(reading: Reading): Put {
  const { scope, node, expects } = reading;
  const keyNode = childOf(node, "Key");
  const [value] = valuesAfter(node, keyNode);
  const ignoreValue = hasWord(node, "ignore-value");
  const ignoreLease = hasWord(node, "ignore-lease");
  const lease = clauseOf(node, "lease");
  if (ignoreValue && value !== undefined) reportExclusive(reading, t("a value"), "`ignore-value`");
  if (ignoreLease && lease !== undefined && !expects.has("lease-provided")) {
    reportExclusive(reading, "`lease`", "`ignore-lease`");
  }
  return {
    kind: "put",
    key: readKey(reading),
    value: ignoreValue ? null : lowerValue(scope, value, node),
    lease: lease === undefined ? null : scope.useHandle(childOf(lease, "Name"), ["lease", "lock", "campaign"]),
    ignoreLease,
    prevKv: hasWord(node, "prev-kv"),
  };
}

/** Resolves `delete`. */
export function lowerDelete(reading: Reading): Delete {
  return { kind: "delete", keys: readKeys(reading), prevKv: hasWord(reading.node, "prev-kv") };
}

/** Resolves `cas`. */
export function lowerCas(reading: Reading): Operation {
  const { scope, node } = reading;
  const values = valuesAfter(node, childOf(node, "Key"));
  return {
    kind: "cas",
    key: readKey(reading),
    expected: lowerValue(scope, values[0], node),
    value: lowerValue(scope, values[1], node),
  };
}

/** Resolves `compact`. */
export function lowerCompact(reading: Reading): Operation {
  const { scope, node } = reading;
  if (clauseOf(node, "rev") === undefined) {
    scope.context.reporter.report(NAMES.missingClause, spanOf(node), ["compact", t("a revision: `rev 10`")]);
  }
  const physical = hasWord(node, "physical");
  return { kind: "compact", rev: readRevision(reading, "rev", null) ?? 0, physical };
}

/** Resolves `alarm disarm [NODE]`: the server's name. */
export function lowerMember(reading: Reading, nameNode: SyntaxNode | undefined): string | null {
  if (nameNode === undefined) return null;
  return reading.scope.useNode(nameNode) ? plainText(nameNode) : null;
}
