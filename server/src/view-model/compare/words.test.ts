import { describe, expect, it } from "vitest";
import type { ComparisonView, MilestoneRow } from "../../protocol/comparison.js";
import type { SessionInfo } from "../../protocol/session.js";
import { comparisonLines, eventText, gradeWords, headline, inputText, runText, sideText } from "./words.js";

const session = (more: Partial<SessionInfo>): SessionInfo => ({
  id: "a",
  kind: "run",
  uri: "file:///a.raftlab",
  title: "a write",
  seed: 3,
  startedAt: "",
  state: { kind: "finished", verdict: "pass" },
  timeUs: 1_000_000,
  events: 1234,
  traceHash: "0123456789abcdef",
  cursor: null,
  pace: null,
  leader: null,
  term: 1,
  servers: [],
  clients: [],
  ...more,
});
const row = (more: Partial<MilestoneRow>): MilestoneRow => ({
  kind: "leader",
  label: "leader of term 1",
  left: { eventId: 4, timeUs: 100_000, value: "s1", line: null },
  right: { eventId: 9, timeUs: 250_000, value: "s2", line: null },
  grade: "outcome",
  ...more,
});
const VIEW: ComparisonView = {
  left: session({}),
  right: session({ settings: ["check-quorum off"] }),
  trace: {
    kind: "different",
    same: 7,
    partUs: 100_000,
    left: null,
    right: null,
    sentences: ["It waited."],
    contents: [],
  },
  inputs: [{ kind: "text", edits: [{ side: "left", line: 4, text: "crash s1" }], more: 2 }],
  counts: { equal: 1, time: 2, outcome: 3 },
};

describe("two runs in words", () => {
  it("say how far they are the same", () => {
    expect(headline(VIEW)).toBe("The two runs are the same for 7 events, then they part at 100 ms.");
    expect(headline({ ...VIEW, trace: { kind: "equal", hash: "0123456789abcdef", events: 1234 } })).toBe(
      "The two runs are the same: 1,234 events, trace 0123456789abcdef.",
    );
    expect(runText(VIEW.right)).toBe("a write · check-quorum off, seed 3");
  });

  it("say of each milestone how its two sides relate, by sign and word", () => {
    expect(gradeWords(row({}))).toEqual({ sign: "≠", text: "differs" });
    expect(gradeWords(row({ grade: "time" }))).toEqual({ sign: "≈", text: "150 ms later" });
    const early = row({ grade: "time", right: { eventId: 1, timeUs: 50_000, value: "s1", line: null } });
    expect(gradeWords(early).text).toBe("50 ms earlier");
    expect(gradeWords(row({ left: null })).text).toBe("right only");
    expect(gradeWords(row({ right: null })).text).toBe("left only");
    expect(gradeWords(row({ grade: "equal" }))).toEqual({ sign: "=", text: "same" });
    expect(sideText(null)).toBe("did not happen");
  });

  it("say what they were made from", () => {
    expect(inputText({ kind: "setting", name: "pre-vote", left: "on", right: "off" })).toBe(
      "Another setting: pre-vote on in the left run, pre-vote off in the right one.",
    );
    expect(inputText({ kind: "seed", left: 1, right: 2 })).toMatch(/1 on the left, 2 on the right/);
    expect(eventText(null)).toBe("The run has ended.");
  });

  it("are told as lines of text, whole", () => {
    const lines = comparisonLines(VIEW, [row({})], 4, { left: ["because it waited"], right: [] }).join("\n");
    for (const words of [
      "- 4: crash s1",
      "… and 2 more.",
      "It waited.",
      "≠ leader of term 1 (differs)",
      "… and 4 more.",
    ])
      expect(lines).toContain(words);
    expect(lines).toContain("100 ms: s1 | 250 ms: s2");
    expect(lines).toContain("because it waited");
  });
});
