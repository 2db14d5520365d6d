import { expect, it } from "vitest";
import { describe } from "../../server/src/trace/describe.js";
import { why, whyLines } from "../../server/src/trace/why/chain.js";
import { runText } from "../support/scenarios.js";

/** Why s3, which has had no majority, tries once more: the chain from its last such transition, without instants. */
function asksAgain(steps: string, settings = ""): readonly string[] {
  const { recording } = runText(`
    cluster { nodes s1..s3; clients alice; latency 2ms; fsync 1ms; ${settings} }
    scenario "story" {
      timeout s1
      await leader == s1
      await converged
      ${steps}
      wait 1s
    }`);
  const { log } = recording;
  let last = log.count - 1;
  const again = (id: number): boolean =>
    log.kind(id) === "transition" && log.at(id) === 3 && /no majority/.test(describe(recording, id).reason ?? "");
  while (last > 0 && !again(last)) last -= 1;
  return whyLines(why(recording, last)).map((line) => line.replace(/ \(line \d+\)|, at [\d.]+ m?s \[event \d+\]/g, ""));
}

it("who is asked and down explains why there was no majority", () => {
  expect(asksAgain("crash {s1 s2}").slice(0, 4)).toEqual([
    expect.stringMatching(/^s3 asks whether it could win term 2: no majority answered its pre-vote for/),
    "because s3's election timer runs out",
    "because lost: s3 → s1 PreVote term 2, last entry 1/1: s1 is down",
    "because s1 crashes",
  ]);
});

it("so does a link that loses the answer", () => {
  expect(asksAgain("cut {s1 s2} -> s3").slice(2, 4)).toEqual([
    expect.stringMatching(/^because lost: s[12] → s3 PreVoteReply term 2?1?, refused/),
    "because cut {s1 s2} -> s3",
  ]);
});

it("where everything arrived, the refusal does", () => {
  const behind = 'isolate s3\nput color "red" => ok\nheal\ndrop AppendEntries {s1 s2} -> s3';
  const lines = asksAgain(behind, "pre-vote off; check-quorum off");
  expect(lines[2]).toMatch(/^because s3 receives RequestVoteReply term \d+, refused from s[12]/);
  expect(lines[3]).toMatch(/^because s[12] → s3 RequestVoteReply .*: .* the candidate may lack committed entries/);
});
