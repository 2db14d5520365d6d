/**
 * Saves random live sessions and runs the files, and prints those that are not the session over again.
 *
 * node scripts/run-bundled.mjs test/live/main.ts [SESSIONS [FIRST [ACTIONS]]]
 */
import { firstDifference } from "./difference.js";
import { savedSession } from "./session.js";

const [sessions = 100, first = 1, actions = 50] = process.argv.slice(2).map(Number);
const verdicts = { pass: 0, fail: 0, unproven: 0 };
const failures: string[] = [];
let refused = 0;
let wrong = 0;
let events = 0;
for (let seed = first; seed < first + sessions; seed += 1) {
  try {
    const { problem, text, report, live, run } = savedSession(seed, actions);
    verdicts[report.verdict] += 1;
    for (const { ok, result } of report.steps) if (!ok) failures.push(result.slice(0, 60).replaceAll(/[0-9]+/g, "N"));
    for (const { expected, property } of report.violations) if (!expected) failures.push(`violation ${property}`);
    events += live.recording.log.count;
    refused += live.deeds.length;
    if (problem === null) continue;
    wrong += 1;
    process.stdout.write(`seed ${seed}: ${problem}\n`);
    if (sessions === 1) process.stdout.write(`${text}${firstDifference(live.recording, run.recording)}\n`);
  } catch (error) {
    wrong += 1;
    process.stdout.write(`seed ${seed}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  }
}
process.stdout.write(
  `${sessions} sessions, ${refused} steps done, ${events} events; ${wrong} are not the session over again. ` +
    `Verdicts: ${verdicts.pass} pass, ${verdicts.fail} fail, ${verdicts.unproven} unproven.\n`,
);
const common = new Map<string, number>();
for (const text of failures) common.set(text, (common.get(text) ?? 0) + 1);
const most = [...common].sort((a, b) => b[1] - a[1]).slice(0, 12);
for (const [text, times] of most) process.stdout.write(`  ${times} times failed: ${text}\n`);
process.exitCode = wrong === 0 ? 0 : 1;
