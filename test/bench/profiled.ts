/** One cluster alone, for a profiler: node scripts/run-bundled.mjs --cpu-prof test/bench/profiled.ts [SERVERS] [idle|load] [EVENTS] */
import { measureRun } from "./cases.js";

const [servers = "5", load = "load", events = "1000000"] = process.argv.slice(2);
const { figures } = measureRun({ servers: Number(servers), load: load === "load" }, Number(events));
process.stdout.write(`${servers} ${load}: ${JSON.stringify(figures)}\n`);
