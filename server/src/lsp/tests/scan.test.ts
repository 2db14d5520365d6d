import { describe, expect, test } from "vitest";
import { analyze } from "../../language/check.js";
import { fileOfTest, scanText, scanTree } from "./scan.js";

const URI = "file:///a.raftlab";
const scenario = (title: string): string => `# Above ${title}.\nscenario "${title}" {\n  await leader\n}\n\n`;
const long = (count: number): string =>
  `cluster { nodes s1..s3 }\n${Array.from({ length: count }, (_, i) => scenario(`number ${i}`)).join("")}`;

function whole(text: string) {
  const { tree, lines, diagnostics } = analyze(text);
  return scanTree(URI, tree, lines, diagnostics);
}

async function inPieces(text: string) {
  let pauses = 0;
  const scan = await scanText(URI, text, async () => {
    pauses += 1;
  });
  return { scan, pauses };
}

describe("scanning", () => {
  test.each(["\n", "\r\n", "\r"])("in pieces gives what the whole text gives, with line ends %j", async (end) => {
    const text = long(2000).replaceAll("\n", end);
    const { scan, pauses } = await inPieces(text);
    expect(pauses).toBeGreaterThan(3);
    expect(scan.scenarios).toHaveLength(2000);
    expect(scan).toEqual(whole(text));
  });

  test("a short text is one piece", async () => {
    const { scan, pauses } = await inPieces(long(3));
    expect(pauses).toBe(0);
    expect(scan.scenarios[2]).toEqual({ id: `${URI}#number 2`, title: "number 2", line: 13, endLine: 15 });
  });

  test("an error far down has its line", async () => {
    const text = `${long(1500)}scenario "broken {\n`;
    const { scan } = await inPieces(text);
    expect(scan.error?.line).toBe(text.split("\n").length - 1);
    expect(scan.error).toEqual(whole(text).error);
  });

  test("what has no title yet is no test", async () => {
    expect((await inPieces('scenario "" {\n}\nscenario {\n}\nscenario')).scan.scenarios).toEqual([]);
  });

  test("ids tell their file", () => {
    expect(fileOfTest(`${URI}#a#2`)).toBe(URI);
    expect(fileOfTest(URI)).toBe(URI);
  });
});
