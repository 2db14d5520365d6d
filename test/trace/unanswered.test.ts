import { expect, it } from "vitest";
import { TraceIndex } from "../../server/src/trace/trace-index.js";
import { why, whyLines } from "../../server/src/trace/why/chain.js";
import { runText } from "../support/scenarios.js";

/** Why the last operation of the steps ended as it did: the asked event and what follows from it, without instants. */
function explained(steps: string): readonly string[] {
  const { recording, report } = runText(`
    cluster { nodes s1..s3; clients alice; latency 2ms; fsync 1ms; check-quorum off }
    scenario "story" {
      timeout s1
      await leader == s1
      await converged
      ${steps}
    }`);
  expect(report?.verdict).toBe("pass");
  const ended = TraceIndex.of(recording).events("return").at(-1) ?? -1;
  return whyLines(why(recording, ended)).map((line) => line.replace(/ \(line \d+\)|, at [\d.]+ ms \[event \d+\]/g, ""));
}

it("an entry that no majority acknowledged leads to what kept the followers from it", () => {
  expect(explained('crash {s2 s3}\nput color "red" => timeout')).toEqual([
    'alice: put color "red" => timeout: s1 appended it as entry 2 of term 1, and did not learn in time that a majority holds it: it may still be committed',
    "because lost: s1 → s2 AppendEntries term 1, 1 entry after 1/1, commit 1: s2 is down",
    "because s2 crashes",
    "because step of line 7",
  ]);
});

it("an entry that only the acknowledgements miss leads to the cut of these", () => {
  expect(explained('cut {s2 s3} -> s1\nput color "red" => timeout').slice(1, 3)).toEqual([
    expect.stringMatching(/^because lost: s[23] → s1 AppendEntriesReply/),
    "because cut {s2 s3} -> s1",
  ]);
});

it("a read that nobody confirmed", () => {
  expect(explained("isolate s1\nget color at s1 => timeout").slice(0, 3)).toEqual([
    "alice: get color => timeout: s1 took the read in, and no majority confirmed in time that it may answer",
    expect.stringMatching(/^because lost: s1 → s[23] AppendEntries/),
    "because isolate s1",
  ]);
});

it("an answer that was lost", () => {
  expect(explained('cut s1 -> alice\nput color "red" => timeout').slice(0, 3)).toEqual([
    'alice: put color "red" => timeout: s1 answered, and the answer was lost',
    expect.stringMatching(/^because lost: s1 → alice ClientRequestReply result/),
    "because cut s1 -> alice",
  ]);
});

it("requests that were lost", () => {
  expect(explained('cut alice -> s1\nput color "red" => timeout').slice(0, 3)).toEqual([
    'alice: put color "red" => timeout: its requests to s1 were lost',
    expect.stringMatching(/^because lost: alice → s1 ClientRequest put color "red"/),
    "because cut alice -> s1",
  ]);
});

it("nobody who was up", () => {
  expect(explained('crash all\nput color "red" => timeout').slice(0, 3)).toEqual([
    expect.stringMatching(/^alice: put color "red" => timeout: s[123] was down$/),
    expect.stringMatching(/^because lost: alice → s[123] ClientRequest put color "red" .*: s[123] is down$/),
    expect.stringMatching(/^because s[123] crashes$/),
  ]);
});

it("nobody who knew a leader", () => {
  expect(explained('crash {s1 s2}\nwait 1s\nput color "red" => timeout')[0]).toBe(
    'alice: put color "red" => timeout: s3 knew no leader, and nobody else took it in',
  );
});

it("an answer in time is explained by its own causes", () => {
  expect(explained('put color "red" => ok').slice(0, 2)).toEqual([
    'alice: put color "red" => ok',
    "because alice receives ClientRequestReply ok from s1",
  ]);
});
