import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, it } from "vitest";
import { finished, runText, scenariosOf } from "../support/scenarios.js";
import { storyText } from "./stories.js";

const samples = path.resolve(import.meta.dirname, "../../samples");

it("a violation of linearizability says what was before it, and where nothing was, that", async () => {
  const text = await readFile(path.join(samples, "6-rules/snapshot-carries-sessions.raftlab"), "utf8");
  const [first] = scenariosOf(text);
  if (first === undefined) throw new Error("the sample has no scenario");
  const { report } = finished(first);
  const messages = (report?.violations ?? [])
    .filter(({ property }) => property === "linearizability")
    .map(({ message }) => message);
  expect(messages).toEqual([
    'alice put color "red" => ok (replacing "red"): nothing had been asked of color before that explains it',
  ]);
});

it("and where something was, it is named", () => {
  const steps = `
  timeout s1
  await leader == s1
  alice put color "red"
  isolate s1
  await leader != s1 within 10s
  alice put color "blue"
  bob get color at s1   => "red"
`;
  const { report } = runText(storyText(steps, "reads local"));
  const [message] = (report?.violations ?? []).map(({ message }) => message);
  expect(message).toMatch(/before it: alice put color "red" => ok \(the first\); alice put color "blue" => ok/);
});
