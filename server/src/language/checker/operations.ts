/** Operations of clients, resolved. */

import { LATER, LATER_STEPS } from "../diagnostics/later.js";
import { NAMES } from "../diagnostics/names.js";
import { OPERATION_WORDS } from "../grammar/words.js";
import type { Condition, ExpectedOutcome, ExpectedResult, Invoke, Operand, Operation } from "../program.js";
import { childOf, childrenOf, clauseOf, hasWord, isNode, type SyntaxNode, spanOf, tokensOf } from "../syntax/tree.js";
import { ERRORS, POSSIBLE_RESULTS } from "../vocabulary/results.js";
import { reportUnknown } from "./context.js";
import { plainText, readDuration, readQuantity, textOf } from "./literals.js";
import type { Scope } from "./scope.js";
import { lowerSelector, SELECTOR_KINDS } from "./selectors.js";

/** The operation's own word in an `Invoke` node, or `""`. */
export function operationWord(node: SyntaxNode): string {
  return tokensOf(node).find((token) => token.kind === "word" && OPERATION_WORDS.has(token.text))?.text ?? "";
}

/** Resolves an `Invoke` node; `null` when it has no readable operation. */
export function lowerInvoke(scope: Scope, node: SyntaxNode): Invoke | null {
  const word = operationWord(node);
  const operation = lowerOperation(scope, node, word);
  if (operation === null) return null;
  checkLater(scope, node, word);
  const isAsync = hasWord(node, "async");
  const at = clauseOf(node, "at");
  const atSelector = at === undefined ? undefined : childOf(at, ...SELECTOR_KINDS);
  const resultNode = childOf(node, "Result");
  const expected = resultNode === undefined ? null : lowerResult(scope, resultNode, operation.kind);
  return {
    span: spanOf(node),
    client: clientOf(scope, node),
    operation,
    at: atSelector === undefined ? null : lowerSelector(scope, atSelector),
    expected,
    handle: asyncHandle(scope, node, isAsync, operation),
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

function checkLater(scope: Scope, node: SyntaxNode, word: string): void {
  const later = LATER_STEPS.get(word);
  if (later !== undefined) {
    scope.unsupported.push(later);
    scope.context.reporter.report(LATER.step, spanOf(node), [word, later]);
    return;
  }
  const lease = word === "put" ? clauseOf(node, "lease") : undefined;
  if (lease !== undefined) {
    scope.unsupported.push("leases");
    scope.context.reporter.report(LATER.part, spanOf(lease), [textOf(lease).replace(/^lease/, "lease "), "leases"]);
  }
}

function asyncHandle(scope: Scope, node: SyntaxNode, isAsync: boolean, operation: Operation): string | null {
  const nameNode = handleNode(node);
  if (operation.kind === "watch" || operation.kind === "lock") return null;
  if (nameNode === undefined) return null;
  if (!isAsync) {
    scope.context.reporter.report(NAMES.missingClause, spanOf(nameNode), [
      "as",
      "`async` before the operation, which otherwise waits for its result",
    ]);
  }
  scope.bindHandle(nameNode, "operation");
  return plainText(nameNode);
}

function handleNode(node: SyntaxNode): SyntaxNode | undefined {
  const clause = clauseOf(node, "as");
  return clause === undefined ? undefined : childOf(clause, "Name");
}

function keyOf(scope: Scope, node: SyntaxNode, prefix = false): string {
  const keyNode = childOf(node, "Key");
  const key = plainText(keyNode);
  if (keyNode !== undefined && key === "" && !prefix)
    scope.context.reporter.report(NAMES.emptyKey, spanOf(keyNode), []);
  if (key !== "") scope.context.symbols.key(key);
  return key;
}

/** Literals and variables directly in the operation: its values, in order. The first `Name` may be the client. */
function valuesOf(node: SyntaxNode): SyntaxNode[] {
  const key = childOf(node, "Key");
  return childrenOf(node, "Literal", "Name", "List").filter((child) => key !== undefined && child.start > key.start);
}

function revisionOf(scope: Scope, node: SyntaxNode, word = "rev"): number | null {
  const clause = clauseOf(node, word);
  return clause === undefined ? null : readQuantity(scope.context, childOf(clause, "Literal"), "integer");
}

function lowerOperation(scope: Scope, node: SyntaxNode, word: string): Operation | null {
  const prefix = hasWord(node, "prefix");
  const values = valuesOf(node);
  switch (word) {
    case "put": {
      const lease = clauseOf(node, "lease");
      const leaseName = lease === undefined ? null : plainText(childOf(lease, "Name"));
      return { kind: "put", key: keyOf(scope, node), value: lowerValue(scope, values[0], node), lease: leaseName };
    }
    case "get":
      return {
        kind: "get",
        key: keyOf(scope, node, prefix),
        prefix,
        serializable: hasWord(node, "serializable"),
        rev: revisionOf(scope, node),
      };
    case "delete":
      return { kind: "delete", key: keyOf(scope, node, prefix), prefix };
    case "cas":
      return {
        kind: "cas",
        key: keyOf(scope, node),
        expected: lowerValue(scope, values[0], node),
        value: lowerValue(scope, values[1], node),
      };
    case "watch":
      return lowerWatch(scope, node, prefix);
    case "unwatch":
      return { kind: "unwatch", handle: scope.useHandle(operandName(node), ["watch"]) };
    case "lock": {
      const handle = bindRequired(scope, node, "lock", "lock");
      return { kind: "lock", name: keyOf(scope, node), handle };
    }
    case "unlock":
      return { kind: "unlock", handle: scope.useHandle(operandName(node), ["lock"]) };
    case "compact":
      return { kind: "compact", rev: revisionOf(scope, node) ?? 0 };
    case "lease":
      return lowerLease(scope, node);
    case "txn":
      return lowerTxn(scope, node);
    default:
      return null;
  }
}

/** The name after the operation's word; the name before it is the client. */
function operandName(node: SyntaxNode): SyntaxNode | undefined {
  const word = tokensOf(node).find((token) => OPERATION_WORDS.has(token.text));
  return childrenOf(node, "Name").find((child) => word !== undefined && child.start > word.start);
}

function lowerWatch(scope: Scope, node: SyntaxNode, prefix: boolean): Operation {
  const from = clauseOf(node, "from");
  const fromRev = from === undefined ? null : readQuantity(scope.context, childOf(from, "Literal"), "integer");
  const key = keyOf(scope, node, prefix);
  return { kind: "watch", key, prefix, fromRev, handle: bindRequired(scope, node, "watch", "watch") };
}

function bindRequired(scope: Scope, node: SyntaxNode, kind: "watch" | "lock", word: string): string {
  const nameNode = handleNode(node);
  if (nameNode === undefined) {
    scope.context.reporter.report(NAMES.missingClause, spanOf(node), [word, "a name: `as w`"]);
    return "";
  }
  scope.bindHandle(nameNode, kind);
  return plainText(nameNode);
}

function lowerLease(scope: Scope, node: SyntaxNode): Operation {
  const nameNode = operandName(node);
  if (hasWord(node, "grant")) {
    const ttl = clauseOf(node, "ttl");
    if (ttl === undefined)
      scope.context.reporter.report(NAMES.missingClause, spanOf(node), ["lease grant", "a time to live: `ttl 5s`"]);
    if (nameNode !== undefined) scope.bindHandle(nameNode, "lease");
    const time = ttl === undefined ? 0 : readDuration(scope.context, childOf(ttl, "Literal"));
    return { kind: "lease-grant", lease: plainText(nameNode), ttl: time };
  }
  const lease = scope.useHandle(nameNode, ["lease"]);
  return { kind: hasWord(node, "revoke") ? "lease-revoke" : "lease-keepalive", lease };
}

function lowerTxn(scope: Scope, node: SyntaxNode): Operation {
  const compares = childrenOf(node, "Comparison").map((compare): Condition => {
    const span = spanOf(compare);
    const operator = (["==", "!=", "<=", ">=", "<", ">"] as const).find((mark) =>
      tokensOf(compare).some((token) => token.text === mark),
    );
    const key = keyOf(scope, compare);
    const keySpan = childOf(compare, "Key");
    return {
      kind: "compare",
      operator: operator ?? "==",
      left: { kind: "word", value: key, span: keySpan === undefined ? span : spanOf(keySpan) },
      right: lowerValue(scope, valuesOf(compare)[0], compare),
      span,
    };
  });
  const [success, failure] = childrenOf(node, "Clause").filter((clause) => childOf(clause, "Invoke") !== undefined);
  return { kind: "txn", compares, success: branch(scope, success), failure: branch(scope, failure) };
}

function branch(scope: Scope, node: SyntaxNode | undefined): Operation[] {
  const invokes = node === undefined ? [] : childrenOf(node, "Invoke");
  return invokes.flatMap((invoke) => lowerOperation(scope, invoke, operationWord(invoke)) ?? []);
}

/** Resolves a value: text in quotes, a number as its text, or a variable. */
export function lowerValue(scope: Scope, node: SyntaxNode | undefined, around: SyntaxNode): Operand {
  if (node === undefined) return { kind: "string", value: "", span: spanOf(around) };
  const span = spanOf(node);
  if (node.kind === "List") {
    return {
      kind: "list",
      items: childrenOf(node, "Literal", "Name").map((item) => lowerValue(scope, item, node)),
      span,
    };
  }
  if (node.kind === "Literal") return { kind: "string", value: plainText(node), span };
  const name = plainText(node);
  const variable = scope.variable(name);
  if (variable !== undefined) {
    scope.refer(node);
    if (variable === "servers")
      scope.context.reporter.report(NAMES.wrongHandle, span, [name, "a name for servers", "a value"]);
    return { kind: "variable", name, span };
  }
  const fixes = [{ title: "Put the value in quotes", edits: [{ span, newText: `"${name}"` }] }];
  scope.context.reporter.report(NAMES.unquoted, span, [name], { fixes });
  return { kind: "string", value: name, span };
}

/**
 * Resolves `=> RESULT | RESULT`.
 *
 * @param operation the kind of operation that answers, or `null` when it is not known here
 */
export function lowerResult(scope: Scope, node: SyntaxNode, operation: Operation["kind"] | null): ExpectedResult {
  const possible = operation === null ? undefined : POSSIBLE_RESULTS.get(operation);
  const outcomes = childrenOf(node, "Outcome").map((child): ExpectedOutcome => {
    const outcome = lowerOutcome(scope, child);
    const always = outcome.kind === "timeout" || outcome.kind === "error";
    if (operation !== null && possible !== undefined && !always && !possible.includes(outcome.kind)) {
      const answers = possible
        .filter((each) => each !== "values")
        .map((each) => (each === "value" ? "a value" : `\`${each}\``));
      scope.context.reporter.report(NAMES.impossibleResult, spanOf(child), [
        operation,
        textOf(child),
        answers.join(" or "),
      ]);
    }
    return outcome;
  });
  return { span: spanOf(node), outcomes };
}

function lowerOutcome(scope: Scope, node: SyntaxNode): ExpectedOutcome {
  const word = tokensOf(node)[0]?.text;
  const inner = childOf(node, "List", "Literal", "Name");
  if (word === "ok" || word === "none" || word === "failed" || word === "timeout") return { kind: word };
  if (word === "error") {
    const name = plainText(inner);
    if (inner !== undefined && !ERRORS.some((entry) => entry.name === name)) {
      reportUnknown(
        scope.context,
        NAMES.unknownError,
        spanOf(inner),
        name,
        ERRORS.map((entry) => entry.name),
      );
    }
    return { kind: "error", error: name };
  }
  if (inner?.kind === "List") {
    return {
      kind: "values",
      values: childrenOf(inner, "Literal", "Name").map((item) => lowerValue(scope, item, node)),
    };
  }
  return { kind: "value", value: lowerValue(scope, inner, node) };
}
