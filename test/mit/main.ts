/** `npm run mit -- [SEEDS [FIRST]]`: MIT's tests over many seeds, in both variants, and a table of what came of them. */
import { complaints, groups, runTest, VARIANTS, type Variant } from "./suite.js";

const [count = 100, first = 1] = process.argv.slice(2).map(Number);
if (!Number.isInteger(count) || count < 1 || !Number.isInteger(first)) {
  process.stderr.write("usage: npm run mit -- [SEEDS [FIRST]]\n");
  process.exit(2);
}

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const variants: readonly Variant[] = ["lab", "both"];
say(`seeds ${first} to ${first + count - 1}; lab: as the files say; both: with ${VARIANTS.both.join(", ")}`);
say(`${"".padEnd(28)}${"lab".padStart(9)}${"both".padStart(9)}${"events".padStart(10)}${"virtual".padStart(10)}`);
const started = performance.now();
let runs = 0;
let failures = 0;
for (const group of groups()) {
  say(group.name);
  for (const test of group.scenarios) {
    const passed = { lab: 0, both: 0 };
    let events = 0;
    let virtualUs = 0;
    const failed: string[] = [];
    for (const variant of variants) {
      for (let seed = first; seed < first + count; seed += 1) {
        const run = runTest(test, variant, seed);
        const why = complaints(run);
        runs += 1;
        events += run.recording.log.count;
        virtualUs += run.recording.world.nowUs;
        if (why.length === 0) passed[variant] += 1;
        else failed.push(`${variant}, seed ${seed}: ${why.join("; ")}`);
      }
    }
    const each = count * variants.length;
    const row = [
      `  ${test.scenario.title}`.padEnd(28),
      `${passed.lab}/${count}`.padStart(9),
      `${passed.both}/${count}`.padStart(9),
      String(Math.round(events / each)).padStart(10),
      `${(virtualUs / each / 1e6).toFixed(1)} s`.padStart(10),
    ];
    say(row.join(""));
    for (const why of failed.slice(0, 5)) say(`      ${why}`);
    if (failed.length > 5) say(`      … ${failed.length - 5} more`);
    failures += failed.length;
  }
}
say(`${runs - failures} of ${runs} runs passed, ${((performance.now() - started) / 1000).toFixed(0)} s`);
process.exitCode = failures === 0 ? 0 : 1;
