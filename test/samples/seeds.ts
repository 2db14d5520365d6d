/**
 * `npm run seeds -- [1..100] [NAME…]`: runs the samples whose names contain a NAME with seeds other than their own.
 * What fails must not, unless the scenario's comment says that it means its own seed.
 */
import { samples } from "../support/samples.js";
import { finished } from "../support/scenarios.js";
import { meansOneSeed } from "./one-seed.js";

const words = process.argv.slice(2);
const [first = 1, last = 100] = (words.find((word) => /^\d+[.][.]\d+$/.test(word)) ?? "1..100").split("..").map(Number);
const names = words.filter((word) => !/^\d+[.][.]/.test(word)).map((word) => word.replace(/^.*\/|[.]raftlab$/g, ""));
const say = (text: string): void => void process.stdout.write(`${text}\n`);

let failed = 0;
for (const { name, scenarios } of samples()) {
  if (names.length > 0 && !names.some((part) => name.includes(part))) continue;
  for (const texted of scenarios) {
    const { title } = texted.scenario;
    const seeds: number[] = [];
    const reasons = new Map<string, number[]>();
    for (let seed = first; seed <= last; seed += 1) {
      const { report } = finished(texted, { seed });
      if (report?.verdict === "pass") continue;
      seeds.push(seed);
      const step = report?.steps.find(({ ok }) => !ok);
      const broken = report?.violations.find(({ expected }) => !expected);
      const reason =
        step !== undefined
          ? `line ${step.line}: ${step.result}`
          : broken !== undefined
            ? `${broken.property}: ${broken.message}`
            : (report?.verdict ?? "not finished");
      reasons.set(reason, [...(reasons.get(reason) ?? []), seed]);
    }
    const only = meansOneSeed(texted.scenario.doc);
    if (seeds.length > 0 && !only) failed += 1;
    const runs = last - first + 1;
    say(`${runs - seeds.length} of ${runs}${only ? " (meant for its own seed)" : ""}: ${name}, ${title}`);
    for (const [reason, of] of reasons) {
      say(`    seed${of.length > 1 ? "s" : ""} ${of.slice(0, 8).join(" ")}${of.length > 8 ? " …" : ""}: ${reason}`);
    }
  }
}
process.exitCode = failed === 0 ? 0 : 1;
