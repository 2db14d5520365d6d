/** Watches and holds that are ended twice. */

import { t } from "../../l10n/text.js";
import type { Reporter } from "../diagnostics/definition.js";
import { NO_USE } from "../diagnostics/no-use.js";
import type { Scenario, Step } from "../program.js";
import { removeStep } from "./fixes.js";

/** Walks over a scenario and reports what is ended although an earlier step has ended it. */
export function walkHandles(reporter: Reporter, scenario: Scenario, text: string): void {
  visit(reporter, text, scenario.steps, new Map());
}

/** `ended`: the step that ended each handle; one that is bound anew is not ended. */
function visit(reporter: Reporter, text: string, steps: readonly Step[], ended: Map<string, Step>): void {
  for (const step of steps) {
    switch (step.kind) {
      case "repeat":
        if (step.times > 0) visit(reporter, text, step.body, ended);
        break;
      case "every":
        visit(reporter, text, step.body, ended);
        break;
      case "async":
      case "until":
        // What it binds and ends, it does at any time from here on.
        return;
      case "hold":
        if (step.handle !== null) ended.delete(step.handle);
        break;
      case "release":
        end(reporter, text, step, step.handle, ended);
        break;
      case "invoke":
      case "let-operation": {
        const { operation } = step.invoke;
        if (operation.kind === "watch" || operation.kind === "observe") ended.delete(operation.handle);
        if (operation.kind === "unwatch") end(reporter, text, step, operation.handle, ended);
        break;
      }
      default:
    }
  }
}

function end(reporter: Reporter, text: string, step: Step, handle: string, ended: Map<string, Step>): void {
  const before = ended.get(handle);
  if (before === undefined) {
    ended.set(handle, step);
    return;
  }
  const related = [{ span: before.span, message: t("ended here") }];
  const fixes = [removeStep(text, step.span)];
  reporter.report(NO_USE.endedTwice, step.span, [handle, before.line], { related, fixes });
}
