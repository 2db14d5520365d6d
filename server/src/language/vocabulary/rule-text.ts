import type { RuleOutcome } from "./rule-outcome.js";
import { RULE_OUTCOMES } from "./rule-outcomes.js";

/** What running a rule's sample showed, in a sentence or two for hover and completion; empty without a sample. */
export function ruleShown(rule: string): string {
  const outcome = RULE_OUTCOMES.find((other) => other.rule === rule);
  return outcome === undefined ? "" : `${offText(outcome)}; ${onText(outcome)}. Shown in ${outcome.file}.`;
}

/** `Off, election-safety falls after 7 events`. */
export function offText({ off }: RuleOutcome): string {
  const [first] = off.broken;
  return first === undefined ? "Off, no property falls" : `Off, ${first} falls after ${off.events} events`;
}

/** `on, the same story holds over 1000 seeds`. */
export function onText({ on }: RuleOutcome): string {
  return `on, the same story holds over ${on.seeds} seeds`;
}
