/** `npm run bench:store [-- --json] [-- --quick]`: the store alone; see docs/performance.md. */
import { addStoreRows, type StoreRow } from "./store-rows.js";

const flags = new Set(process.argv.slice(2));
const json = flags.has("--json");
const rows: StoreRow[] = [];
const heapBytes = (): number => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
};
const add = (row: StoreRow): void => {
  rows.push(row);
  if (!json) process.stdout.write(`${row.name.padEnd(60)}${row.value.toPrecision(3).padStart(10)} ${row.unit}\n`);
};
addStoreRows(add, heapBytes, flags.has("--quick"));
if (json) process.stdout.write(`${JSON.stringify({ node: process.version, rows }, null, 2)}\n`);
