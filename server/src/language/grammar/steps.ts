/** The steps of a scenario. */

import { changeFix } from "../diagnostics/definition.js";
import { nearest } from "../diagnostics/suggest.js";
import { SYNTAX } from "../diagnostics/syntax.js";
import type { Parser } from "../syntax/parser.js";
import { block } from "./blocks.js";
import { CLUSTER_STEPS } from "./cluster.js";
import { condition, operand } from "./conditions.js";
import { FAULT_STEPS } from "./faults.js";
import { nemesis, workload } from "./load.js";
import { atInvoke, invoke } from "./operations.js";
import { result } from "./results.js";
import { clauses, duration, literal, name, string } from "./values.js";
import { atWatchExpectation, watchExpectation } from "./watching.js";
import { STEP_WORDS } from "./words.js";

const WITHIN = { within: duration } as const;

function conditionStep(p: Parser): void {
  p.bump();
  condition(p);
}

const OTHER_STEPS: Readonly<Record<string, (p: Parser) => void>> = {
  wait(p) {
    p.bump();
    duration(p);
  },
  at(p) {
    p.bump();
    literal(p, "an instant such as `2s`", "duration");
    clauses(p, { after: eventCount });
  },
  async: asyncBlock,
  end: (p) => p.bump(),
  await: awaitStep,
  let: letStep,
  note(p) {
    p.bump();
    string(p, "a text in quotes");
  },
  mark: (p) => p.bump(),
  repeat(p) {
    p.bump();
    if (literal(p, "a number", "number")) block(p, step);
  },
  every(p) {
    p.bump();
    literal(p, "a duration such as `100ms`", "duration");
    clauses(p, { for: duration });
    block(p, step);
  },
  until(p) {
    p.bump();
    if (p.needWord("event", "until") && literal(p, "the number of an event", "number")) block(p, step);
  },
  expect: expectStep,
  always: conditionStep,
  never: conditionStep,
  reach: conditionStep,
  workload,
  nemesis: (p) => nemesis(p, step),
  ...CLUSTER_STEPS,
};

/** One step. */
export function step(p: Parser): void {
  p.want("step");
  if (p.atEnd()) return;
  if (atInvoke(p)) {
    invoke(p);
    return;
  }
  const token = p.current;
  const parse = token.kind === "word" ? (OTHER_STEPS[token.text] ?? FAULT_STEPS[token.text]) : undefined;
  if (parse === undefined || !STEP_WORDS.has(token.text)) {
    unknownStep(p);
    return;
  }
  p.open("Step");
  parse(p);
  if (token.text in FAULT_STEPS && p.at("=>")) result(p);
  p.close();
}

function unknownStep(p: Parser): void {
  const token = p.current;
  const span = { start: token.start, end: token.end };
  const suggestion = token.kind === "word" ? (nearest(token.text, STEP_WORDS) ?? "") : "";
  const fixes = suggestion === "" ? [] : [changeFix(span, suggestion)];
  p.error(SYNTAX.unknownStep, span, [token.text, suggestion], { fixes });
}

/** `after N events`. */
function eventCount(p: Parser): void {
  const one = p.current.text === "1";
  literal(p, "a number of events", "number");
  if (!p.eatWord("events") && !(one && p.eatWord("event"))) p.expected("`events`", p.previous?.text ?? "");
}

/** `async { STEPS } [as NAME]`. */
function asyncBlock(p: Parser): void {
  p.bump();
  block(p, step);
  clauses(p, { as: (inner) => void name(inner, "a name", "new-name") });
}

/** `await CONDITION [within D]` or `await HANDLE [=> RESULT] [within D]`. */
function awaitStep(p: Parser): void {
  p.bump();
  p.want("handle");
  if (!condition(p)) return;
  clauses(p, WITHIN);
  if (!p.at("=>")) return;
  result(p);
  clauses(p, WITHIN);
}

/** `let NAME = SELECTOR or VALUE or OPERATION`. */
function letStep(p: Parser): void {
  p.bump();
  if (!name(p, "a name", "new-name") || !p.need("=", p.previous?.text ?? "")) return;
  p.want("selector", "value", "operation", "client");
  if (atInvoke(p)) invoke(p);
  else operand(p);
}

function expectStep(p: Parser): void {
  p.bump();
  p.want("watcher");
  if (p.atWord("violation")) {
    violation(p);
  } else if (atWatchExpectation(p)) {
    watchExpectation(p);
  } else if (condition(p)) {
    clauses(p, { within: duration, for: duration });
  }
}

/** `violation of PROPERTY [or PROPERTY …]`. */
function violation(p: Parser): void {
  p.bump();
  if (!p.needWord("of", "violation")) return;
  do {
    p.want("property");
    if (p.current.kind === "word") p.leaf("Property");
    else p.expected("the name of a property such as `election-safety`", p.previous?.text ?? "");
  } while (p.eatWord("or"));
}

/** The words for which there is a parser; a test compares them with the vocabulary. */
export const PARSED_STEPS: readonly string[] = [...Object.keys(OTHER_STEPS), ...Object.keys(FAULT_STEPS)];
