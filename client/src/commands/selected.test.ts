import { expect, test } from "vitest";
import { fromServer, onEachServer, partSelected, serversSelected, sessionIdsOf } from "./selected.js";

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

const called = async (argument: unknown): Promise<unknown> => argument;
const note =
  (calls: unknown[]) =>
  async (_: undefined, argument: unknown): Promise<unknown> => {
    calls.push(argument);
    return argument;
  };

test("a fault strikes each selected server, or the one it was called on", async () => {
  const calls: unknown[] = [];
  const crash = onEachServer(note(calls));
  await crash(undefined, server("s1"), [server("s1"), server("s3")]);
  await crash(undefined, server("s2"), undefined);
  expect(calls).toEqual([{ sessionId: "a", server: "s1" }, { sessionId: "a", server: "s3" }, server("s2")]);
});

test("the selected servers are parted from the rest", async () => {
  const part = partSelected<undefined, unknown>(
    (_, argument) => called(argument),
    () => ["s1", "s2", "s3", "s4"],
  );
  expect(await part(undefined, server("s1"), [server("s1"), server("s3")])).toEqual({
    sessionId: "a",
    groups: [
      ["s1", "s3"],
      ["s2", "s4"],
    ],
  });
  expect(await part(undefined, server("s2"), undefined)).toEqual({
    sessionId: "a",
    groups: [["s2"], ["s1", "s3", "s4"]],
  });
  const all = ["s1", "s2", "s3", "s4"].map(server);
  expect(await part(undefined, all[0], all)).toEqual(all[0]);
  expect(await part(undefined, { groups: [["s1"], ["s2"]] }, undefined)).toEqual({ groups: [["s1"], ["s2"]] });
});

test("a link begins at the server it was called on", async () => {
  const cut = fromServer<undefined, unknown>((_, argument) => called(argument));
  expect(await cut(undefined, server("s2"), undefined)).toMatchObject({ from: "s2" });
  expect(await cut(undefined, { from: "s1", to: "s2" }, undefined)).toEqual({ from: "s1", to: "s2" });
  expect(await cut(undefined, undefined, undefined)).toBeUndefined();
});
