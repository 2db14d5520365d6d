/** Prints the trace hash of every sample, one to a line: what two processes must agree on. */
import { samples } from "../support/samples.js";
import { finished } from "../support/scenarios.js";

for (const { name, scenarios } of samples()) {
  for (const scenario of scenarios) {
    const { recording } = finished(scenario);
    process.stdout.write(`${recording.log.hash} ${name} ${scenario.scenario.title}\n`);
  }
}
