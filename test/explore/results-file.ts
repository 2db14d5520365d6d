import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { ExploreResults, SearchRow, SoakRow } from "../../server/src/explore/results.js";

/** `npm run` begins in the repository's folder. */
const FILE = path.resolve("test/explore/results.json");

/** What was written last; empty when nothing was. */
export function readResults(): ExploreResults {
  if (!existsSync(FILE)) return { version: 1, search: [], soak: [] };
  const parsed: unknown = JSON.parse(readFileSync(FILE, "utf8"));
  if (!isResults(parsed)) throw new Error(`${FILE} is of another version: delete it and measure again`);
  return parsed;
}

/** Puts rows in the place of those about the same rules and servers, and keeps all others. */
export function writeSearch(rows: readonly SearchRow[]): void {
  const results = readResults();
  const key = ({ rulesOff, servers }: SearchRow): string => `${rulesOff.join("+")} ${servers}`;
  write({ ...results, search: merged(results.search, rows, key) });
}

/** Likewise for soaks. */
export function writeSoak(rows: readonly SoakRow[]): void {
  const results = readResults();
  write({ ...results, soak: merged(results.soak, rows, ({ rulesOff }) => rulesOff.join("+")) });
}

function merged<T>(known: readonly T[], rows: readonly T[], key: (row: T) => string): T[] {
  const all = new Map(known.map((row) => [key(row), row]));
  for (const row of rows) all.set(key(row), row);
  return [...all].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

function write(results: ExploreResults): void {
  writeFileSync(FILE, `${JSON.stringify(results, null, 2)}\n`);
}

function isResults(value: unknown): value is ExploreResults {
  return typeof value === "object" && value !== null && "version" in value && value.version === 1;
}
