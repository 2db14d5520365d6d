import { expect, it } from "vitest";
import { checkFields } from "./fields.js";
import { readSubject } from "./why-params.js";

const read = (value: unknown) => checkFields("raftlab/why", value, readSubject);

it.each([
  { kind: "server", server: "s1", field: "role" },
  { kind: "entry", server: "s1", index: 7 },
  { kind: "entry", server: "s1", index: 7, state: "durable" },
  { kind: "leader" },
  { kind: "commit", server: "s1" },
  { kind: "vote", server: "s1", candidate: "s2" },
  { kind: "message", eventId: 0 },
  { kind: "operation", operation: 1 },
  { kind: "key", key: "color" },
  { kind: "key", key: "color", server: "s2" },
  { kind: "link", from: "s1", to: "s2" },
])("reads %j", (subject) => {
  expect(read(subject)).toEqual({ ok: true, value: subject });
});

it.each([
  [{ kind: "weather" }, /"?kind"?`? must be/],
  [{ kind: "entry", server: "s1", index: 0 }, /index.* must be an integer from 1 on/],
  [{ kind: "entry", server: "s1", index: 1, state: "gone" }, /state.* must be/],
  [{ kind: "vote", server: "s1" }, /candidate.* must be text/],
  [{ kind: "message", eventId: -1 }, /eventId.* must be an integer from 0 on/],
])("says what is wrong with %j", (subject, wrong) => {
  const checked = read(subject);
  expect(checked.ok).toBe(false);
  expect(checked.ok ? "" : checked.message).toMatch(wrong);
});
