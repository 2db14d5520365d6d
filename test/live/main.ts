/**
 * Saves random live sessions and runs the files, and prints those that are not the session over again.
 *
 * node scripts/run-bundled.mjs test/live/main.ts [SESSIONS [FIRST [ACTIONS]]]
 */
import { savedSession } from "./session.js";

const [sessions = 100, first = 1, actions = 50] = process.argv.slice(2).map(Number);
const verdicts = { pass: 0, fail: 0, unproven: 0 };
let refused = 0;
let wrong = 0;
let events = 0;
for (let seed = first; seed < first + sessions; seed += 1) {
  try {
    const { problem, text, report, live } = savedSession(seed, actions);
    verdicts[report.verdict] += 1;
    events += live.recording.log.count;
    refused += live.deeds.length;
    if (problem === null) continue;
    wrong += 1;
    process.stdout.write(`seed ${seed}: ${problem}\n${sessions === 1 ? text : ""}`);
  } catch (error) {
    wrong += 1;
    process.stdout.write(`seed ${seed}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  }
}
process.stdout.write(
  `${sessions} sessions, ${refused} steps done, ${events} events; ${wrong} are not the session over again. ` +
    `Verdicts: ${verdicts.pass} pass, ${verdicts.fail} fail, ${verdicts.unproven} unproven.\n`,
);
process.exitCode = wrong === 0 ? 0 : 1;
