import { expect, test } from "vitest";
import { serversSelected, sessionIdsOf } from "./selected.js";

const run = (sessionId: string) => ({ kind: "session", sessionId });
const server = (name: string) => ({ kind: "server", sessionId: "a", server: name });

test("a command is for all selected rows, each once, or for the one it was called on", () => {
  expect(sessionIdsOf(run("a"), undefined)).toEqual(["a"]);
  expect(sessionIdsOf(run("a"), [run("a")])).toEqual(["a"]);
  expect(sessionIdsOf(run("a"), [run("b"), run("a"), run("b")])).toEqual(["b", "a"]);
  expect(sessionIdsOf(run("a"), [run("b"), { kind: "file", uri: null }])).toEqual(["b"]);
  expect(sessionIdsOf(undefined, "nonsense")).toEqual([]);
});

test("servers count as selected where there are several", () => {
  expect(serversSelected([server("s1"), server("s2"), { kind: "clients", sessionId: "a" }])).toEqual({
    sessionId: "a",
    servers: ["s1", "s2"],
  });
  expect(serversSelected([server("s1")])).toBeUndefined();
  expect(serversSelected([server("s1"), server("s1")])).toBeUndefined();
  expect(serversSelected(undefined)).toBeUndefined();
});
