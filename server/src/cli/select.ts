import { overrideSettings } from "../language/override.js";
import type { ClusterConfig, Scenario } from "../language/program.js";
import { diagnose, printDiagnostics } from "./diagnostics.js";
import { InputError } from "./exit-codes.js";
import { readScenarioFile } from "./files.js";
import type { Terminal } from "./output.js";

/** A scenario to run, with the text that its spans refer to. */
export interface SelectedScenario {
  readonly file: string;
  readonly source: string;
  readonly scenario: Scenario;
}

/** What the command line says about which scenarios, and how. */
export interface Selection {
  readonly scenario: string | undefined;
  /** `SETTING=VALUE`, as given. */
  readonly settings: readonly string[];
}

/**
 * The scenarios of a file that are asked for. Prints errors and warnings; rejects with an {@link InputError} when a
 * scenario asked for is missing or cannot run.
 */
export async function selectScenarios(
  terminal: Terminal,
  file: string,
  selection: Selection,
): Promise<readonly SelectedScenario[]> {
  const source = await readScenarioFile(file);
  const { analysis, diagnostics } = diagnose(file, source);
  printDiagnostics(
    terminal,
    diagnostics.filter(({ severity }) => severity === "error" || severity === "warning"),
  );
  const { scenarios } = analysis.program;
  const wanted =
    selection.scenario === undefined ? scenarios : scenarios.filter(({ title }) => title === selection.scenario);
  if (wanted.length === 0) {
    const titles = scenarios.map(({ title }) => `  "${title}"`).join("\n");
    if (selection.scenario === undefined) throw new InputError(`${file} has no scenario.`);
    throw new InputError(`${file} has no scenario "${selection.scenario}". It has:\n${titles || "  none"}`);
  }
  for (const { title } of wanted) {
    if (!analysis.runnable.has(title)) throw new InputError(`${file}: "${title}" cannot run: see the errors above.`);
  }
  return wanted.map((scenario) => ({
    file,
    source,
    scenario: { ...scenario, config: configured(scenario.config, selection) },
  }));
}

function configured(config: ClusterConfig, { settings }: Selection): ClusterConfig {
  const lines = settings.map((setting) => {
    const equals = setting.indexOf("=");
    if (equals < 1) throw new InputError(`--set takes SETTING=VALUE, not "${setting}".`);
    return `${setting.slice(0, equals).trim()} ${setting.slice(equals + 1).trim()}`;
  });
  const changed = overrideSettings(config, lines);
  if ("nodes" in changed) return changed;
  throw new InputError(`--set: ${changed.map(({ message }) => message).join("; ")}`);
}
