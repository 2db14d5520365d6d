import type { CheckContext } from "./checker/context.js";
import { usualRetries } from "./checker/defaults.js";
import { readSettings } from "./checker/settings.js";
import { Reporter } from "./diagnostics/definition.js";
import { parseFile } from "./parse.js";
import type { ClusterConfig, Diagnostic } from "./program.js";
import { SymbolTable } from "./symbols.js";
import { childrenOf } from "./syntax/tree.js";
import { TextLines } from "./text-lines.js";

/**
 * A cluster with some settings changed, each written as in a `cluster` block (`heartbeat 20ms`, `rule pre-vote off`).
 *
 * @returns the changed cluster, or the diagnostics of the first setting that does not check
 */
export function overrideSettings(
  config: ClusterConfig,
  settings: readonly string[],
): ClusterConfig | readonly Diagnostic[] {
  let changed = config;
  for (const setting of settings) {
    const text = `cluster {\n${setting}\n}\n`;
    const reporter = new Reporter();
    const { tree } = parseFile(text, reporter);
    const context: CheckContext = {
      reporter,
      symbols: new SymbolTable(),
      lines: new TextLines(text),
      syntaxErrors: [],
    };
    const read = readSettings(context, childrenOf(tree, "Cluster")[0]);
    const errors = reporter.sorted().filter(({ severity }) => severity === "error");
    if (errors.length > 0) return errors;
    const off = new Set(changed.rulesOff);
    for (const [rule, on] of read.rules) {
      if (on) off.delete(rule);
      else off.add(rule);
    }
    // Retries that nobody set go with the sessions.
    const retries =
      changed.retries === usualRetries(changed) ? usualRetries({ ...changed, ...read.values }) : changed.retries;
    changed = { ...changed, retries, ...read.values, rulesOff: [...off] };
  }
  return changed;
}
