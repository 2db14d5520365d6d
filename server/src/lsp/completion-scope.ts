/** The names that can be used at a place of a file. */
import type { HandleKind } from "../language/checker/scope.js";
import type { Scenario } from "../language/program.js";
import type { SymbolKind } from "../language/symbols.js";
import { headWord, pathAt } from "../language/syntax/tree.js";
import type { OpenDocument } from "./documents.js";

/** A name with a few words on what it is. */
export interface ScopedName {
  readonly name: string;
  readonly detail: string;
}

/** What the brackets around a place hold, where that says more than the grammar at the caret. */
export type Surroundings = "set" | "given" | "workload" | "nemesis" | "other";

/** What is in scope at a place. */
export interface CompletionScope {
  readonly surroundings: Surroundings;
  readonly nodes: readonly string[];
  readonly clients: readonly string[];
  readonly clusters: readonly string[];
  readonly variables: readonly ScopedName[];
  /** Operations, watches, leases, locks, holds, workloads and so on that were given a name; `detail` is which it is. */
  readonly handles: readonly ScopedName[];
  readonly keys: readonly string[];
  /** Whether the step under way divides servers into sides, which may be left to the seed. */
  readonly partitioning: boolean;
  /** The words of the line before the place, for settings. */
  readonly lineWords: readonly string[];
}

/** The scope at an offset. */
export function completionScope(open: OpenDocument, offset: number): CompletionScope {
  const { program, symbols, text } = open.analysis;
  const scenario = program.scenarios.find(({ span }) => span.start <= offset && offset <= span.end);
  const named = (kind: SymbolKind): string[] => [
    ...new Set(symbols.symbols.filter((symbol) => symbol.kind === kind).map((symbol) => symbol.name)),
  ];
  const { config } = scenario ?? {};
  return {
    surroundings: surroundingsOf(open, offset),
    nodes: config === undefined ? named("node") : [...config.nodes, ...config.learners, ...config.spares],
    clients: config?.clients ?? named("client"),
    clusters: named("cluster"),
    variables: definedBefore(open, scenario, offset, "variable"),
    handles: [...definedBefore(open, scenario, offset, "handle"), ...definedBefore(open, scenario, offset, "lease")],
    keys: symbols.keys,
    partitioning: /\bpartition\b/.test(text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset)),
    lineWords: lineWords(text, offset),
  };
}

/** The handles that refer to one of these, as `HandleKind` calls them. */
export function handlesOf({ handles }: CompletionScope, ...kinds: readonly HandleKind[]): readonly ScopedName[] {
  return handles.filter(({ detail }) => kinds.some((kind) => kind === detail));
}

/** Names that the steps before the place have bound, the newest first. */
function definedBefore(
  open: OpenDocument,
  scenario: Scenario | undefined,
  offset: number,
  kind: SymbolKind,
): ScopedName[] {
  const from = scenario?.span.start ?? 0;
  const names = new Map<string, ScopedName>();
  for (const symbol of open.analysis.symbols.symbols) {
    const at = symbol.definition?.start;
    if (symbol.kind !== kind || at === undefined || at < from || at >= offset) continue;
    names.set(symbol.name, { name: symbol.name, detail: symbol.detail });
  }
  return [...names.values()].reverse();
}

/** From the tree of the whole text: the closing bracket that the editor adds by itself stands behind the caret. */
function surroundingsOf(open: OpenDocument, offset: number): Surroundings {
  const path = pathAt(open.analysis.tree, offset);
  const at = path.findLastIndex(({ kind, start }) => (kind === "Block" || kind === "SetSelector") && start < offset);
  const bracket = path[at];
  const closed = open.analysis.text[(bracket?.end ?? 0) - 1] === "}";
  if (bracket === undefined || (closed && bracket.end <= offset)) return "other";
  if (bracket.kind === "SetSelector") return "set";
  const owner = path[at - 1];
  if (owner?.kind === "Given") return "given";
  const word = owner?.kind === "Step" ? headWord(owner) : "";
  return word === "workload" || word === "nemesis" ? word : "other";
}

function lineWords(text: string, offset: number): string[] {
  const start = Math.max(
    text.lastIndexOf("\n", offset - 1),
    text.lastIndexOf(";", offset - 1),
    text.lastIndexOf("{", offset - 1),
  );
  return text
    .slice(start + 1, offset)
    .split(/\s+/)
    .filter((part) => part !== "");
}
