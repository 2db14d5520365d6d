import { commas, semicolons } from "../l10n/joined.js";
import { t } from "../l10n/text.js";
import type { Comparison, Condition } from "../language/program.js";
import { membersOf } from "../raft/configuration.js";
import type { World } from "../sim/world.js";
import { type ConditionContext, evaluate, type Samples } from "./operands.js";
import type { Resolved, Value } from "./scope.js";
import { configurationOf, describeRoles } from "./selectors.js";
import { isServers, sameValue, showValue } from "./values.js";

/** Whether a condition holds now. One that cannot be evaluated (no leader to ask) does not hold. */
export function holds(context: ConditionContext, condition: Condition): boolean {
  switch (condition.kind) {
    case "has-leader":
      return context.world.leader() !== null;
    case "no-leader":
      return context.world.leader() === null;
    case "converged":
      return converged(context.world);
    case "not":
      return !holds(context, condition.operand);
    case "and":
      return condition.operands.every((operand) => holds(context, operand));
    case "or":
      return condition.operands.some((operand) => holds(context, operand));
    case "compare": {
      const left = evaluate(fresh(context), condition.left);
      const right = evaluate(fresh(context), condition.right);
      return left.ok && right.ok && compareSamples(left.value, condition.operator, right.value);
    }
  }
}

/** What the parts of a condition are now, for a person who expected something else. */
export function describeCondition(
  context: ConditionContext,
  condition: Condition,
  text: (span: { start: number; end: number }) => string,
): string {
  switch (condition.kind) {
    case "has-leader":
    case "no-leader":
      return describeRoles(context.world);
    case "converged":
      return describeLogs(context.world);
    case "not":
      return describeCondition(context, condition.operand, text);
    case "and":
    case "or": {
      const parts = condition.operands.filter((operand) => holds(context, operand) === (condition.kind === "or"));
      const shown = parts.length > 0 ? parts : condition.operands;
      return semicolons(shown.map((operand) => describeCondition(context, operand, text)));
    }
    case "compare": {
      const sides = [condition.left, condition.right].flatMap((operand) => {
        if (isLiteral(operand.kind)) return [];
        return [t("{0} is {1}", text(operand.span), describeSamples(context.world, evaluate(fresh(context), operand)))];
      });
      return commas(sides);
    }
  }
}

function isLiteral(kind: string): boolean {
  return kind === "number" || kind === "string" || kind === "word";
}

function describeSamples(world: World, samples: Resolved<Samples>): string {
  if (!samples.ok) return t("unknown ({0})", samples.message);
  const shown = samples.value.samples.map(({ of, value }) => {
    const text = typeof value === "string" && of !== null && isRole(value) ? value : showValue(world, value);
    return samples.value.samples.length > 1 && of !== null ? t("{0} at {1}", text, world.nameOf(of)) : text;
  });
  return shown.length === 0 ? t("nothing: no server is meant") : commas(shown);
}

function isRole(value: string): boolean {
  return value === "follower" || value === "candidate" || value === "leader" || value === "pre-candidate";
}

function compareSamples(left: Samples, operator: Comparison, right: Samples): boolean {
  const forRight = (a: Value): boolean => {
    const test = (b: { readonly value: Value }): boolean => compare(a, operator, b.value);
    return right.any ? right.samples.some(test) : right.samples.every(test);
  };
  const test = (a: { readonly value: Value }): boolean => forRight(a.value);
  return left.any ? left.samples.some(test) : left.samples.every(test);
}

function compare(a: Value, operator: Comparison, b: Value): boolean {
  switch (operator) {
    case "==":
      return sameValue(a, b);
    case "!=":
      return !sameValue(a, b);
    case "in":
      return isMember(a, b);
    case "<":
      return ordered(a, b, (x, y) => x < y);
    case "<=":
      return ordered(a, b, (x, y) => x <= y);
    case ">":
      return ordered(a, b, (x, y) => x > y);
    case ">=":
      return ordered(a, b, (x, y) => x >= y);
  }
}

function ordered(a: Value, b: Value, test: (x: number, y: number) => boolean): boolean {
  return typeof a === "number" && typeof b === "number" && test(a, b);
}

function isMember(a: Value, b: Value): boolean {
  if (b === null || typeof b !== "object") return false;
  if (isServers(b))
    return a !== null && typeof a === "object" && isServers(a) && a.servers.every((id) => b.servers.includes(id));
  return b.some((item) => sameValue(a, item));
}

/** All that are up hold the same log, committed and applied. */
function converged(world: World): boolean {
  // Spares and removed servers belong to no configuration, and nobody sends to them.
  const members = membersOf(configurationOf(world));
  const up = world.servers.flatMap((server) => (server?.raft && members.includes(server.id) ? [server.raft] : []));
  const [first] = up;
  if (first === undefined) return false;
  return up.every((raft) => {
    if (raft.log.lastIndex !== first.log.lastIndex || raft.commitIndex !== raft.log.lastIndex) return false;
    if (raft.appliedIndex !== raft.commitIndex) return false;
    // What snapshots cover is committed, and so the same everywhere.
    const begin = Math.max(raft.log.firstIndex, first.log.firstIndex) - 1;
    for (let index = raft.log.lastIndex; index > 0 && index >= begin; index -= 1) {
      if (raft.log.termAt(index) !== first.log.termAt(index)) return false;
    }
    return true;
  });
}

function describeLogs(world: World): string {
  return semicolons(
    world.servers.flatMap((server) => {
      if (!server?.raft) return [];
      const { log, commitIndex, appliedIndex } = server.raft;
      return [
        t(
          "{0} last {1} (term {2}), commit {3}, applied {4}",
          server.name,
          log.lastIndex,
          log.lastTerm,
          commitIndex,
          appliedIndex,
        ),
      ];
    }),
  );
}

/** Each side of a comparison starts with no server named, so that `others` is not disturbed. */
function fresh(context: ConditionContext): ConditionContext {
  return { ...context, named: new Set() };
}
