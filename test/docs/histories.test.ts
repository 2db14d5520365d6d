import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { readHistory } from "../../server/src/check/histories/read.js";

const page = readFileSync("docs/histories.md", "utf8");
const blocks = [...page.matchAll(/^```json\n(.*?)^```$/gmsu)].map(([, text]) => text ?? "");
const lines = [...page.matchAll(/^ {4}(\{"\w.*\})$/gmu)].map(([, line]) => line ?? "").join("\n");

it.each([...blocks, lines])("docs/histories.md: %s can be read", (text) => {
  expect(readHistory(text)).toMatchObject({ kind: "history" });
});

it("docs/histories.md has an example of each format with operations", () => expect(blocks.length).toBe(2));
