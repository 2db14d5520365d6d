/** Workloads, resolved. */

import { t } from "../../l10n/text.js";
import { NAMES } from "../diagnostics/names.js";
import { MIX_WORDS } from "../grammar/load.js";
import type { Workload } from "../program.js";
import { childOf, childrenOf, headWord, type SyntaxNode, spanOf } from "../syntax/tree.js";
import { durationOf } from "./faults.js";
import { plainText, readQuantity } from "./literals.js";
import { expandRun } from "./names.js";
import type { Scope } from "./scope.js";

type Mix = Workload["mix"][number];

const DEFAULT_MIX: readonly Mix[] = [
  { operation: "put", share: 0.5 },
  { operation: "get", share: 0.5 },
];
const MOST_CLIENTS = 1000;
const MOST_KEYS = 10_000;

/** Resolves `workload NAME for D { … }`; what is not set has a default: 1 client, key `k1`, 10/s, half put, half get. */
export function lowerWorkload(scope: Scope, node: SyntaxNode): Workload {
  const name = childOf(node, "Name");
  if (name !== undefined) scope.bindHandle(name, "workload");
  const draft = { clients: 1, keys: ["k1"], rate: 10, mix: DEFAULT_MIX };
  const block = childOf(node, "Block");
  for (const setting of block === undefined ? [] : childrenOf(block, "Setting")) {
    const literal = childOf(setting, "Literal");
    switch (headWord(setting)) {
      case "clients": {
        const clients = readQuantity(scope.context, literal, "integer");
        if (clients !== null && clients > MOST_CLIENTS) {
          scope.context.reporter.report(NAMES.tooMany, spanOf(setting), [t("clients"), MOST_CLIENTS]);
        } else if (clients !== null) {
          draft.clients = clients;
        }
        break;
      }
      case "rate":
        draft.rate = readQuantity(scope.context, literal, "rate") ?? draft.rate;
        break;
      case "keys":
        draft.keys = keysOf(scope, setting);
        break;
      case "mix":
        draft.mix = mixOf(scope, setting);
        break;
      default:
    }
  }
  const duration = durationOf(scope, node, "for");
  if (duration === null) {
    scope.context.reporter.report(NAMES.missingClause, spanOf(node), ["workload", t("a duration: `for 10s`")]);
  }
  return { name: plainText(name), duration: duration ?? 0, ...draft };
}

function keysOf(scope: Scope, setting: SyntaxNode): string[] {
  const keys: string[] = [];
  for (const child of childrenOf(setting, "Key", "KeyRange")) {
    const found = child.kind === "Key" ? [plainText(child)] : (expandRun(scope.context, child) ?? []);
    for (const key of found) {
      if (keys.length < MOST_KEYS) keys.push(key);
    }
  }
  return keys.length === 0 ? ["k1"] : keys;
}

function mixOf(scope: Scope, setting: SyntaxNode): Mix[] {
  const mix: Mix[] = [];
  let sum = 0;
  for (const clause of childrenOf(setting, "Clause")) {
    const share = readQuantity(scope.context, childOf(clause, "Literal"), "percent") ?? 0;
    const operation = MIX_WORDS.find((each) => each === headWord(clause));
    if (operation !== undefined) mix.push({ operation, share });
    sum += share;
  }
  if (Math.abs(sum - 1) > 1e-9) {
    scope.context.reporter.report(NAMES.mixNotWhole, spanOf(setting), [`${Math.round(sum * 1000) / 10}%`]);
  }
  return mix;
}
