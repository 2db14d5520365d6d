import { InputError } from "./exit-codes.js";
import type { Terminal } from "./output.js";
import { type SelectedScenario, type Selection, selectScenarios } from "./select.js";

/**
 * The one scenario that is meant: the one named, the one that contains a line, or the file's only one. Rejects with an
 * {@link InputError} otherwise.
 */
export async function onlyScenario(
  terminal: Terminal,
  file: string,
  selection: Selection,
  line?: number,
): Promise<SelectedScenario> {
  const scenarios = await selectScenarios(terminal, [file], selection);
  const [first] = scenarios;
  if (first !== undefined && scenarios.length === 1) return first;
  const around = line === undefined ? undefined : scenarios.findLast(({ scenario }) => scenario.line <= line);
  if (around !== undefined) return around;
  const titles = scenarios.map(({ scenario }) => `  "${scenario.title}"`).join("\n");
  throw new InputError(`${file} has ${scenarios.length} scenarios. Choose one with --scenario:\n${titles}`);
}
