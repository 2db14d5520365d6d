/** Conditions: `not` binds tighter than `and`, `and` tighter than `or`. */

import type { Checkpoint } from "../syntax/builder.js";
import type { Parser } from "../syntax/parser.js";
import { selector } from "./selectors.js";
import { key, list } from "./values.js";

const COMPARISONS = ["==", "!=", "<", "<=", ">", ">="] as const;
const CALLS = ["count", "messages", "bytes"] as const;

/** A condition. */
export function condition(p: Parser): boolean {
  return chain(p, "or", "OrCondition", (inner) => chain(inner, "and", "AndCondition", negation));
}

function chain(
  p: Parser,
  word: string,
  kind: "OrCondition" | "AndCondition",
  operand: (p: Parser) => boolean,
): boolean {
  const start = p.checkpoint();
  if (!operand(p)) return false;
  if (!p.atWord(word)) return true;
  p.wrap(start, kind);
  let parsed = true;
  while (parsed && p.eatWord(word)) parsed = operand(p);
  p.close();
  return parsed;
}

function negation(p: Parser): boolean {
  if (!p.atWord("not")) return primary(p);
  let parsed = false;
  p.nested(() => {
    p.open("NotCondition");
    p.bump();
    parsed = negation(p);
    p.close();
  });
  return parsed;
}

function primary(p: Parser): boolean {
  p.want("condition");
  if (p.at("(")) return parenthesised(p);
  if (p.atWord("no")) {
    p.open("NoLeader");
    p.bump();
    p.needWord("leader", "no");
    p.close();
    return true;
  }
  if (p.atWord("converged")) {
    p.leaf("Converged");
    return true;
  }
  return comparison(p);
}

function parenthesised(p: Parser): boolean {
  let parsed = false;
  p.nested(() => {
    p.open("ParenCondition");
    p.bump();
    parsed = condition(p) && p.need(")", p.previous?.text ?? "");
    p.close();
  });
  return parsed;
}

function comparison(p: Parser): boolean {
  const start = p.checkpoint();
  if (!operand(p)) return false;
  if (!atComparison(p)) return true;
  p.wrap(start, "Comparison");
  p.bump();
  const parsed = operand(p);
  p.close();
  return parsed;
}

function atComparison(p: Parser): boolean {
  if (p.atWord("in")) return true;
  if (p.atEnd()) for (const mark of COMPARISONS) p.expectations.words.add(mark);
  return COMPARISONS.some((mark) => p.at(mark));
}

/** One side of a comparison, or what `let` binds. */
export function operand(p: Parser): boolean {
  p.want("value");
  const token = p.current;
  if (token.kind === "number" || token.kind === "string") {
    p.leaf("Literal");
    return true;
  }
  if (p.at("[")) {
    list(p, "Literal");
    return true;
  }
  if (CALLS.some((call) => p.atWord(call)) && p.peek(1).text === "(") return call(p);
  const start = p.checkpoint();
  if (!selector(p)) return false;
  if (p.at(".")) {
    field(p, start);
  } else if (p.at("[") && p.adjacent) {
    p.wrap(start, "KeyOperand");
    p.bump();
    if (key(p)) p.need("]", p.previous?.text ?? "");
    p.close();
    if (p.at(".") && p.adjacent) field(p, start, "key-field");
  }
  return true;
}

function field(p: Parser, start: Checkpoint, slot: "field" | "key-field" = "field"): void {
  p.wrap(start, "FieldOperand");
  p.bump();
  p.want(slot);
  if (p.current.kind === "word") p.bump();
  else p.expected("the name of a field such as `term`", ".");
  p.close();
  if (slot === "key-field" || !p.at("[") || !p.adjacent) return;
  p.wrap(start, "ProgressOperand");
  p.bump();
  if (selector(p)) p.need("]", p.previous?.text ?? "");
  p.close();
}

/** `count(leaders)`, `messages(AppendEntries)`, `bytes(all)`. */
function call(p: Parser): boolean {
  const function_ = p.current.text;
  p.open("CallOperand");
  p.bump();
  p.bump();
  if (function_ === "messages") {
    p.want("message-type");
    if (p.atWord("all")) p.leaf("Role");
    else if (p.current.kind === "word") p.leaf("MessageType");
    else p.expected("a message type", "(");
  } else if (p.atWord("leaders")) {
    p.leaf("Role");
  } else {
    selector(p);
  }
  const parsed = p.need(")", p.previous?.text ?? "");
  p.close();
  return parsed;
}
