import type { RuleOutcome } from "../../server/src/language/vocabulary/rule-outcome.js";

/** The text of `server/src/language/vocabulary/rule-outcomes.ts`. */
export function outcomesModule(outcomes: readonly RuleOutcome[]): string {
  const rows = outcomes.map((outcome) => `  ${JSON.stringify(outcome)},\n`).join("");
  return `${HEAD}
// biome-ignore format: a row for each rule
export const RULE_OUTCOMES: readonly RuleOutcome[] = [
${rows}];
`;
}

const HEAD = `/** What running the samples of \`samples/6-rules\` showed. Written by \`npm run rules\`: do not edit. */

import type { RuleOutcome } from "./rule-outcome.js";

/** By rule. */`;
