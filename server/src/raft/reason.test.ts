import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { REASON_CODES } from "./reason.js";

/** Reasons that a transcript does not show, and where they are tested. */
const ELSEWHERE: readonly string[] = [
  "started", // a transcript's servers start before its first line; reason-text.test.ts has its sentence
];

/** Reasons that are no server's of the protocol: what clients do, and what is done for watches. Their tests are in test/sim. */
const OF_CLIENTS = /^(watch|retry|client)-/;

test("every reason that a server can give stands in a transcript, which says when it is given", () => {
  const folder = fileURLToPath(new URL("transcripts/", import.meta.url));
  const told = readdirSync(folder)
    .map((file) => readFileSync(`${folder}${file}`, "utf8"))
    .join("\n");
  const untold = REASON_CODES.filter((code) => !OF_CLIENTS.test(code) && !new RegExp(`\\[${code}[ \\]]`).test(told));
  expect(untold).toEqual(ELSEWHERE);
});
