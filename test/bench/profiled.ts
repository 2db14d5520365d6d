/** The loaded cluster alone, for a profiler: node scripts/run-bundled.mjs --cpu-prof test/bench/profiled.ts [CASE] [EVENTS] */
import { CASES, measureRun } from "./cases.js";

const which = CASES.find((name) => name === process.argv[2]) ?? "5 load";
const { figures } = measureRun(which, Number(process.argv[3] ?? 1_000_000));
process.stdout.write(`${which}: ${JSON.stringify(figures)}\n`);
