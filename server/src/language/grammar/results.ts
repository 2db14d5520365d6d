/** What may follow `=>`. */

import type { Parser } from "../syntax/parser.js";
import { clauses, list, literalOrRange, name, revision, string } from "./values.js";
import { STEP_WORDS } from "./words.js";

const OF_OK = { rev: revision } as const;
const OF_VALUE = { rev: revision, create: revision, version: revision } as const;

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
    clauses(p, OF_VALUE);
  } else if (p.current.kind === "number") {
    literalOrRange(p, "a number or a duration");
    clauses(p, OF_VALUE);
  } else if (p.atWord("error")) {
    p.bump();
    name(p, "the name of an error such as `compacted`", "error-name");
  } else if (p.atWord("ok")) {
    p.bump();
    clauses(p, OF_OK);
  } else if (p.atWord("none") || p.atWord("failed") || p.atWord("timeout")) {
    p.bump();
  } else if (p.current.kind === "word" && !STEP_WORDS.has(p.current.text)) {
    p.leaf("Name");
    clauses(p, OF_VALUE);
  } else {
    p.expected('a result such as `ok` or `"red"`', p.previous?.text ?? "");
  }
  p.close();
}
