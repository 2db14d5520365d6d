/** Steps that change who belongs to the cluster and who leads it. Each parser begins at the step's own word. */

import type { Parser } from "../syntax/parser.js";
import { result } from "./results.js";
import { selector } from "./selectors.js";
import { clauses } from "./values.js";

type StepParser = (p: Parser) => void;

/** `[at NODE] [=> ok]`: whom to ask, and whether it agrees. */
function asked(p: Parser): void {
  clauses(p, { at: selector });
  if (p.at("=>")) result(p);
  else if (p.atEnd()) p.expectations.words.add("=>");
}

/** A word and a server. */
function member(p: Parser): void {
  p.bump();
  if (selector(p)) asked(p);
}

/** The parsers by the step's word. */
export const CLUSTER_STEPS: Readonly<Record<string, StepParser>> = {
  promote: member,
  remove: member,
  transfer(p) {
    p.bump();
    if (p.needWord("leadership", "transfer") && p.needWord("to", "leadership") && selector(p)) asked(p);
  },
  add(p) {
    p.bump();
    if (!p.eatWord("voter") && !p.eatWord("learner")) p.expected("`voter` or `learner`", "add");
    else if (selector(p)) asked(p);
  },
  reconfigure(p) {
    p.bump();
    if (!selector(p)) return;
    p.eatWord("explicit");
    asked(p);
  },
  leave(p) {
    p.bump();
    if (p.needWord("joint", "leave")) asked(p);
  },
};
