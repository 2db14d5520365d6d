/** A file: clusters and scenarios. */

import { changeFix } from "../diagnostics/definition.js";
import { nearest } from "../diagnostics/suggest.js";
import { SYNTAX } from "../diagnostics/syntax.js";
import type { Parser } from "../syntax/parser.js";
import { block, statements } from "./blocks.js";
import { nameOrRange } from "./selectors.js";
import { MISPLACED_SETTINGS, SETTING_WORDS } from "./settings.js";
import { step } from "./steps.js";
import { clauses, list, literal, literalOrRange, name } from "./values.js";

/** The whole text. */
export function file(p: Parser): void {
  while (!p.atEnd()) {
    if (p.current.kind === "newline" || p.at(";")) p.bump();
    else if (p.atWord("cluster")) p.statement(() => cluster(p));
    else if (p.atWord("scenario")) p.statement(() => scenario(p));
    else p.statement(() => outside(p));
  }
  // Where something else could stand, a block is still open.
  if (p.expectations.slots.size === 0 && p.expectations.words.size === 0) p.want("top-level");
}

/** Steps only, as a person types them into a live session. */
export function stepsOnly(p: Parser): void {
  while (!p.atEnd()) {
    statements(p, step);
    if (!p.atEnd()) p.statement(() => outside(p));
  }
}

/** Passes over everything up to the next cluster or scenario, with one complaint. */
function outside(p: Parser): void {
  const token = p.current;
  p.error(SYNTAX.outside, { start: token.start, end: token.end }, [token.text]);
  p.open("Error");
  p.bump();
  while (!p.atEnd()) {
    if (p.firstOnLine && (p.current.text === "cluster" || p.current.text === "scenario")) break;
    p.bump();
  }
  p.close();
}

function cluster(p: Parser): void {
  p.open("Cluster");
  p.bump();
  if (p.current.kind === "word") p.leaf("Name");
  block(p, setting);
  p.close();
  rest(p);
}

function scenario(p: Parser): void {
  p.open("Scenario");
  p.bump();
  p.want("title");
  if (p.current.kind === "string") p.leaf("Title");
  else p.expected("the scenario's title in quotes", "scenario");
  clauses(p, { on: (inner) => void name(inner, "the name of a cluster", "cluster") });
  block(p, scenarioItem);
  p.close();
  rest(p);
}

/** What is left of a line that should have ended. */
function rest(p: Parser): void {
  if (p.atEnd() || p.current.kind === "newline" || p.at(";") || p.firstOnLine) return;
  if (p.atWord("cluster") || p.atWord("scenario")) return;
  outside(p);
}

function scenarioItem(p: Parser): void {
  p.want("step");
  const next = p.peek(1);
  if (p.atWord("seed")) {
    setting(p);
  } else if (p.atWord("cluster") && next.text === "{") {
    p.open("Cluster");
    p.bump();
    block(p, setting);
    p.close();
  } else if (p.atWord("given") && next.text === "{") {
    p.open("Given");
    p.bump();
    block(p, givenNode);
    p.close();
  } else if (MISPLACED_SETTINGS.has(p.current.text) && p.current.kind === "word") {
    const token = p.current;
    p.error(SYNTAX.settingInScenario, { start: token.start, end: token.end }, [token.text]);
    setting(p);
  } else {
    step(p);
  }
}

/** `s1 term 6 log [1 1 4] commit 2 vote s1`. */
function givenNode(p: Parser): void {
  p.want("selector");
  if (p.atEnd()) return;
  p.open("GivenNode");
  if (name(p, "the name of a server", "selector")) {
    clauses(p, {
      term: (inner) => void literal(inner, "a term", "number"),
      log: (inner) => (inner.at("[") ? list(inner, "Entry") : inner.expected("a log such as `[1 1 2]`", "log")),
      commit: (inner) => void literal(inner, "a commit index", "number"),
      vote: (inner) => void name(inner, "the name of a server", "selector"),
    });
  }
  p.close();
}

/** One setting: its word and whatever values follow; the checker knows which it may have. */
export function setting(p: Parser): void {
  p.want("setting");
  if (p.atEnd()) return;
  const token = p.current;
  if (token.kind !== "word" || !SETTING_WORDS.has(token.text)) {
    const span = { start: token.start, end: token.end };
    const suggestion = token.kind === "word" ? (nearest(token.text, SETTING_WORDS) ?? "") : "";
    const fixes = suggestion === "" ? [] : [changeFix(span, suggestion)];
    p.error(SYNTAX.unknownSetting, span, [token.text, suggestion], { fixes });
    return;
  }
  p.open("Setting");
  p.bump();
  if (token.text === "rule") p.want("rule");
  let any = false;
  for (;;) {
    p.want("setting-value");
    if (p.current.kind === "word") nameOrRange(p);
    else if (p.current.kind === "number") literalOrRange(p, "a value");
    else if (p.current.kind === "string") p.leaf("Literal");
    else if (!(any && p.eat(","))) break;
    any = true;
  }
  if (!any) p.expected("a value", token.text);
  p.close();
}
