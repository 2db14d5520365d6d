/** `npm run rules [-- SEEDS]`: see docs/development.md. */
import { writeFileSync } from "node:fs";
import { outcomesModule } from "./module.js";
import { holds, outcomeOf, rulePairs } from "./pairs.js";

const seeds = Number(process.argv[2] ?? 1000);
let bad = 0;
const outcomes = rulePairs().map((pair) => {
  const failed: number[] = [];
  for (let seed = 1; seed <= seeds; seed += 1) if (!holds(pair, seed)) failed.push(seed);
  const outcome = outcomeOf(pair, seeds - failed.length);
  const { off } = outcome;
  const fell = off.broken.length === 0 ? "nothing falls" : `${off.broken.join(", ")} after ${off.events} events`;
  const kept = failed.length === 0 ? `holds over ${seeds} seeds` : `FAILS on seeds ${failed.slice(0, 10).join(" ")}`;
  process.stdout.write(`${pair.rule.padEnd(28)} off: ${off.verdict}, ${fell}; on: ${kept}\n`);
  if (failed.length > 0 || off.verdict !== "pass") bad += 1;
  return outcome;
});
writeFileSync("server/src/language/vocabulary/rule-outcomes.ts", outcomesModule(outcomes));
process.stdout.write(`${outcomes.length - bad} passed, ${bad} failed\n`);
process.exitCode = bad === 0 ? 0 : 1;
