import fc from "fast-check";
import { expect, test } from "vitest";
import { churn, failover, partition, Run } from "../../../../test/trace/runs.js";
import { describeAll, describe as describeEvent } from "../describe.js";
import { eventOfLine, lineOf } from "../lines.js";
import { TraceIndex } from "../trace-index.js";
import { askingAt } from "./asking.js";
import { WHY_LIMIT, why, whyLines } from "./chain.js";
import { eventAbout } from "./subject.js";

const last = (numbers: readonly number[]): number => numbers.at(-1) ?? -1;

test("a new leader's chain leads to the crash of the old one", () => {
  const { recording } = failover();
  expect(whyLines(why(recording, last(TraceIndex.of(recording).events("leader")))).join("\n")).toMatchInlineSnapshot(`
    "s1 becomes leader of term 3: 2 votes, and 2 are a majority (§5.2), at 800.5 ms [event 163]
    because s1 receives RequestVoteReply term 3, granted from s2, at 800.5 ms [event 162]
    because s2 → s1 RequestVoteReply term 3, granted: it has not voted in term 3 yet, and the log of s1 is at least as up-to-date as its own (§5.2, §5.4.1), at 799.3 ms [event 161]
    because s2's write is durable, its log up to 2, at 799.3 ms [event 160]
    because s2 receives RequestVote term 3, last entry 2/1 from s1, at 798.4 ms [event 156]
    because s1 → s2 RequestVote term 3, last entry 2/1, at 795.7 ms [event 154]
    because s1's write is durable, its log up to 2, at 795.7 ms [event 153]
    because s1's election timer runs out: no majority of votes for 157.3 ms: the election is split or the voters are out of reach (§5.2), at 795.0 ms [event 151]
    because lost: s1 → s3 RequestVote term 2, last entry 2/1: s3 is down, at 640.8 ms [event 145]
    because s3 crashes (line 7), at 500.0 ms [event 132]"
  `);
});

test("a leader of a majority owes its election to the partition", () => {
  const { recording } = partition();
  const lines = whyLines(why(recording, last(TraceIndex.of(recording).events("leader"))));
  expect(lines.at(-2)).toMatch(/^because lost: s1 → s4 AppendEntries .*: nothing passes this link: partition/);
  expect(lines.at(-1)).toMatch(/^because partition \{s1 s2\} \| \{s3 s4 s5\} \(line 10\), at 500\.0 ms/);
});

test("a client's answer leads back to its request and its line", () => {
  const { recording } = failover();
  const [answer = -1] = TraceIndex.of(recording).events("return");
  const chain = why(recording, answer);
  expect(chain.links[0]?.title).toBe('alice: put color "red" => ok');
  expect(chain.links.at(-1)?.title).toBe('alice asks: put color "red"');
  expect(chain.links.map(({ line }) => line)).toEqual(chain.links.map(() => 5));
});

test("heartbeats count as one link", () => {
  const { recording } = new Run().until(5_000);
  const heartbeat = recording.log.count - 1;
  expect(why(recording, heartbeat).truncated).toBe(false);
  const timers = why(recording, heartbeat).links.filter(({ title }) => title.includes("heartbeat timer"));
  expect(timers.length).toBe(1);
});

test("chains end at a root, go strictly back, and every event has words", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.nat(), (seed, pick) => {
      const { recording } = churn(seed, 1_000);
      const chain = why(recording, pick % recording.log.count);
      const ids = chain.links.map(({ id }) => id);
      expect(ids).toEqual([...ids].sort((a, b) => b - a));
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.length).toBeLessThanOrEqual(WHY_LIMIT);
      if (!chain.truncated) expect(chain.links.at(-1)?.cause ?? null).toBe(null);
      for (const { title, reason, fields } of describeAll(recording, 0, recording.log.count)) {
        for (const text of [title, reason ?? "-", ...fields.flatMap(({ name, value }) => [name, value])]) {
          expect(text).not.toMatch(/undefined|NaN|endpoint \d|^$|\n/);
        }
      }
    }),
    { numRuns: 15 },
  );
});

test("lines are inherited through messages and disks, not through timers", () => {
  const { recording } = failover();
  const { log } = recording;
  const line = (title: RegExp): (number | null)[] =>
    describeAll(recording, 0, log.count).flatMap((event) => (title.test(event.title) ? [event.line] : []));
  expect(line(/commits up to 2$/)).toEqual([5, 5, 5, null]);
  expect(line(/becomes leader of term 3/)).toEqual([null]);
  expect(line(/crashes/)).toEqual([7]);
  expect(lineOf(recording, 0)).toBe(null);
  expect(describeEvent(recording, eventOfLine(recording, 5)).title).toBe('alice asks: put color "red"');
  expect(eventOfLine(recording, 99)).toBe(-1);
});

test("a message's entries are there when asked for", () => {
  const { recording } = failover();
  const sends = describeAll(recording, 0, recording.log.count).filter(({ title }) =>
    /→ .*1 entry after 1\/1/.test(title),
  );
  const { id = -1 } = sends[0] ?? {};
  expect(describeEvent(recording, id).fields.map(({ name }) => name)).toEqual([
    "type",
    "from",
    "to",
    "term",
    "leaderId",
    "prevLogIndex",
    "prevLogTerm",
    "entries",
    "leaderCommit",
  ]);
  expect(describeEvent(recording, id, true).fields.at(-1)).toEqual({
    name: "entry 2",
    value: 'term 1: put color "red"',
  });
});

test("parts of the picture know the event that made them", () => {
  const { recording } = failover();
  const end = recording.log.count - 1;
  const about = (field: "status" | "role" | "term" | "vote" | "leader" | "commit" | "timer", server = "s1"): string => {
    const id = eventAbout(askingAt(recording, end), { kind: "server", server, field });
    return id === null ? "none" : describeEvent(recording, id).title;
  };
  expect(about("status", "s3")).toBe("s3 restarts");
  expect(about("role")).toBe("s1 becomes leader of term 3");
  expect(about("term")).toBe("s1 becomes candidate in term 3");
  expect(about("vote", "s2")).toBe("s2 votes for s1 in term 3");
  expect(about("leader", "s2")).toBe("s2 follows s1, leader of term 3");
  expect(about("commit")).toBe("s1 commits up to 3");
  expect(about("timer")).toMatch(/heartbeat timer/);
  const entry = (server: string, index: number): string => {
    const id = eventAbout(askingAt(recording, end), { kind: "entry", server, index });
    return id === null ? "none" : describeEvent(recording, id).title;
  };
  expect(entry("s1", 3)).toBe("s1 becomes leader of term 3");
  expect(entry("s3", 2)).toBe('s3 receives ClientRequest put color "red" (attempt 2) from alice');
  expect(entry("s2", 2)).toMatch(/s2 receives AppendEntries term 1, 1 entry after 1\/1/);
  expect(entry("s2", 9)).toBe("none");
  expect(eventAbout(askingAt(recording, end), { kind: "entry", server: "nobody", index: 1 })).toBe(null);
});
