import { InputError } from "./exit-codes.js";
import type { Terminal } from "./output.js";
import { type SelectedScenario, type Selection, selectScenarios } from "./select.js";

/** The one scenario that is meant: the file's only one, or the one named. Rejects with an {@link InputError} otherwise. */
export async function onlyScenario(terminal: Terminal, file: string, selection: Selection): Promise<SelectedScenario> {
  const scenarios = await selectScenarios(terminal, file, selection);
  const [first] = scenarios;
  if (first === undefined || scenarios.length > 1) {
    const titles = scenarios.map(({ scenario }) => `  "${scenario.title}"`).join("\n");
    throw new InputError(`${file} has ${scenarios.length} scenarios. Choose one with --scenario:\n${titles}`);
  }
  return first;
}
