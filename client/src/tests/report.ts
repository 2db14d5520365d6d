/** Passes what happens in a run on to VS Code's Test Explorer. */
import * as vscode from "vscode";
import type { TestEvent, TestFailure } from "../../../server/src/protocol/tests.js";
import type { TestItems } from "./items.js";

/** Tells a run of what happened to one of its tests. */
export function report(
  run: vscode.TestRun,
  items: TestItems,
  event: Exclude<TestEvent, { readonly kind: "due" }>,
): void {
  const item = items.find(event.id);
  if (item === undefined) return;
  switch (event.kind) {
    case "enqueued":
      run.enqueued(item);
      break;
    case "started":
      run.started(item);
      break;
    case "skipped":
      run.skipped(item);
      break;
    case "passed":
      run.passed(item, event.durationMs);
      break;
    case "failed":
      run.failed(item, event.failures.map(message), event.durationMs);
      break;
    case "errored":
      run.errored(item, event.failures.map(message), event.durationMs);
      break;
    case "output":
      // The terminal that shows it takes a line feed literally.
      for (const line of event.lines) run.appendOutput(`${line}\r\n`, undefined, item);
      break;
  }
}

function message({ message: text, expected, actual, uri, line, related, why }: TestFailure): vscode.TestMessage {
  const because = why.map((cause) => `  ${vscode.l10n.t("because {0}", cause.text)}`);
  const whole = [text, ...because].join("\n");
  const made = new vscode.TestMessage(whole);
  if (expected !== undefined && actual !== undefined) {
    made.expectedOutput = expected;
    made.actualOutput = actual;
  }
  const place = vscode.Uri.parse(uri, true);
  const at = (number: number): vscode.Position => new vscode.Position(number - 1, 0);
  made.location = new vscode.Location(place, at(line));
  const steps = why.flatMap((cause) =>
    cause.line === null ? [] : [new vscode.TestMessageStackFrame(cause.text, place, at(cause.line))],
  );
  if (related !== null || steps.length > 0) {
    const own = new vscode.TestMessageStackFrame(text, place, at(line));
    const step = related === null ? [] : [new vscode.TestMessageStackFrame(related.title, place, at(related.line))];
    made.stackTrace = [own, ...(steps.length > 0 ? steps : step)];
  }
  return made;
}
