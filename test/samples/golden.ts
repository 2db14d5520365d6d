import { runResult } from "../../server/src/scenario/result.js";
import { narrate } from "../../server/src/trace/narration.js";
import type { Sample } from "../support/samples.js";
import { finished, type TextedScenario } from "../support/scenarios.js";

/** A long run's narration is cut here: its figures and hash stand for the rest. */
const MOST_LINES = 160;

/** A sample's runs as text, to be read beside the sample: verdict, steps, violations and the story of each scenario. */
export function goldenText({ name, scenarios }: Sample): string {
  const parts = scenarios.map((scenario) => scenarioText(scenario));
  return [`samples/${name}.raftlab`, ...parts].join("\n\n\n").concat("\n");
}

function scenarioText(scenario: TextedScenario): string {
  const run = finished(scenario);
  const { recording } = run;
  const result = runResult(run, "");
  const { world } = recording;
  const lines = [
    `═══ ${result.scenario}`,
    "",
    `${result.verdict}, seed ${result.seed}: ${result.events} events in ${ms(result.virtualTimeUs)} ms`,
    `trace ${result.traceHash}`,
    "",
    "steps",
    ...result.steps.map(
      ({ line, timeUs, ok, result: text }) =>
        `${String(line).padStart(6)} ${ms(timeUs).padStart(9)} ms  ${ok ? "ok  " : "FAIL"}  ${text}`,
    ),
  ];
  if (result.violations.length > 0) {
    lines.push("", "violations");
    for (const { property, message, expected, why } of result.violations) {
      lines.push(`  ${property}${expected ? ", as expected" : ", NOT EXPECTED"}: ${message}`);
      lines.push(...why.slice(0, 8).map((link) => `      ${link}`));
      if (why.length > 8) lines.push(`      … ${why.length - 8} more`);
    }
  }
  lines.push("", "at the end");
  for (const server of world.servers) {
    if (server === undefined) continue;
    const { raft, name, machine } = server;
    const store = machine.store.entries().map(({ key, value }) => `${key}=${JSON.stringify(value)}`);
    const state =
      raft === null
        ? "down"
        : `${raft.role} of term ${raft.term}, log to ${raft.log.lastIndex}, commit ${raft.commitIndex}, ${store.join(" ") || "nothing stored"}`;
    lines.push(`  ${name}  ${state}`);
  }
  const story = narrate(recording, { marks: result.violations });
  lines.push("", "what happened", ...story.slice(0, MOST_LINES));
  if (story.length > MOST_LINES) lines.push(`           … and ${story.length - MOST_LINES} lines more`);
  return lines.join("\n");
}

function ms(us: number): string {
  return (us / 1000).toFixed(1);
}
