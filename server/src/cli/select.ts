import { overrideSettings } from "../language/override.js";
import { problemsOf } from "../language/problems.js";
import type { ClusterConfig, Scenario } from "../language/program.js";
import { printDiagnostics } from "./diagnostics.js";
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
 * The scenarios of some files that are asked for. Prints errors and warnings; rejects with an {@link InputError} when
 * a scenario asked for is missing or cannot run. A title need not be in every file.
 */
export async function selectScenarios(
  terminal: Terminal,
  files: readonly string[],
  selection: Selection,
): Promise<readonly SelectedScenario[]> {
  const selected: SelectedScenario[] = [];
  const titles: string[] = [];
  for (const file of files) {
    const { scenarios, all } = await selectFrom(terminal, file, selection);
    if (all.length === 0) throw new InputError(`${file} has no scenario.`);
    selected.push(...scenarios);
    titles.push(...all.map((title) => `  "${title}"`));
  }
  if (selected.length > 0) return selected;
  const where = files.length === 1 ? `${files[0]} has` : "The files have";
  throw new InputError(`${where} no scenario "${selection.scenario}", but:\n${titles.join("\n")}`);
}

async function selectFrom(
  terminal: Terminal,
  file: string,
  selection: Selection,
): Promise<{ readonly scenarios: readonly SelectedScenario[]; readonly all: readonly string[] }> {
  const source = await readScenarioFile(file);
  const { analysis, problems: diagnostics } = problemsOf(file, source);
  printDiagnostics(
    terminal,
    terminal.err,
    diagnostics.filter(({ severity }) => severity === "error" || severity === "warning"),
  );
  const { scenarios } = analysis.program;
  const wanted = scenarios.filter(({ title }) => selection.scenario === undefined || title === selection.scenario);
  const broken = diagnostics.some(({ severity }) => severity === "error");
  if (scenarios.length === 0 && broken) throw new InputError(`${file} has no scenario that can be read.`);
  for (const { title, unsupported } of wanted) {
    if (analysis.runnable.has(title)) continue;
    const why = broken ? "see the errors above" : unsupported.join("; ");
    throw new InputError(`${file}: "${title}" cannot run: ${why}.`);
  }
  const changed = wanted.map((scenario) => ({
    file,
    source,
    scenario: { ...scenario, config: configured(scenario.config, selection) },
  }));
  return { scenarios: changed, all: scenarios.map(({ title }) => title) };
}

function configured(config: ClusterConfig, { settings }: Selection): ClusterConfig {
  const changed = overrideSettings(config, settingLines(settings));
  if ("nodes" in changed) return changed;
  throw new InputError(`--set: ${changed.map(({ message }) => message).join("; ")}`);
}

/** `SETTING=VALUE` of the command line as lines of a `cluster` block. Throws an {@link InputError} for what is not of that form. */
export function settingLines(settings: readonly string[]): readonly string[] {
  return settings.map((setting) => {
    const equals = setting.indexOf("=");
    if (equals < 1) throw new InputError(`--set takes SETTING=VALUE, not "${setting}".`);
    return `${setting.slice(0, equals).trim()} ${setting.slice(equals + 1).trim()}`;
  });
}
