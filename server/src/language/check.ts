/** Text to checked program: the entry points of the language. */

import { walkHandles } from "./aware/handles.js";
import { checkPartitions } from "./aware/partitions.js";
import { checkResults } from "./aware/results.js";
import { checkSettings, checkUnsafe } from "./aware/settings.js";
import { walkStore } from "./aware/store.js";
import { walkScenario } from "./aware/walk.js";
import type { CheckContext } from "./checker/context.js";
import { type CheckedScenario, checkFile, runnableTitles } from "./checker/file.js";
import { type HandleKind, Scope, type VariableKind } from "./checker/scope.js";
import { lowerSteps } from "./checker/steps.js";
import { Reporter } from "./diagnostics/definition.js";
import { withFixes } from "./fixes/fixes.js";
import { parseFile, parseSteps } from "./parse.js";
import type { CheckedFile, ClusterConfig, Diagnostic, Step } from "./program.js";
import { type OpenSymbol, type SymbolIndex, SymbolTable } from "./symbols.js";
import type { Token } from "./syntax/token.js";
import type { SyntaxNode } from "./syntax/tree.js";
import { TextLines } from "./text-lines.js";

/** Everything that is known about a text: what {@link check} gives, the tree and the index of names. */
export interface Analysis extends CheckedFile {
  readonly text: string;
  readonly tree: SyntaxNode;
  /** All tokens in order, white space and comments included. */
  readonly tokens: readonly Token[];
  readonly symbols: SymbolIndex;
  readonly lines: TextLines;
}

/**
 * Checks a file.
 *
 * @param text the text of a `.raftlab` file, however broken
 * @returns the program, all diagnostics by place, and the titles of the scenarios that can run
 */
export function check(text: string): CheckedFile {
  const { program, diagnostics, runnable } = analyze(text);
  return { program, diagnostics, runnable };
}

/** The same as {@link check}, with the tree and the index of names. */
export function analyze(text: string): Analysis {
  const reporter = new Reporter();
  const { tree, tokens } = parseFile(text, reporter);
  const table = new SymbolTable();
  const lines = new TextLines(text);
  const context: CheckContext = { reporter, symbols: table, lines, syntaxErrors: reporter.places() };
  const { program, clusters, scenarios } = checkFile(context, tree);
  checkSettings(reporter, clusters, scenarios);
  for (const checked of scenarios) {
    checkUnsafe(reporter, checked, text);
    checkPartitions(reporter, checked.scenario);
    walkScenario(reporter, checked.scenario, text);
    walkStore(reporter, checked.scenario);
    walkHandles(reporter, checked.scenario, text);
    checkResults(reporter, checked.scenario, text);
  }
  const diagnostics = withFixes(text, program, reporter.sorted());
  const runnable = runnableTitles(scenarios, diagnostics);
  return { program, diagnostics, runnable, text, tree, tokens, symbols: table.finish(), lines };
}

/** The names that earlier steps of a live session have bound. */
export interface StepScope {
  readonly variables: ReadonlyMap<string, VariableKind>;
  readonly handles: ReadonlyMap<string, HandleKind>;
}

/** The scope at the beginning of a session. */
export const EMPTY_SCOPE: StepScope = { variables: new Map(), handles: new Map() };

/** Steps that a person typed, checked. */
export interface CheckedSteps {
  /** Empty when there is an error. */
  readonly steps: readonly Step[];
  readonly diagnostics: readonly Diagnostic[];
  /** The scope after these steps, for the next ones; unchanged when there is an error. */
  readonly scope: StepScope;
}

/**
 * Checks a few steps against an existing cluster.
 *
 * @param text steps as in a scenario, one to a line or separated by `;`
 * @param config the cluster they are for
 * @param scope the names bound by earlier steps
 */
export function checkSteps(text: string, config: ClusterConfig, scope: StepScope = EMPTY_SCOPE): CheckedSteps {
  const reporter = new Reporter();
  const { tree } = parseSteps(text, reporter);
  const table = new SymbolTable();
  const context: CheckContext = {
    reporter,
    symbols: table,
    lines: new TextLines(text),
    syntaxErrors: reporter.places(),
  };
  const names = (kind: "node" | "client", all: readonly string[]): ReadonlyMap<string, OpenSymbol> =>
    new Map(all.map((name) => [name, table.define(kind, name, null, false, kind)]));
  const nodes = names("node", [...config.nodes, ...config.learners, ...config.spares]);
  const inner = new Scope(context, config, nodes, names("client", config.clients));
  inner.assume(scope.variables, scope.handles);
  const steps = lowerSteps(inner, tree);
  const diagnostics = reporter.sorted();
  const failed = diagnostics.some((diagnostic) => diagnostic.severity === "error");
  return failed ? { steps: [], diagnostics, scope } : { steps, diagnostics, scope: inner.bound() };
}

/** The scenario with the title, as the checker saw it. */
export function findScenario(file: CheckedFile, title: string): CheckedScenario["scenario"] | undefined {
  return file.program.scenarios.find((scenario) => scenario.title === title);
}
