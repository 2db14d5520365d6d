import { expect, test } from "vitest";
import { churn, failover, partition } from "../../../test/trace/runs.js";
import { operationsOf, traceLines } from "./export.js";
import { narrate } from "./narration.js";

test("a failover, told", () => {
  expect(narrate(failover().recording).join("\n")).toMatchInlineSnapshot(`
    "      0.0 ms  s1 starts
          0.0 ms  s2 starts
          0.0 ms  s3 starts
        173.3 ms  s3 becomes candidate in term 1: it heard no leader for 173.3 ms (§5.2)
        175.5 ms  s2 votes for s3 in term 1: it has not voted in term 1 yet, and the log of s3 is at least as up-to-date as its own (§5.2, §5.4.1)
        177.2 ms  s1 votes for s3 in term 1: it has not voted in term 1 yet, and the log of s3 is at least as up-to-date as its own (§5.2, §5.4.1)
        178.1 ms  s3 becomes leader of term 1: 2 votes, and 2 are a majority (§5.2)
        182.8 ms  s3 commits up to 1: entry 1 is of the leader's own term and on 2 servers, a majority: it is committed (§5.3, §5.4.2)
        400.0 ms  — first write (line 4)
        400.0 ms  alice asks: put color "red" (line 5)
        409.4 ms  s3 commits up to 2: entry 2 is of the leader's own term and on 2 servers, a majority: it is committed (§5.3, §5.4.2)
        411.8 ms  alice: put color "red" => ok (11.8 ms, 2 attempts, rev 2) (line 5)
        500.0 ms  s3 crashes (line 7)
        637.7 ms  s1 becomes candidate in term 2: it heard nothing from s3, its leader, for 157.7 ms (§5.2)
        639.4 ms  s2 becomes candidate in term 2: it heard nothing from s3, its leader, for 158.8 ms (§5.2)
        640.2 ms  s2 refuses s1 its vote for term 2: its vote of term 2 went to s2, and there is one vote per term (§5.2)
        642.1 ms  s1 refuses s2 its vote for term 2: its vote of term 2 went to s1, and there is one vote per term (§5.2)
        795.0 ms  s1 becomes candidate in term 3: no majority of votes for 157.3 ms: the election is split or the voters are out of reach (§5.2)
        798.4 ms  s2 gives up: follower in term 3: it met term 3, higher than its own 2: whoever sees a higher term takes it over and follows (§5.1)
        798.4 ms  s2 votes for s1 in term 3: it has not voted in term 3 yet, and the log of s1 is at least as up-to-date as its own (§5.2, §5.4.1)
        800.5 ms  s1 becomes leader of term 3: 2 votes, and 2 are a majority (§5.2)
        805.1 ms  s1 commits up to 3: entry 3 is of the leader's own term and on 2 servers, a majority: it is committed (§5.3, §5.4.2)
       1000.0 ms  alice asks: get color (line 9)
       1100.0 ms  s3 restarts (line 11)
       1258.1 ms  alice: get color => "red" (258.1 ms, 2 attempts, rev 2) (line 9)"
  `);
});

test("a partition, told", () => {
  expect(narrate(partition().recording, { from: 150 }).join("\n")).toMatchInlineSnapshot(`
    "    500.0 ms  partition {s1 s2} | {s3 s4 s5} (line 10)
        500.0 ms  alice asks: put x "lost" (line 11)
        648.4 ms  s4 becomes candidate in term 2: it heard nothing from s1, its leader, for 186.1 ms (§5.2)
        651.5 ms  s5 votes for s4 in term 2: it has not voted in term 2 yet, and the log of s4 is at least as up-to-date as its own (§5.2, §5.4.1)
        652.3 ms  s3 votes for s4 in term 2: it has not voted in term 2 yet, and the log of s4 is at least as up-to-date as its own (§5.2, §5.4.1)
        654.3 ms  s4 becomes leader of term 2: 3 votes, and 3 are a majority (§5.2)
        660.2 ms  s4 commits up to 2: entry 2 is of the leader's own term and on 3 servers, a majority: it is committed (§5.3, §5.4.2)
       1200.0 ms  bob asks: put x "kept" (line 12)
       1207.8 ms  s4 commits up to 3: entry 3 is of the leader's own term and on 3 servers, a majority: it is committed (§5.3, §5.4.2)
       1209.3 ms  bob: put x "kept" => ok (9.3 ms, 1 attempt, rev 2) (line 12)
       1500.0 ms  alice: put x "lost" => timeout (1000.0 ms, 4 attempts): s1 appended it as entry 2 of term 1, and did not learn in time that a majority holds it: it may still be committed (line 11)
       1600.0 ms  heal (line 14)
       1606.2 ms  s1 steps down: follower in term 2: it met term 2, higher than its own 1: whoever sees a higher term takes it over and follows (§5.1)
       1610.5 ms  s2 removes its entries from 2 on: entry 2 conflicts with the leader's, so it goes with all that follow it: 4 entries removed (§5.3)
       1611.9 ms  s1 removes its entries from 2 on: entry 2 conflicts with the leader's, so it goes with all that follow it: 4 entries removed (§5.3)"
  `);
});

test("violations stand where they happened, and the same run is told the same", () => {
  const marks = [{ eventId: 20, property: "election-safety", message: "two leaders in term 1: s1 and s3" }];
  const lines = narrate(failover().recording, { marks });
  expect(lines).toEqual(narrate(failover().recording, { marks }));
  expect(lines.filter((line) => line.includes("VIOLATED"))).toEqual([
    "    178.1 ms  VIOLATED election-safety: two leaders in term 1: s1 and s3",
  ]);
  for (let seed = 1; seed < 20; seed += 1) {
    for (const line of narrate(churn(seed, 700).recording)) expect(line).toMatch(/^ *\d+\.\d ms {2}\S[^\n]*$/);
  }
});

test("the exported trace has one object a line", () => {
  const { recording } = failover();
  const lines = [...traceLines(recording)];
  expect(lines.length).toBe(recording.log.count);
  const parsed = lines.map((line): unknown => JSON.parse(line));
  expect(parsed[3]).toEqual({
    id: 3,
    timeUs: 173_257,
    kind: "timer",
    at: "s3",
    cause: 2,
    line: null,
    title: "s3's election timer runs out",
    why: "it heard no leader for 173.3 ms (§5.2)",
    reason: { code: "election-timeout", a: 1, b: 0 },
    fields: { timer: "election", "ran for": "173.3 ms" },
  });
});

test("operations with their outcomes", () => {
  expect(
    operationsOf(partition().recording).map(({ client, op, key, value, outcome }) => [client, op, key, value, outcome]),
  ).toEqual([
    ["alice", "put", "x", "lost", "timeout"],
    ["bob", "put", "x", "kept", "ok"],
  ]);
});
