/** Recorded histories: how long their verdicts take, in a process that has just started and in one that is warm. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { readHistory } from "../../server/src/check/histories/read.js";
import { historyOperations } from "../../server/src/check/histories/verify.js";
import { checkLinearizability } from "../../server/src/check/linearizability/check.js";
import { timed } from "./measure.js";

/** Histories recorded by others, with their verdicts. Not part of the repository. */
const FOLDER = path.resolve("../shared/data/histories");

/** Milliseconds of all verdicts together (processor time), and of each register's history (by the clock, the quickest of the rounds). */
export interface HistoryFigures {
  readonly histories: number;
  /** Verdicts that are not as stated. */
  readonly wrong: number;
  readonly ms: number;
  readonly registers: readonly HistoryTime[];
}

/** Milliseconds of one history. */
export interface HistoryTime {
  readonly file: string;
  readonly ms: number;
}

/** The slowest of a register: of each history the quickest time counts, since others on the machine can only add to it. */
export function slowest(all: readonly HistoryFigures[]): HistoryTime {
  return quickest(all.flatMap(({ registers }) => registers)).reduce((a, b) => (b.ms > a.ms ? b : a));
}

function quickest(times: readonly HistoryTime[]): HistoryTime[] {
  const best = new Map<string, number>();
  for (const { file, ms } of times) best.set(file, Math.min(ms, best.get(file) ?? Number.POSITIVE_INFINITY));
  return [...best].map(([file, ms]) => ({ file, ms }));
}

/** Steps that are never reached. */
const BUDGET = 1_000_000_000;

/** Reads all histories, then times each from its text to its verdict, the mean of so many rounds; `null` where they are absent. */
export function measureHistories(rounds = 1): HistoryFigures | null {
  const index = path.join(FOLDER, "index.json");
  if (!existsSync(index)) return null;
  const read = readHistory(readFileSync(index, "utf8"));
  if (read.kind !== "index") throw new Error("the index of histories is none");
  const texts = read.entries.map((entry) => ({ ...entry, text: readFileSync(path.join(FOLDER, entry.file), "utf8") }));
  let wrong = 0;
  const registers: HistoryTime[] = [];
  // Together in processor time; each by the clock, since asking for processor time may take longer than a small history.
  const { seconds } = timed(() => {
    for (const { file, linearizable, text } of Array.from({ length: rounds }, () => texts).flat()) {
      const started = performance.now();
      const value = judge(text);
      const ms = performance.now() - started;
      if (value.linearizable !== linearizable) wrong += 1;
      if (value.register) registers.push({ file, ms });
    }
  });
  return {
    histories: texts.length,
    wrong: wrong / rounds,
    ms: (seconds * 1000) / rounds,
    registers: quickest(registers),
  };
}

function judge(text: string): { readonly linearizable: boolean | null; readonly register: boolean } {
  const read = readHistory(text);
  if (read.kind !== "history") throw new Error("a recorded history cannot be read");
  const { history } = read;
  const { kind } = checkLinearizability(historyOperations(history), {
    initial: history.initial,
    budget: BUDGET,
    witness: [],
  });
  return { linearizable: kind === "unproven" ? null : kind === "ok", register: history.model === "register" };
}

/** The argument with which this program does nothing but {@link measureHistories}, and prints what it gave. */
export const ONLY_HISTORIES = "--only-histories";

/** {@link measureHistories} in a process of its own, with nothing compiled. */
export function measureColdHistories(): HistoryFigures | null {
  const text = execFileSync(process.execPath, [process.argv[1] ?? "", ONLY_HISTORIES], { encoding: "utf8" });
  const figures: HistoryFigures | null = JSON.parse(text);
  return figures;
}
