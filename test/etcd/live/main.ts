/** `npm run etcd -- [SEEDS [FIRST]]`: random sequences, each sent to a fresh etcd and to this project's store. */
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { compareSequence } from "./compare.js";
import { PROFILES } from "./generator.js";
import { etcdVersion } from "./process.js";

const [seeds = 10, first = 1] = process.argv.slice(2).map(Number);
const STEPS = 120;
const AT_ONCE = 2;

const version = etcdVersion();
if (version === null) {
  process.stderr.write("etcd is not installed (Debian: etcd-server)\n");
  process.exit(2);
}
const waiting = Array.from({ length: seeds }, (_, index) => first + index).flatMap((seed) =>
  PROFILES.map((profile) => ({ seed, profile })),
);
const total = waiting.length;
let agreed = 0;
let answers = 0;

async function work(): Promise<void> {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { seed, profile } = next;
    const { steps, difference } = await compareSequence(seed, profile, STEPS);
    answers += steps.length;
    if (difference === null) {
      agreed += 1;
      continue;
    }
    const header = JSON.stringify({ seed, profile, etcd: version });
    const file = path.join(tmpdir(), `raftlab-etcd-${profile}-${seed}.jsonl`);
    writeFileSync(file, `${[header, ...steps.map((step) => JSON.stringify(step))].join("\n")}\n`);
    process.stdout.write(`${profile} ${seed}: ${JSON.stringify(difference, null, 1)}\n  recorded in ${file}\n`);
  }
}

await Promise.all(Array.from({ length: AT_ONCE }, work));
process.stdout.write(`etcd ${version}: ${agreed} of ${total} sequences agreed, ${answers} answers\n`);
process.exit(agreed === total ? 0 : 1);
