import { createHash } from "node:crypto";
import path from "node:path";
import type { IndexEntry } from "../check/histories/history.js";
import { historyPage, PAGE_STYLE } from "../check/histories/page.js";
import { readHistory } from "../check/histories/read.js";
import { verifyHistory } from "../check/histories/verify.js";
import { EXIT, type ExitCode, InputError } from "./exit-codes.js";
import { readHistoryFile, writeOutput } from "./files.js";
import type { Terminal } from "./output.js";
import { contradicts, type Verified } from "./verified.js";
import { historyJson, printComparison, printHistory, printSummary } from "./verify-output.js";

/** Options of `raftlab verify`. */
export interface VerifyCommand {
  readonly files: readonly string[];
  readonly json: boolean;
  readonly html: string | undefined;
  /** Steps of the search for each set of keys. */
  readonly budget: number;
}

/** Steps where `--budget` says nothing: some seconds at most for each set of keys. */
export const DEFAULT_BUDGET = 5_000_000;

/** `raftlab verify`: whether recorded histories are linearizable, or as an index says they are. */
export async function verifyCommand(terminal: Terminal, command: VerifyCommand): Promise<ExitCode> {
  const { files, json, html, budget } = command;
  const inputs = await inputsOf(files);
  if (html !== undefined && inputs.length !== 1) {
    throw new InputError(`--html draws one history, and these are ${inputs.length}. Name the file of one.`);
  }
  const all: Verified[] = [];
  for (const { file, history, stated } of inputs) {
    terminal.progress(`${file}: ${all.length + 1} of ${inputs.length}`);
    const verified = { file, history, verdict: verifyHistory(history, { budget }), stated };
    all.push(verified);
    if (json) continue;
    if (stated === null) printHistory(terminal, verified);
    else printComparison(terminal, verified);
  }
  terminal.progress(null);
  const [only] = all;
  if (html !== undefined && only !== undefined) {
    const styleHash = `sha256-${createHash("sha256").update(PAGE_STYLE).digest("base64")}`;
    const page = historyPage(only.history, only.verdict, { title: path.basename(only.file), styleHash });
    await writeOutput(html, [page], files, "history");
  }
  if (json) terminal.out(JSON.stringify({ version: 1, histories: all.map(historyJson) }, null, 2));
  else if (all.length > 1) printSummary(terminal, all);
  return exitCode(all);
}

function exitCode(all: readonly Verified[]): ExitCode {
  const failed = all.some((one) => (one.stated === null ? one.verdict.kind === "not-linearizable" : contradicts(one)));
  if (failed) return EXIT.failed;
  return all.some(({ verdict }) => verdict.kind === "unproven") ? EXIT.unproven : EXIT.passed;
}

type Input = Omit<Verified, "verdict">;

async function inputsOf(files: readonly string[]): Promise<Input[]> {
  const inputs: Input[] = [];
  for (const file of files) {
    const read = readHistory(await readHistoryFile(file));
    if (read.kind === "wrong") throw problem(file, read.problem.place, read.problem.message);
    if (read.kind === "history") inputs.push({ file, history: read.history, stated: null });
    else for (const entry of read.entries) inputs.push(await listed(file, entry));
  }
  return inputs;
}

async function listed(index: string, { file: name, linearizable }: IndexEntry): Promise<Input> {
  const file = path.join(path.dirname(index), name);
  const read = readHistory(await readHistoryFile(file));
  switch (read.kind) {
    case "history":
      return { file, history: read.history, stated: linearizable };
    case "index":
      throw problem(index, "", `${name} is an index itself. List the histories in one index.`);
    case "wrong":
      throw problem(file, read.problem.place, read.problem.message);
  }
}

function problem(file: string, place: string, message: string): InputError {
  return new InputError(`${file}${place === "" ? "" : `, ${place}`}: ${message}`);
}
