/** What clients do: `[async] [CLIENT] OPERATION … [at NODE] [as NAME] [=> RESULT]`. */

import type { Parser } from "../syntax/parser.js";
import { selector } from "./selectors.js";
import { clauses, duration, key, list, literal, name, string, value } from "./values.js";
import { OPERATION_WORDS, STEP_WORDS } from "./words.js";

/** Whether a client's operation begins at the cursor. */
export function atInvoke(p: Parser): boolean {
  const token = p.current;
  if (token.kind !== "word") return false;
  if (token.text === "async" || OPERATION_WORDS.has(token.text)) return true;
  return !STEP_WORDS.has(token.text) && p.peek(1).kind === "word" && OPERATION_WORDS.has(p.peek(1).text);
}

/** An operation with its client and what is expected of it. */
export function invoke(p: Parser): void {
  p.open("Invoke");
  p.eatWord("async");
  p.want("client", "operation");
  if (p.current.kind === "word" && !OPERATION_WORDS.has(p.current.text) && !STEP_WORDS.has(p.current.text))
    p.leaf("Name");
  operation(p);
  clauses(p, { at: selector, as: newHandle });
  if (p.at("=>")) result(p);
  else if (p.atEnd()) p.expectations.words.add("=>");
  p.close();
}

function newHandle(p: Parser): void {
  name(p, "a name", "new-name");
}

const REV = { rev: revision } as const;

function revision(p: Parser): void {
  literal(p, "a revision", "number");
}

const PARSERS: Readonly<Record<string, (p: Parser) => void>> = {
  put(p) {
    if (key(p) && value(p)) clauses(p, { lease: leaseName });
  },
  get(p) {
    if (key(p)) flags(p, ["prefix", "serializable"]);
  },
  delete(p) {
    if (key(p)) flags(p, ["prefix"]);
  },
  cas(p) {
    if (key(p) && value(p) && p.need("->", p.previous?.text ?? "")) value(p);
  },
  txn,
  lease,
  watch(p) {
    if (!key(p)) return;
    flags(p, ["prefix"]);
    clauses(p, { from: (inner) => void (inner.needWord("rev", "from") && revision(inner)) });
  },
  unwatch: (p) => void name(p, "the name of a watch", "handle"),
  lock(p) {
    key(p);
  },
  unlock: (p) => void name(p, "the name of a lock", "handle"),
  compact: (p) => clauses(p, REV),
};

function operation(p: Parser): void {
  p.want("operation");
  const token = p.current;
  const parse = token.kind === "word" && OPERATION_WORDS.has(token.text) ? PARSERS[token.text] : undefined;
  if (parse === undefined) {
    p.expected("an operation such as `put` or `get`", p.previous?.text ?? "");
    return;
  }
  p.bump();
  parse(p);
}

/** Flags and clauses of a read, in any order. */
function flags(p: Parser, words: readonly string[]): void {
  for (;;) {
    const before = p.position;
    for (const word of words) p.eatWord(word);
    clauses(p, { ...REV, at: selector });
    if (p.position === before) return;
  }
}

function leaseName(p: Parser): void {
  name(p, "the name of a lease", "handle");
}

function lease(p: Parser): void {
  for (const word of ["grant", "keepalive", "revoke"]) {
    if (!p.eatWord(word)) continue;
    leaseName(p);
    if (word === "grant") clauses(p, { ttl: duration });
    return;
  }
  p.expected("`grant`, `keepalive` or `revoke`", "lease");
}

/** `txn { if key == value [and …] then OPERATION [, …] [else OPERATION [, …]] }`. */
function txn(p: Parser): void {
  if (!p.need("{", "txn")) return;
  const parsed = p.needWord("if", "{") && compares(p) && p.needWord("then", p.previous?.text ?? "") && branch(p);
  if (!parsed) return;
  if (p.current.kind === "newline" && p.peek(1).text === "else") p.bump();
  if (p.eatWord("else")) branch(p);
  if (p.current.kind === "newline" && p.peek(1).text === "}") p.bump();
  p.need("}", p.previous?.text ?? "");
}

function compares(p: Parser): boolean {
  do {
    p.open("Comparison");
    const parsed = key(p) && comparator(p) && value(p);
    p.close();
    if (!parsed) return false;
  } while (p.eatWord("and"));
  return true;
}

function comparator(p: Parser): boolean {
  for (const mark of ["==", "!=", "<", "<=", ">", ">="]) if (p.eat(mark)) return true;
  p.expected("a comparison such as `==`", p.previous?.text ?? "");
  return false;
}

function branch(p: Parser): boolean {
  let parsed = false;
  p.nested(() => {
    p.open("Clause");
    do {
      p.open("Invoke");
      operation(p);
      p.close();
    } while (p.eat(","));
    p.close();
    parsed = !p.failed;
  });
  return parsed;
}

/** `=> RESULT [| RESULT …]`. The cursor is at the arrow. */
export function result(p: Parser): void {
  p.open("Result");
  p.bump();
  do outcome(p);
  while (p.eat("|"));
  p.close();
}

function outcome(p: Parser): void {
  p.want("result");
  p.open("Outcome");
  if (p.at("[")) {
    list(p, "Literal");
  } else if (p.current.kind === "string") {
    string(p, "a result");
  } else if (p.current.kind === "number") {
    p.leaf("Literal");
  } else if (p.atWord("error")) {
    p.bump();
    name(p, "the name of an error such as `compacted`", "error-name");
  } else if (p.atWord("ok") || p.atWord("none") || p.atWord("failed") || p.atWord("timeout")) {
    p.bump();
  } else if (p.current.kind === "word" && !STEP_WORDS.has(p.current.text)) {
    p.leaf("Name");
  } else {
    p.expected('a result such as `ok` or `"red"`', p.previous?.text ?? "");
  }
  p.close();
}
