/** `npm run soak -- [SEEDS [FIRST]]`: the churn workload for many seeds, each twice. */
import { churnPlan } from "./churn.js";
import { soak } from "./soak.js";

const [count = 1000, first = 1] = process.argv.slice(2).map(Number);
if (!Number.isInteger(count) || count < 1 || !Number.isInteger(first)) {
  process.stderr.write("usage: npm run soak -- [SEEDS [FIRST]]\n");
  process.exit(2);
}

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const started = performance.now();
const figures = soak(first, count, (seed, why) => {
  for (const line of why) say(`seed ${seed}: ${line}`);
  if (process.stderr.isTTY) process.stderr.write(`\r${seed - first + 1} of ${count}`);
});
if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
const [worst] = figures.failed;
if (worst !== undefined) say(`\nThe scenario of seed ${worst.seed}:\n\n${churnPlan(worst.seed).text}`);
const number = (value: number): string => String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ",");
say(
  `${number(figures.passed)} of ${number(count)} seeds (${first} to ${first + count - 1}) passed, each run twice with the same hash`,
);
say(
  `${number(figures.simulatedEvents)} messages and timers in ${number(figures.virtualSeconds)} s of virtual time, ` +
    `${number(figures.traceEvents)} trace events`,
);
say(`${number(figures.operations)} operations, ${number(figures.timeouts)} of them with an unknown outcome`);
say(`${number(figures.terms)} terms begun; ${((performance.now() - started) / 1000).toFixed(1)} s`);
process.exitCode = figures.failed.length === 0 ? 0 : 1;
