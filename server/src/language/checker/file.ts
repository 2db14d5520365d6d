/** A whole file: clusters, scenarios, and which of them can run. */

import { t } from "../../l10n/text.js";
import { NAMES } from "../diagnostics/names.js";
import type { ClusterDefinition, Diagnostic, Program, Scenario, Span } from "../program.js";
import type { OpenSymbol } from "../symbols.js";
import { readString } from "../syntax/token-errors.js";
import { childOf, childrenOf, clauseOf, firstToken, isNode, type SyntaxNode, spanOf } from "../syntax/tree.js";
import { type CheckContext, reportUnknown } from "./context.js";
import { mergeSettings } from "./defaults.js";
import { lowerGiven } from "./given.js";
import { plainText } from "./literals.js";
import { Scope } from "./scope.js";
import { type ClusterSettings, MOST_NODES, readSettings, SettingsReader } from "./settings.js";
import { lowerSteps } from "./steps.js";

/** A file-level cluster with what it sets. */
export interface CheckedCluster {
  readonly name: string;
  readonly node: SyntaxNode;
  readonly settings: ClusterSettings;
  readonly symbol: OpenSymbol | null;
}

/** A scenario with where its parts come from, for the checks that know Raft. */
export interface CheckedScenario {
  readonly scenario: Scenario;
  readonly node: SyntaxNode;
  readonly cluster: CheckedCluster | undefined;
  /** The settings that count for it, the later overriding the earlier. */
  readonly blocks: readonly ClusterSettings[];
}

/** The outcome of checking a tree. */
export interface FileResult {
  readonly program: Program;
  readonly clusters: readonly CheckedCluster[];
  readonly scenarios: readonly CheckedScenario[];
}

/** Turns the tree of a file into a program; findings go to the context's reporter. */
export function checkFile(context: CheckContext, tree: SyntaxNode): FileResult {
  const clusters = checkClusters(context, tree);
  const titles = new Map<string, Span>();
  const scenarios: CheckedScenario[] = [];
  tree.children.forEach((child, index) => {
    if (!isNode(child) || child.kind !== "Scenario") return;
    const scenario = checkScenario(context, child, clusters, docBefore(tree, index));
    scenarios.push(scenario);
    checkTitle(context, child, scenario.scenario.title, titles);
  });
  const definitions = clusters.map((cluster): ClusterDefinition => {
    const index = tree.children.indexOf(cluster.node);
    return {
      name: cluster.name,
      span: spanOf(cluster.node),
      doc: docBefore(tree, index),
      config: mergeSettings([cluster.settings]),
    };
  });
  return { program: { clusters: definitions, scenarios: scenarios.map((each) => each.scenario) }, clusters, scenarios };
}

function checkClusters(context: CheckContext, tree: SyntaxNode): CheckedCluster[] {
  const seen = new Map<string, Span>();
  return childrenOf(tree, "Cluster").map((node) => {
    const nameNode = childOf(node, "Name");
    const name = plainText(nameNode);
    const place = spanOf(nameNode ?? firstToken(node) ?? node);
    const earlier = seen.get(name);
    if (earlier !== undefined) {
      const what = name === "" ? t("the file's cluster") : t("a cluster");
      context.reporter.report(NAMES.nameTwice, place, [name === "" ? "cluster" : name, what], {
        related: [{ span: earlier, message: t("defined here") }],
      });
    } else {
      seen.set(name, place);
    }
    const symbol =
      nameNode === undefined ? null : context.symbols.define("cluster", name, spanOf(nameNode), true, "cluster");
    return { name, node, settings: readSettings(context, node), symbol };
  });
}

function checkTitle(context: CheckContext, node: SyntaxNode, title: string, titles: Map<string, Span>): void {
  const titleNode = childOf(node, "Title");
  if (titleNode === undefined) return;
  const earlier = titles.get(title);
  if (earlier !== undefined) {
    context.reporter.report(NAMES.titleTwice, spanOf(titleNode), [title], {
      related: [{ span: earlier, message: t("the first one") }],
    });
  } else {
    titles.set(title, spanOf(titleNode));
  }
  context.symbols.define("scenario", title, spanOf(titleNode), false, "scenario");
}

/** The comments directly above an element, without `#`, joined by newlines. */
export function docBefore(tree: SyntaxNode, index: number): string {
  const lines: string[] = [];
  let newlines = 0;
  for (let i = index - 1; i >= 0; i--) {
    const element = tree.children[i];
    if (element === undefined || isNode(element)) {
      // A comment at the end of a line that holds something else belongs to that.
      if (newlines === 0 && lines.length > 0) lines.pop();
      break;
    }
    if (element.kind === "newline") {
      newlines++;
      if (newlines > 1) break;
    } else if (element.kind === "comment") {
      lines.push(element.text.replace(/^#+ ?/, "").trimEnd());
      newlines = 0;
    }
  }
  return lines.reverse().join("\n");
}

function clusterFor(
  context: CheckContext,
  node: SyntaxNode,
  clusters: readonly CheckedCluster[],
): CheckedCluster | undefined {
  const on = clauseOf(node, "on");
  const nameNode = on === undefined ? undefined : childOf(on, "Name");
  if (nameNode === undefined) {
    // A file with a single, named cluster can mean no other.
    return clusters.find((cluster) => cluster.name === "") ?? (clusters.length === 1 ? clusters[0] : undefined);
  }
  const name = plainText(nameNode);
  const found = clusters.find((cluster) => cluster.name === name);
  if (found === undefined) {
    const known = clusters.filter((cluster) => cluster.name !== "").map((cluster) => cluster.name);
    reportUnknown(context, NAMES.unknownCluster, spanOf(nameNode), name, known);
  } else if (found.symbol !== null) {
    context.symbols.refer(found.symbol, spanOf(nameNode));
  }
  return found;
}

function checkScenario(
  context: CheckContext,
  node: SyntaxNode,
  clusters: readonly CheckedCluster[],
  doc: string,
): CheckedScenario {
  const cluster = clusterFor(context, node, clusters);
  const block = childOf(node, "Block");
  const own = readSettings(context, block === undefined ? undefined : childOf(block, "Cluster"));
  const seed = new SettingsReader(context);
  for (const setting of block === undefined ? [] : childrenOf(block, "Setting")) seed.read(setting);
  for (const extra of block === undefined ? [] : childrenOf(block, "Cluster").slice(1)) {
    context.reporter.report(NAMES.nameTwice, spanOf(extra), ["cluster", t("this scenario's cluster")]);
  }
  for (const extra of block === undefined ? [] : childrenOf(block, "Given").slice(1)) {
    context.reporter.report(NAMES.nameTwice, spanOf(extra), ["given", t("where this scenario begins")]);
  }
  const blocks = [...(cluster === undefined ? [] : [cluster.settings]), own, seed];
  const config = mergeSettings(blocks);
  const titleNode = childOf(node, "Title");
  const place = titleNode ?? firstToken(node) ?? node;
  if (config.nodes.length === 0 && block !== undefined) context.reporter.report(NAMES.noNodes, spanOf(place), []);
  const scope = new Scope(context, config, nodesOf(context, blocks), clientsOf(context, blocks));
  reportClashes(context, blocks, scope);
  const given = lowerGiven(scope, block === undefined ? undefined : childOf(block, "Given"));
  const steps = lowerSteps(scope, block);
  const title = titleNode === undefined ? "" : readString(plainTitle(titleNode)).value;
  const line = context.lines.lineOf(node.start);
  return {
    scenario: { title, doc, span: spanOf(node), line, config, given, steps, unsupported: [] },
    node,
    cluster,
    blocks,
  };
}

function plainTitle(node: SyntaxNode): string {
  return firstToken(node)?.text ?? "";
}

/** Voters, learners and spares, each from the block that counts. A server is only one of them. */
function nodesOf(context: CheckContext, blocks: readonly ClusterSettings[]): ReadonlyMap<string, OpenSymbol> {
  const servers = new Map<string, OpenSymbol>();
  for (const [setting, what] of SERVER_SETTINGS) {
    let names: ReadonlyMap<string, OpenSymbol> = new Map();
    for (const block of blocks) names = block[setting] ?? names;
    for (const [name, symbol] of names) {
      const earlier = servers.get(name);
      if (earlier === undefined) {
        servers.set(name, symbol);
        if (servers.size === MOST_NODES + 1 && symbol.definition !== null) {
          context.reporter.report(NAMES.tooMany, symbol.definition, [t("servers"), MOST_NODES]);
        }
      } else if (symbol.definition !== null) {
        const related = earlier.definition === null ? [] : [{ span: earlier.definition, message: t("named here") }];
        context.reporter.report(NAMES.nameTwice, symbol.definition, [name, what()], { related });
      }
    }
  }
  return servers;
}

const SERVER_SETTINGS = [
  ["nodes", () => t("a server, under `nodes`")],
  ["learners", () => t("a server, under `nodes`")],
  ["spares", () => t("a server, under `nodes` or `learners`")],
] as const;

function clientsOf(context: CheckContext, blocks: readonly ClusterSettings[]): ReadonlyMap<string, OpenSymbol> {
  let clients: ReadonlyMap<string, OpenSymbol> | null = null;
  for (const block of blocks) clients = block.clients ?? clients;
  return clients ?? new Map([["client", context.symbols.define("client", "client", null, false, "client")]]);
}

function reportClashes(context: CheckContext, blocks: readonly ClusterSettings[], scope: Scope): void {
  for (const block of blocks) {
    for (const [name, symbol] of block.clients ?? []) {
      if (scope.isNode(name) && symbol.definition !== null) {
        context.reporter.report(NAMES.nameTwice, symbol.definition, [name, t("a server")]);
      }
    }
  }
}

/** Titles of the scenarios that have no error in themselves or in the cluster they run on. */
export function runnableTitles(
  scenarios: readonly CheckedScenario[],
  diagnostics: readonly Diagnostic[],
): ReadonlySet<string> {
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === "error");
  const runnable = new Set<string>();
  const broken = new Set<string>();
  for (const { scenario, node, cluster } of scenarios) {
    const spoiled = hasError(errors, node) || (cluster !== undefined && hasError(errors, cluster.node));
    if (spoiled || scenario.title === "") broken.add(scenario.title);
    else runnable.add(scenario.title);
  }
  for (const title of broken) runnable.delete(title);
  return runnable;
}

/** Whether one of the diagnostics, sorted by place, begins inside the node. */
function hasError(errors: readonly Diagnostic[], node: SyntaxNode): boolean {
  let low = 0;
  let high = errors.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((errors[middle]?.span.start ?? 0) < node.start) low = middle + 1;
    else high = middle;
  }
  const first = errors[low];
  return first !== undefined && first.span.start < node.end;
}
