import { historyLines } from "../check/histories/of-run.js";
import { readHistory } from "../check/histories/read.js";
import { verifyHistory } from "../check/histories/verify.js";
import type { ScenarioRun } from "../scenario/run.js";
import type { Terminal } from "./output.js";
import { drawCounterexample } from "./verify-output.js";

/** Steps that looking for a drawing may take: the verdict is known already. */
const BUDGET = 200_000;

/** The lines of a run's client history, as `--history` writes them. */
export function historyOf(run: ScenarioRun): Generator<string, void, undefined> {
  const { world, history } = run.recording;
  return historyLines(history.operations, run.committed, (id) => world.nameOf(id));
}

/** A drawing of the operations of a run that no order explains, as far as they can be made out quickly. */
export function drawHistory(terminal: Terminal, run: ScenarioRun): readonly string[] {
  const lines: string[] = [];
  const read = readHistory([...historyOf(run)].join("\n"));
  if (read.kind !== "history") return lines;
  const verdict = verifyHistory(read.history, { budget: BUDGET });
  const part = verdict.parts.find((each) => each.verdict.kind === "not-linearizable");
  const drawn: Terminal = { ...terminal, out: (line) => void lines.push(line) };
  if (part !== undefined) drawCounterexample(drawn, read.history, part, "          ");
  return lines;
}
