/** Steps that change who belongs to the cluster and who leads it, resolved. */

import { MEMBERSHIP } from "../diagnostics/membership.js";
import { NAMES } from "../diagnostics/names.js";
import { anyOf } from "../diagnostics/words.js";
import type { StepKind } from "../program.js";
import { childOf, childrenOf, clauseOf, hasWord, type SyntaxNode, spanOf } from "../syntax/tree.js";
import { textOf } from "./literals.js";
import { lowerResult } from "./results.js";
import type { Scope } from "./scope.js";
import { lowerSelector, SELECTOR_KINDS, targetOf } from "./selectors.js";

/** What such a step has besides its own parts. */
type Asked = Pick<Extract<StepKind, { readonly kind: "transfer" }>, "at" | "refused">;

/** Resolves such a step by its word; `null` when the word is none of them. */
export function lowerClusterStep(scope: Scope, node: SyntaxNode, word: string): StepKind | null {
  switch (word) {
    case "transfer":
    case "promote":
    case "remove":
      return { kind: word, target: targetOf(scope, node), ...asked(scope, node, word) };
    case "add": {
      const kind = hasWord(node, "learner") ? "add-learner" : "add-voter";
      return { kind, target: targetOf(scope, node), ...asked(scope, node, word) };
    }
    case "reconfigure": {
      const voters = targetOf(scope, node);
      const explicit = hasWord(node, "explicit");
      const rest = asked(scope, node, word);
      // A refusal that is expected is the point of the step.
      if (voters.kind === "set" && voters.members.length === 0 && !rest.refused) {
        scope.context.reporter.report(MEMBERSHIP.noVoters, voters.span, []);
      }
      if (explicit && !rest.refused) needsJoint(scope, node, "explicit");
      return { kind: "reconfigure", voters, explicit, ...rest };
    }
    case "leave": {
      const rest = asked(scope, node, word);
      if (!rest.refused) needsJoint(scope, node, "leave joint");
      return { kind: "leave-joint", ...rest };
    }
    default:
      return null;
  }
}

/** `at NODE` and `=> ok` or `=> failed`. */
function asked(scope: Scope, node: SyntaxNode, word: string): Asked {
  const clause = clauseOf(node, "at");
  const at = clause === undefined ? undefined : childrenOf(clause, ...SELECTOR_KINDS)[0];
  const resultNode = childOf(node, "Result");
  return {
    at: at === undefined ? null : lowerSelector(scope, at),
    refused: resultNode !== undefined && expectsRefusal(scope, resultNode, word),
  };
}

/** Whether the result behind a step is `=> failed`; anything but that and `=> ok` is reported. */
export function expectsRefusal(scope: Scope, node: SyntaxNode, word: string): boolean {
  const { outcomes } = lowerResult(scope, node, null);
  const [only] = outcomes;
  if (outcomes.length !== 1 || (only?.kind !== "ok" && only?.kind !== "failed")) {
    scope.context.reporter.report(NAMES.impossibleResult, spanOf(node), [
      word,
      textOf(node).replace(/^=>\s*/, ""),
      anyOf(["`ok`", "`failed`"]),
    ]);
  }
  return only?.kind === "failed";
}

function needsJoint(scope: Scope, node: SyntaxNode, part: string): void {
  const { membership } = scope.config;
  if (membership !== "joint") scope.context.reporter.report(MEMBERSHIP.notJoint, spanOf(node), [part, membership]);
}
