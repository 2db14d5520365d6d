import { t } from "../l10n/text.js";
import { check } from "../language/check.js";
import { flipped } from "../language/knobs.js";
import type { CheckedFile, Scenario } from "../language/program.js";

let lastChecked: { readonly text: string; readonly checked: CheckedFile } | null = null;

/** The scenarios of a file are often run one after another: its text is checked once for all of them. */
function checkOnce(text: string): CheckedFile {
  if (lastChecked?.text !== text) lastChecked = { text, checked: check(text) };
  return lastChecked.checked;
}

/** The scenario with this title on its cluster, some settings changed, if it can run; otherwise why not, with the place of the first error. */
export function findRunnable(text: string, title: string, settings: readonly string[] = []): Scenario | string {
  const checked = checkOnce(text);
  const scenario = checked.program.scenarios.find((candidate) => candidate.title === title);
  if (scenario === undefined) {
    const titles = checked.program.scenarios.map((candidate) => `"${candidate.title}"`);
    return titles.length === 0
      ? t('The file has no scenario "{0}": it has none.', title)
      : t('The file has no scenario "{0}": it has {1}.', title, titles.join(", "));
  }
  if (checked.runnable.has(title)) return flipped(scenario, settings);
  const error = checked.diagnostics.find(({ severity }) => severity === "error");
  if (error === undefined) return t('"{0}" cannot run: {1}', title, scenario.unsupported.join("; "));
  const line = text.slice(0, error.span.start).split("\n").length;
  return t('"{0}" cannot run, line {1}: {2} ({3})', title, line, error.message, error.code);
}
