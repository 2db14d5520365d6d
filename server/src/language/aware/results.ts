/** Results and events that are expected although nothing writes such a value. */

import { isBlock } from "../blocks.js";
import type { Reporter } from "../diagnostics/definition.js";
import type { ExpectedOutcome, ExpectedWatchEvent, Invoke, Scenario, Span, Step } from "../program.js";
import { type Wanted, Written } from "./written.js";

/** Looks at every read and every watch of a scenario. */
export function checkResults(reporter: Reporter, scenario: Scenario, text: string): void {
  visit(reporter, new Written(scenario), text, scenario.steps);
}

function visit(reporter: Reporter, written: Written, text: string, steps: readonly Step[]): void {
  for (const step of steps) {
    if (isBlock(step)) {
      visit(reporter, written, text, step.body);
    }
    if (step.kind === "invoke" || step.kind === "let-operation") read(reporter, written, text, step.invoke);
    if (step.kind === "expect-watch") for (const event of step.events) seen(reporter, written, text, event);
  }
}

function seen(reporter: Reporter, written: Written, text: string, event: ExpectedWatchEvent): void {
  const { type, key, value, span } = event;
  if (type !== "put" || value === null) return;
  const wanted = [{ value, span: placeOf(text, span, JSON.stringify(value)) ?? span }];
  written.tellIfNever(key, wanted, span, placeOf(text, span, key))?.(reporter);
}

function read(reporter: Reporter, written: Written, text: string, { operation, expected, span }: Invoke): void {
  if (operation.kind !== "get" || operation.keys.kind !== "one" || expected === null) return;
  if (operation.countOnly || operation.keysOnly) return;
  const wanted = expected.outcomes.flatMap((outcome) => wantedBy(outcome) ?? []);
  if (wanted.length === 0 || wanted.length < expected.outcomes.length) return;
  const { key } = operation.keys;
  const place = { start: span.start, end: expected.span.start };
  written.tellIfNever(key, wanted, expected.span, placeOf(text, place, key))?.(reporter);
}

function wantedBy(outcome: ExpectedOutcome): Wanted | null {
  if (outcome.kind !== "value") return null;
  const { value } = outcome;
  if (value.kind === "string") return { value: value.value, span: value.span };
  return value.kind === "number" ? { value: String(value.value), span: value.span } : null;
}

/** Where a word stands in a piece of the text; `null` where it is not written as it is. */
function placeOf(text: string, { start, end }: Span, word: string): Span | null {
  const at = text.slice(start, end).lastIndexOf(word);
  return at === -1 ? null : { start: start + at, end: start + at + word.length };
}
