import type { RecordedHistory } from "../check/histories/history.js";
import { layoutOf } from "../check/histories/layout.js";
import { textDrawing } from "../check/histories/text-drawing.js";
import { historyVerdictText, partName, partVerdictText } from "../check/histories/verdict-text.js";
import type { HistoryPart } from "../check/histories/verify.js";
import { count, paint, type Terminal } from "./output.js";
import { contradicts, type Verified } from "./verified.js";

/** Operations that are drawn for a terminal, and parts that are named although nothing is wrong with them. */
const DRAWN = 24;
const NAMED = 20;

/** Prints a history's verdict; of each part that fails or is unproven why, and a drawing of the counterexample. */
export function printHistory(terminal: Terminal, { file, history, verdict }: Verified): void {
  const style = verdict.kind === "linearizable" ? "green" : verdict.kind === "unproven" ? "yellow" : "red";
  terminal.out(
    `${paint(terminal, "bold", `${file}:`)} ${paint(terminal, style, historyVerdictText(history, verdict))}`,
  );
  for (const text of verdict.reservations) terminal.out(`  ${text}`);
  const fine = verdict.parts.filter((part) => part.verdict.kind === "linearizable");
  for (const part of fine.slice(0, NAMED)) printPart(terminal, history, part);
  if (fine.length > NAMED) terminal.out(`  and ${fine.length - NAMED} more sets of keys: linearizable`);
  for (const part of verdict.parts) if (part.verdict.kind !== "linearizable") printPart(terminal, history, part);
}

function printPart(terminal: Terminal, history: RecordedHistory, part: HistoryPart): void {
  const { kind } = part.verdict;
  const name = partName(history, part);
  if (kind === "linearizable") {
    terminal.out(`  ${name}: ${count(part.operations.length, "operation")}, linearizable`);
    return;
  }
  terminal.out(`  ${name}: ${partVerdictText(history, part)}`);
  if (kind === "not-linearizable") drawCounterexample(terminal, history, part, "  ");
}

/** Draws the operations of a part that alone cannot be explained, as bars over time, the impossible one marked. */
export function drawCounterexample(
  terminal: Terminal,
  history: RecordedHistory,
  part: HistoryPart,
  indent: string,
): void {
  const layout = layoutOf(history, part, DRAWN);
  const shown = count(layout.bars.length, "operation");
  terminal.out(`${indent}These ${shown} alone cannot be explained:`);
  terminal.out("");
  for (const line of textDrawing(layout)) terminal.out(line === "" ? "" : `${indent}  ${line}`);
  terminal.out("");
}

/** Prints a line for a history whose verdict is known. */
export function printComparison(terminal: Terminal, verified: Verified): void {
  const { file, history, verdict, stated } = verified;
  const word =
    verdict.kind === "unproven"
      ? paint(terminal, "yellow", "unproven")
      : contradicts(verified)
        ? paint(terminal, "red", "NOT AS STATED")
        : paint(terminal, "green", "as stated");
  const wanted = stated === true ? "linearizable" : "not linearizable";
  const told = contradicts(verified) ? `, stated is ${wanted}` : "";
  terminal.out(`${file}: ${word}: ${historyVerdictText(history, verdict)}${told}`);
}

/** Prints how many histories there were of each kind. */
export function printSummary(terminal: Terminal, all: readonly Verified[]): void {
  const number = (kind: Verified["verdict"]["kind"]): number =>
    all.filter(({ verdict }) => verdict.kind === kind).length;
  const kinds = [
    `${number("linearizable")} linearizable`,
    `${number("not-linearizable")} not`,
    ...(number("unproven") > 0 ? [`${number("unproven")} unproven`] : []),
  ].join(", ");
  const stated = all.filter((one) => one.stated !== null);
  const wrong = stated.filter(contradicts).length;
  const open = stated.filter(({ verdict }) => verdict.kind === "unproven").length;
  const compared = stated.length === 0 ? "" : `; ${stated.length - wrong - open} of ${stated.length} as stated`;
  terminal.out(`${count(all.length, "history").replace("historys", "histories")}: ${kinds}${compared}`);
}

/** What `--json` says of a history. */
export function historyJson({ file, history, verdict, stated }: Verified): unknown {
  return {
    file,
    model: history.model,
    verdict: verdict.kind,
    stated: stated === null ? null : stated ? "linearizable" : "not-linearizable",
    operations: history.operations.length,
    unknown: history.operations.filter((operation) => operation.return === null).length,
    reservations: verdict.reservations,
    parts: verdict.parts.map((part) => partJson(history, part)),
  };
}

function partJson(history: RecordedHistory, { keys, operations, verdict, steps }: HistoryPart): unknown {
  const common = { keys, operations: operations.length, steps, verdict: verdict.kind };
  switch (verdict.kind) {
    case "linearizable":
      return { ...common, order: verdict.order };
    case "unproven":
      return { ...common, reason: verdict.reason };
    case "not-linearizable": {
      const counterexample = verdict.counterexample.flatMap((id) => {
        const operation = history.operations[id];
        if (operation === undefined) return [];
        const { client, title, answer, call, return: end } = operation;
        return [{ operation: id, client, title, answer, call, return: end }];
      });
      return { ...common, impossible: verdict.impossible, counterexample };
    }
  }
}
