/** `npm run alarms -- [PROGRAMS [FIRST [SEEDS]]]`: random programs whose diagnostics are held against runs. */
import { tryClaims } from "./claims.js";

const [programs = 10_000, first = 1, seeds = 3] = process.argv.slice(2).map(Number);
const figures = tryClaims(first, programs, seeds);
const say = (text: string): void => void process.stdout.write(`${text}\n`);
for (const { program, seed, code, line, message, text } of figures.falseAlarms.slice(0, 5)) {
  say(`program ${program}, seed ${seed}, line ${line}: ${code} ${message}\n${text}`);
}
for (const { program, seed, code, line, message } of figures.falseAlarms.slice(5)) {
  say(`program ${program}, seed ${seed}, line ${line}: ${code} ${message}`);
}
for (const { program, message, text } of figures.invalid.slice(0, 3))
  say(`program ${program} is invalid: ${message}\n${text}`);
for (const [code, claims] of [...figures.claims].sort())
  say(`${code} ${claims} claims, ${figures.tried.get(code) ?? 0} tried`);
say(`${figures.programs} programs, ${figures.invalid.length} invalid, ${figures.falseAlarms.length} false alarms`);
process.exitCode = figures.invalid.length + figures.falseAlarms.length === 0 ? 0 : 1;
