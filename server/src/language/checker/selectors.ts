/** Selectors and links of the tree, resolved. */

import { t } from "../../l10n/text.js";
import { NAMES } from "../diagnostics/names.js";
import { anyOf } from "../diagnostics/words.js";
import { ROLE_WORDS } from "../grammar/words.js";
import type { Link, MessageType, Selector, Span } from "../program.js";
import { childOf, childrenOf, type SyntaxNode, spanOf, tokensOf } from "../syntax/tree.js";
import { MESSAGE_TYPES } from "../vocabulary/messages.js";
import { reportUnknown } from "./context.js";
import { plainText } from "./literals.js";
import { expandRun } from "./names.js";
import type { Scope } from "./scope.js";

/** Node kinds that are selectors. */
export const SELECTOR_KINDS = ["Name", "NameRange", "Role", "AnySelector", "SetSelector", "ExceptSelector"] as const;

/** Where a selector stands decides whether it can name clients: in links and partitions, and where processes crash or pause. */
export type Place = "servers" | "servers and clients";

/** Resolves a selector. Unknown names are reported; the result then names a server that does not exist. */
export function lowerSelector(scope: Scope, node: SyntaxNode, place: Place = "servers"): Selector {
  const span = spanOf(node);
  switch (node.kind) {
    case "Role":
      return role(plainText(node), span);
    case "AnySelector": {
      const inner = childrenOf(node, ...SELECTOR_KINDS)[0];
      return {
        kind: "any",
        of: inner === undefined ? { kind: "all", span } : lowerSelector(scope, inner, place),
        span,
      };
    }
    case "ExceptSelector": {
      const [of, minus] = childrenOf(node, ...SELECTOR_KINDS);
      if (of === undefined || minus === undefined) return { kind: "all", span };
      return { kind: "except", of: lowerSelector(scope, of, place), minus: lowerSelector(scope, minus, place), span };
    }
    case "SetSelector":
      return {
        kind: "set",
        members: childrenOf(node, ...SELECTOR_KINDS).flatMap((member) => members(scope, member, place)),
        span,
      };
    case "NameRange":
      return { kind: "set", members: members(scope, node, place), span };
    default:
      return named(scope, plainText(node), span, place);
  }
}

/** The servers that a step is about; all, where they could not be read. */
export function targetOf(scope: Scope, node: SyntaxNode, place: Place = "servers"): Selector {
  const target = childOf(node, ...SELECTOR_KINDS);
  return target === undefined ? { kind: "all", span: spanOf(node) } : lowerSelector(scope, target, place);
}

function members(scope: Scope, node: SyntaxNode, place: Place): Selector[] {
  if (node.kind !== "NameRange") return [lowerSelector(scope, node, place)];
  const span = spanOf(node);
  const [first, last] = childrenOf(node, "Name");
  const names = expandRun(scope.context, node) ?? [];
  const unknown = names.filter((name) => !scope.isNode(name));
  const firstUnknown = unknown[0];
  if (firstUnknown !== undefined) {
    reportUnknown(scope.context, NAMES.unknownNode, span, firstUnknown, scope.selectable(false));
  }
  if (first !== undefined) scope.refer(first);
  if (last !== undefined) scope.refer(last);
  return names.filter((name) => scope.isNode(name)).map((name) => ({ kind: "node", name, span }));
}

function role(word: string, span: Span): Selector {
  switch (word) {
    case "leader":
    case "all":
    case "down":
    case "others":
    case "random":
      return { kind: word, span };
    case "follower":
    case "followers":
      return { kind: "followers", span };
    case "candidate":
    case "candidates":
      return { kind: "candidates", span };
    case "learner":
    case "learners":
      return { kind: "learners", span };
    case "voter":
    case "voters":
      return { kind: "voters", span };
    default:
      return { kind: "all", span };
  }
}

function named(scope: Scope, name: string, span: Span, place: Place): Selector {
  scope.referAt(name, span);
  const variable = scope.variable(name);
  if (variable === "servers") return { kind: "variable", name, span };
  if (scope.isNode(name)) return { kind: "node", name, span };
  if (scope.isClient(name) && place === "servers and clients") return { kind: "client", name, span };
  const what = otherThanServers(scope, name);
  if (what === null) {
    const known = [...scope.selectable(place === "servers and clients"), ...ROLE_WORDS];
    const nodesOnly = scope.selectable(false).length === scope.config.nodes.length;
    reportUnknown(scope.context, nodesOnly ? NAMES.unknownNode : NAMES.unknownName, span, name, known);
  } else {
    const wanted = place === "servers" ? t("a server") : anyOf([t("a server"), t("a client")]);
    scope.context.reporter.report(NAMES.wrongHandle, span, [name, what, wanted]);
  }
  return { kind: "node", name, span };
}

/** What a name stands for that is no server; `null` when nothing bears it. */
function otherThanServers(scope: Scope, name: string): string | null {
  if (scope.isClient(name)) return t("a client");
  if (scope.variable(name) === "value") return t("a value");
  return scope.handle(name) === undefined ? null : t("a handle");
}

/** Resolves a link. */
export function lowerLink(scope: Scope, node: SyntaxNode): Link {
  const [from, to] = childrenOf(node, ...SELECTOR_KINDS);
  const span = spanOf(node);
  const everything: Selector = { kind: "all", span };
  return {
    from: from === undefined ? everything : lowerSelector(scope, from, "servers and clients"),
    to: to === undefined ? everything : lowerSelector(scope, to, "servers and clients"),
    both: tokensOf(node).some((token) => token.text === "<->"),
    span,
  };
}

/** Reads a message type; unknown ones are reported and count as any. */
export function lowerMessageType(scope: Scope, node: SyntaxNode | undefined): MessageType | null {
  if (node === undefined) return null;
  const name = plainText(node);
  const found = MESSAGE_TYPES.find((entry) => entry.name === name);
  if (found !== undefined) return found.name;
  reportUnknown(
    scope.context,
    NAMES.unknownMessage,
    spanOf(node),
    name,
    MESSAGE_TYPES.map((entry) => entry.name),
  );
  return null;
}
