/** What clients do: `[async] [CLIENT] OPERATION … [at NODE] [as NAME] [=> RESULT]`. */

import type { Expected } from "../syntax/expected.js";
import type { Parser } from "../syntax/parser.js";
import { leaseOrSession, type OperationParser, RECIPES } from "./recipes.js";
import { result } from "./results.js";
import { selector } from "./selectors.js";
import { transaction } from "./txn.js";
import {
  type ClauseTable,
  clauses,
  duration,
  key,
  literal,
  name,
  parts,
  RANGE,
  RANGE_FLAGS,
  revision,
  value,
} from "./values.js";
import { OPERATION_WORDS, STEP_WORDS, TXN_OPERATION_WORDS } from "./words.js";

/** Whether a client's operation begins at the cursor. */
export function atInvoke(p: Parser): boolean {
  const token = p.current;
  if (token.kind !== "word") return false;
  // A block of steps is no operation.
  if (token.text === "async") return p.peek(1).text !== "{";
  if (OPERATION_WORDS.has(token.text)) return true;
  return !STEP_WORDS.has(token.text) && p.peek(1).kind === "word" && OPERATION_WORDS.has(p.peek(1).text);
}

/** What any operation may say that is no part of a transaction: whom it asks, and what it is called. */
const WHERE: ClauseTable = { at: selector, as: (p) => void name(p, "a name", "new-name") };

/** Operations that wait for others: how long may also stand behind the result. */
const WAITING: ReadonlySet<string> = new Set(["lock", "campaign"]);

/** An operation with its client and what is expected of it. */
export function invoke(p: Parser): void {
  p.open("Invoke");
  p.eatWord("async");
  p.want("client", "operation");
  if (p.current.kind === "word" && !OPERATION_WORDS.has(p.current.text) && !STEP_WORDS.has(p.current.text))
    p.leaf("Name");
  const word = p.current.text;
  operation(p, OPERATION_WORDS, WHERE);
  if (p.at("=>")) {
    result(p);
    if (WAITING.has(word)) clauses(p, { within: duration });
  } else if (p.atEnd()) {
    p.expectations.words.add("=>");
  }
  p.close();
}

function number(p: Parser): void {
  literal(p, "a number", "number");
}

function oneOf(what: Expected, ...words: readonly string[]): (p: Parser) => void {
  return (p) => {
    const after = p.previous?.text ?? "";
    if (!words.some((word) => p.eatWord(word))) p.expected(what, after);
  };
}

const READ: ClauseTable = {
  ...RANGE,
  rev: revision,
  limit: number,
  order: oneOf("`ascend` or `descend`", "ascend", "descend"),
  by: oneOf("`key`, `version`, `create`, `mod` or `value`", "key", "version", "create", "mod", "value"),
  "min-mod": revision,
  "max-mod": revision,
  "min-create": revision,
  "max-create": revision,
};

const PARSERS: Readonly<Record<string, OperationParser>> = {
  ...RECIPES,
  put(p, where) {
    if (!key(p) || (!p.eatWord("ignore-value") && !value(p))) return;
    parts(p, ["ignore-value", "ignore-lease", "prev-kv"], { lease: leaseOrSession, ...where });
  },
  get(p, where) {
    if (key(p)) parts(p, [...RANGE_FLAGS, "serializable", "keys-only", "count-only"], { ...READ, ...where });
  },
  delete(p, where) {
    if (key(p)) parts(p, [...RANGE_FLAGS, "prev-kv"], { ...RANGE, ...where });
  },
  cas(p, where) {
    if (key(p) && value(p) && p.need("->", p.previous?.text ?? "") && value(p)) parts(p, [], where);
  },
  txn(p, where) {
    transaction(p, (inner) => operation(inner, TXN_OPERATION_WORDS, {}));
    if (!p.failed) parts(p, [], where);
  },
  compact: (p, where) => parts(p, ["physical"], { rev: revision, ...where }),
};

function operation(p: Parser, words: ReadonlySet<string>, where: ClauseTable): void {
  const inside = words === TXN_OPERATION_WORDS;
  p.want(inside ? "txn-operation" : "operation");
  const token = p.current;
  const parse = token.kind === "word" && words.has(token.text) ? PARSERS[token.text] : undefined;
  if (parse === undefined) {
    const wanted = inside ? "`put`, `get`, `delete` or `txn`" : "an operation such as `put` or `get`";
    p.expected(wanted, p.previous?.text ?? "");
    return;
  }
  p.bump();
  parse(p, where);
}
