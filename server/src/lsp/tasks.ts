/** `raftlab/task`: the command line's `run`, `check` and `fmt --check` for an editor's tasks. */

import { t } from "../l10n/text.js";
import type { Lab } from "../lab/contract.js";
import { format } from "../language/format/format.js";
import { type Problem, problemsOf, problemText } from "../language/problems.js";
import type * as protocol from "../protocol/tasks.js";
import { type Paint, PLAIN_TEXT, resultProblems, summaryText } from "../scenario/result-text.js";
import type { Verdict } from "../scenario/verdict.js";
import { type Fields, given } from "./fields.js";
import type { ReadResult } from "./host.js";
import { askChains } from "./tests/failures.js";
import { outputLines } from "./tests/runner.js";

/** The parameters of a task. */
export type TaskParams = NonNullable<(typeof protocol.taskRequest)["params"]>;

/** What tasks need. */
export interface TaskServices {
  readonly lab: () => Promise<Lab>;
  readonly readText: (uri: string) => Promise<ReadResult>;
  /** All scenario files of the workspace. */
  readonly allFiles: () => Promise<readonly string[]>;
  readonly tell: (lines: readonly string[]) => void;
}

/** Exit codes, as the command line's. */
export type TaskExitCode = 0 | 1 | 2 | 3;

/** What a task has come to. */
class Outcome {
  readonly verdicts: Verdict[] = [];
  /** Files with errors, files that cannot be read, scenarios that cannot run or are not there. */
  wrong = 0;
  unformatted = 0;
  errors = 0;
  warnings = 0;

  get exitCode(): TaskExitCode {
    if (this.wrong > 0) return 2;
    if (this.unformatted > 0 || this.verdicts.includes("fail")) return 1;
    return this.verdicts.includes("unproven") ? 3 : 0;
  }
}

/** Does a task; `null` when it was cancelled. */
export async function runTask(
  services: TaskServices,
  params: TaskParams,
  signal: AbortSignal,
): Promise<TaskExitCode | null> {
  const { command, folder, colour } = params;
  const uris = params.uris.length > 0 ? params.uris : await services.allFiles();
  const outcome = new Outcome();
  const paint = colour === true ? ANSI : PLAIN_TEXT;
  for (const uri of uris) {
    if (signal.aborted) return null;
    const name = nameOf(uri, folder);
    const read = await services.readText(uri);
    if (!read.ok) {
      outcome.wrong += 1;
      services.tell([`raftlab: ${read.message}`]);
      continue;
    }
    const file: TaskFile = { uri, name, text: read.text };
    if (command === "run") await runFile(services, params, file, { outcome, paint, signal });
    else if (command === "check") checkFile(services, file, outcome, paint);
    else formatFile(services, file, outcome, paint);
    // Others have their turn between two files.
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  if (signal.aborted) return null;
  services.tell(endLines(params, uris.length, outcome));
  return outcome.exitCode;
}

interface TaskFile {
  readonly uri: string;
  readonly name: string;
  readonly text: string;
}

function endLines({ command, scenario }: TaskParams, files: number, outcome: Outcome): string[] {
  if (files === 0) return [t("raftlab: there is no scenario file in this workspace.")];
  switch (command) {
    case "run":
      if (outcome.verdicts.length > 0) return [summaryText(outcome.verdicts)];
      if (outcome.wrong > 0) return [];
      outcome.wrong += 1;
      return [
        scenario === undefined
          ? t("raftlab: there is no scenario to run.")
          : t('raftlab: there is no scenario "{0}".', scenario),
      ];
    case "check":
      return [`${count(files, "file")}: ${count(outcome.errors, "error")}, ${count(outcome.warnings, "warning")}`];
    case "format":
      return [];
  }
}

function checkFile({ tell }: TaskServices, { name, text }: TaskFile, outcome: Outcome, paint: Paint): void {
  const { problems } = problemsOf(name, text);
  const number = (severity: Problem["severity"]): number =>
    problems.filter((each) => each.severity === severity).length;
  outcome.errors += number("error");
  outcome.warnings += number("warning");
  if (number("error") > 0) outcome.wrong += 1;
  tell(problemLines(problems, paint));
}

function formatFile({ tell }: TaskServices, { name, text }: TaskFile, outcome: Outcome, paint: Paint): void {
  const broken = problemsOf(name, text).problems.filter(({ code }) => code.startsWith("RL0"));
  if (broken.length > 0) outcome.wrong += 1;
  tell(problemLines(broken, paint));
  if (format(text) === text) return;
  outcome.unformatted += 1;
  tell([`${name} is not formatted`]);
}

interface Running {
  readonly outcome: Outcome;
  readonly paint: Paint;
  readonly signal: AbortSignal;
}

async function runFile(services: TaskServices, params: TaskParams, file: TaskFile, running: Running): Promise<void> {
  const { name, text } = file;
  const { outcome, paint, signal } = running;
  const { analysis, problems } = problemsOf(name, text);
  const shown = problems.filter(({ severity }) => severity === "error" || severity === "warning");
  services.tell(problemLines(shown, paint));
  const wanted = analysis.program.scenarios.filter(({ title }) => title === (params.scenario ?? title));
  if (analysis.program.scenarios.length === 0 && shown.some(({ severity }) => severity === "error")) outcome.wrong += 1;
  for (const { title, line, unsupported } of wanted) {
    if (!analysis.runnable.has(title)) {
      outcome.wrong += 1;
      const why = unsupported.length > 0 ? unsupported.join("; ") : t("see the errors above");
      services.tell([t('{0}: "{1}" cannot run: {2}.', name, title, why)]);
      continue;
    }
    for (const seed of params.seeds ?? [undefined]) {
      if (signal.aborted) return;
      await runScenario(services, file, { title, line, seed }, running);
    }
  }
}

async function runScenario(
  services: TaskServices,
  { uri, name, text }: TaskFile,
  { title, line, seed }: { readonly title: string; readonly line: number; readonly seed: number | undefined },
  { outcome, paint, signal }: Running,
): Promise<void> {
  const lab = await services.lab();
  const control = { signal, onProgress: () => undefined };
  const ran = await lab.run({ source: { uri, text }, scenario: title, ...given("seed", seed) }, control);
  if (!ran.ok) {
    if (signal.aborted) return;
    outcome.wrong += 1;
    services.tell([`${name}: ${ran.message}`]);
    return;
  }
  const result = { ...ran.result, file: name };
  outcome.verdicts.push(result.verdict);
  const chains = result.verdict === "pass" ? new Map() : await askChains(lab, ran.session.id, result);
  services.tell([
    ...outputLines(result, text, chains, paint),
    ...problemLines(resultProblems(result, text.split(/\r\n|\r|\n/), line), paint),
  ]);
}

function problemLines(problems: readonly Problem[], paint: Paint): string[] {
  return problems.map((problem) => {
    const { severity } = problem;
    const style = severity === "error" ? "red" : severity === "warning" ? "yellow" : "dim";
    return problemText(problem, paint(style, severity));
  });
}

/** SGR parameters: on and off. */
const SGR: Readonly<Record<Parameters<Paint>[0], readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
};

const ANSI: Paint = (style, text) => {
  const [on, off] = SGR[style];
  return `\u001b[${on}m${text}\u001b[${off}m`;
};

/** A document as people call it: its path within the folder, else its path, else its URI. */
export function nameOf(uri: string, folder: string | undefined): string {
  const below = folder === undefined ? null : `${folder.replace(/\/$/, "")}/`;
  if (below !== null && uri.startsWith(below)) return decoded(uri.slice(below.length));
  if (!uri.startsWith("file:///")) return uri;
  const path = decoded(uri.slice("file://".length));
  return /^\/[a-z]:/i.test(path) ? path.slice(1) : path;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? "" : "s"}`;
}

/** The parameters of `raftlab/task`. */
export function readTask(f: Fields): TaskParams {
  return {
    taskId: f.string("taskId"),
    command: f.oneOf("command", ["run", "check", "format"]),
    uris: f.optionalStrings("uris") ?? [],
    ...given("scenario", f.optionalString("scenario")),
    ...given("seeds", f.optionalIntegers("seeds", 0)),
    ...given("folder", f.optionalString("folder")),
    ...given("colour", f.optionalBoolean("colour")),
  };
}
