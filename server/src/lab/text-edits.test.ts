import { describe, expect, it } from "vitest";
import { textEdits } from "./text-edits.js";

const edits = (left: string, right: string) => textEdits({ text: left, others: [] }, { text: right, others: [] });
const told = (left: string, right: string): readonly string[] =>
  edits(left, right).edits.map(({ side, line, text }) => `${side === "left" ? "-" : "+"}${line} ${text}`);

describe("edits of a text", () => {
  it("are none where only comments, blank lines and white space differ", () => {
    expect(told("a\n  b # one\n", "# two\n\na\nb\n")).toEqual([]);
    expect(told('note "# no comment"', 'note "# another"')).toEqual(['-1 note "# no comment"', '+1 note "# another"']);
  });

  it("stand where they belong, the left one first", () => {
    expect(told("a\nb\nc\nd", "a\nx\nc\ny\nd\nz")).toEqual(["-2 b", "+2 x", "+4 y", "+6 z"]);
  });

  it("lead from lines of the right text to those of the left", () => {
    const { leftLine } = edits("a\nb\nc\nb", "b\n\na\nb\nb");
    expect([1, 3, 4, 5].map(leftLine)).toEqual([null, 1, 2, 4]);
    expect(leftLine(99)).toBeNull();
  });

  it("are symmetric in what they leave alike", () => {
    const [a, b] = ["x\na\nb\na\nc", "a\nc\nb\na\nd\nx"];
    const there = edits(a, b).edits.filter(({ side }) => side === "left").length;
    const back = edits(b, a).edits.filter(({ side }) => side === "right").length;
    expect(there).toBe(back);
  });

  it("take texts that were rewritten from end to end", () => {
    const [a, b] = [
      Array.from({ length: 2500 }, (_, at) => `a${at}`),
      Array.from({ length: 2500 }, (_, at) => `b${at}`),
    ];
    expect(told(a.join("\n"), b.join("\n"))).toHaveLength(5000);
  });
});
