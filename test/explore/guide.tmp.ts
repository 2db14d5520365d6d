import { search } from "../../server/src/explore/search.js";
import { rulesWithout } from "../../server/src/explore/setup.js";
import { timed } from "../bench/measure.js";
const HARD: [string, number][] = [["leader-durable-before-count", 5], ["reset-match-on-election", 5], ["replies-of-this-term", 3], ["confirm-leadership", 5], ["read-after-no-op", 3], ["current-term-commit", 5], ["commit-within-match",5],["ack-what-was-checked",5],["persist-vote",5],["current-term-before-change",4],["both-majorities",5],["config-on-append",5],["learners-do-not-vote",5],["one-change-at-a-time",5]];
const only = process.argv[3]; const cap = Number(process.argv[2] ?? 10e6); const S = Number(process.argv[4] ?? 5);
let total = 0, time = 0, score = 0;
for (const [rule, n] of HARD) { if (only && only !== "all" && !only.split(",").includes(rule)) continue; const ev: number[] = []; let f = 0;
  for (let seed = 1; seed <= S; seed++) { const { value, seconds } = timed(() => search({ rules: rulesWithout([rule]), servers: [n], invariants: false }, seed, cap)); ev.push(value.found ? value.events : cap * 2); if (value.found) f++; total += value.events; time += seconds; }
  const g = Math.exp(ev.reduce((a, b) => a + Math.log(b), 0) / ev.length); score += Math.log(g);
  console.log(rule.padEnd(30), n, f, Math.round(g).toLocaleString()); }
console.log("score", (score / HARD.length).toFixed(3), (total / time / 1e6).toFixed(2) + "M/s", total.toLocaleString());
