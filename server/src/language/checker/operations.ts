/** Operations of clients, resolved. */

import { t } from "../../l10n/text.js";
import { NAMES } from "../diagnostics/names.js";
import type { Invoke, Operation } from "../program.js";
import { childOf, clauseOf, hasWord, isNode, type SyntaxNode, spanOf } from "../syntax/tree.js";
import { reportUnknown } from "./context.js";
import { lowerCas, lowerCompact, lowerDelete, lowerGet, lowerMember, lowerPut } from "./key-value.js";
import { plainText } from "./literals.js";
import {
  expectedErrors,
  operandName,
  operationWord,
  type Reading,
  readKey,
  readRevision,
  reportTwice,
} from "./reading.js";
import { lowerResult } from "./results.js";
import type { Scope } from "./scope.js";
import { lowerSelector, SELECTOR_KINDS } from "./selectors.js";
import { lowerCampaign, lowerLease, lowerLock, lowerObserve, lowerProclaim, lowerWatch } from "./sessions.js";
import { lowerTxn } from "./txn.js";

/** Resolves an `Invoke` node; `null` when it has no readable operation. */
export function lowerInvoke(scope: Scope, node: SyntaxNode): Invoke | null {
  const resultNode = childOf(node, "Result");
  const reading: Reading = { scope, node, expects: expectedErrors(resultNode) };
  const client = clientOf(scope, node);
  const operation = lowerOperation(reading, operationWord(node));
  if (operation === null) return null;
  reportTwice(reading);
  const isAsync = hasWord(node, "async");
  const at = clauseOf(node, "at");
  const atSelector = at === undefined ? undefined : childOf(at, ...SELECTOR_KINDS);
  return {
    span: spanOf(node),
    client,
    operation,
    at: atSelector === undefined ? null : lowerSelector(scope, atSelector),
    expected: resultNode === undefined ? null : lowerResult(scope, resultNode, operation),
    handle: handleOf(scope, node, isAsync, operation),
    async: isAsync,
  };
}

function clientOf(scope: Scope, node: SyntaxNode): string {
  const first = scope.config.clients[0] ?? "client";
  for (const child of node.children) {
    if (isNode(child)) {
      if (child.kind !== "Name") return first;
      const name = plainText(child);
      scope.refer(child);
      if (!scope.isClient(name))
        reportUnknown(scope.context, NAMES.unknownClient, spanOf(child), name, scope.clientNames());
      return name;
    }
    if (child.kind === "word" && child.text !== "async") return first;
  }
  return first;
}

/** The handle by which the operation can be awaited: `async … as NAME`, a lock or a candidacy by its own name. */
function handleOf(scope: Scope, node: SyntaxNode, isAsync: boolean, operation: Operation): string | null {
  switch (operation.kind) {
    case "watch":
    case "observe":
      return null;
    case "lock":
    case "campaign":
      return isAsync ? operation.handle : null;
    default:
  }
  const clause = clauseOf(node, "as");
  const nameNode = clause === undefined ? undefined : childOf(clause, "Name");
  if (nameNode === undefined) return null;
  if (!isAsync) {
    scope.context.reporter.report(NAMES.missingClause, spanOf(nameNode), [
      "as",
      t("`async` before the operation, which otherwise waits for its result"),
    ]);
  }
  scope.bindHandle(nameNode, "operation");
  return plainText(nameNode);
}

function lowerOperation(reading: Reading, word: string): Operation | null {
  const { scope, node } = reading;
  switch (word) {
    case "put":
      return lowerPut(reading);
    case "get":
      return lowerGet(reading);
    case "delete":
      return lowerDelete(reading);
    case "cas":
      return lowerCas(reading);
    case "txn":
      return lowerTxn(reading);
    case "compact":
      return lowerCompact(reading);
    case "lease":
      return lowerLease(reading);
    case "watch":
      return lowerWatch(reading);
    case "unwatch":
    case "progress":
      return { kind: word, handle: scope.useHandle(operandName(node), ["watch"]) };
    case "lock":
      return lowerLock(reading);
    case "unlock":
      return { kind: "unlock", handle: scope.useHandle(operandName(node), ["lock"]) };
    case "campaign":
      return lowerCampaign(reading);
    case "proclaim":
      return lowerProclaim(reading);
    case "resign":
      return { kind: "resign", handle: scope.useHandle(operandName(node), ["campaign"]) };
    case "elected":
      return { kind: "elected", name: readKey(reading) };
    case "observe":
      return lowerObserve(reading);
    case "status":
    case "members":
    case "defragment":
      return { kind: word };
    case "hashkv":
      return { kind: "hashkv", rev: readRevision(reading, "rev", () => t("etcd takes it for the current one")) };
    case "alarm":
      if (hasWord(node, "list")) return { kind: "alarm-list" };
      return { kind: "alarm-disarm", member: lowerMember(reading, operandName(node)) };
    default:
      return null;
  }
}
