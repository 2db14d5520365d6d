import { describe, expect, test } from "vitest";
import { check } from "../../server/src/language/check.js";
import { samples } from "../support/samples.js";
import { tryClaims } from "./claims.js";

/** What samples draw, and mean to: `file:line code`. */
const DELIBERATE = [
  // Samples about clusters of an even size, and about those that tolerate nothing.
  "1-elections/four-is-no-better:8 RL2007",
  "1-elections/quorum-table:30 RL2006",
  "1-elections/quorum-table:63 RL2007",
  "1-elections/quorum-table:103 RL2007",
  "1-elections/split-vote:8 RL2007",
  "1-elections/two-nodes:8 RL2006",
  "6-rules/current-term-before-change:9 RL2007",
  "6-rules/majority-to-win:8 RL2007",
  "9-membership/change-of-2015:10 RL2007",
  "9-membership/removed-and-back:8 RL2007",
  // Partitions into halves, and into single servers.
  "1-elections/four-is-no-better:33 RL2013",
  "4-clients/isolated-leader-lease:60 RL2013",
  // A rule is off and does no harm to safety, or the reader is to find out what it does.
  "1-elections/recent-leader:27 RL2010",
  "6-rules/config-on-append:92 RL2010",
  "10-exercises/is-this-a-bug:16 RL2010",
  // A transfer that is given up.
  "9-membership/transfer:47 RL2063",
];

test("every diagnostic that a sample draws is meant", () => {
  const drawn = samples().flatMap(({ name, text }) =>
    check(text).diagnostics.map(({ code, span }) => `${name}:${text.slice(0, span.start).split("\n").length} ${code}`),
  );
  expect(drawn.sort()).toEqual([...DELIBERATE].sort());
});

// `npm run alarms` tries ten thousand.
describe("what is claimed of random programs with every kind of step", () => {
  test("comes true when they run", () => {
    const { programs, invalid, falseAlarms, tried } = tryClaims(1, 400, 1);
    expect(programs).toBe(400);
    expect(invalid).toEqual([]);
    expect(falseAlarms.map(({ program, line, code, message }) => `${program}:${line} ${code} ${message}`)).toEqual([]);
    const count = [...tried.values()].reduce((sum, each) => sum + each, 0);
    expect(count).toBeGreaterThan(150);
    expect(tried.size).toBeGreaterThan(20);
  }, 60_000);
});
