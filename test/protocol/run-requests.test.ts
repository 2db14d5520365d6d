import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Editor } from "./editor.js";
import { FakeLab } from "./fake-lab.js";

describe("comparing and exporting over the protocol", () => {
  let editor: Editor;
  let lab: FakeLab;

  beforeEach(async () => {
    lab = new FakeLab();
    editor = await Editor.open(lab.host({}, {}), { workspaceStorage: null, globalStorage: "/kept/here", locale: "en" });
  });

  afterEach(() => editor.close());

  const send = <R>(method: string, params: unknown): Promise<R> => editor.client.sendRequest<R>(method, params);

  test("parameters reach the lab, and its answer the client", async () => {
    const asked: unknown[] = [];
    lab.overrides = {
      compare: async (params) => {
        asked.push(params);
        return { ok: true, comparison: { kind: "equal", hash: "0123456789abcdef", events: 7 } };
      },
      tracePage: async (params) => {
        asked.push(params);
        return { ok: true, lines: "{}\n", next: 12 };
      },
    };
    expect(await send("raftlab/compare", { left: "a", right: "b", more: 1 })).toMatchObject({
      comparison: { events: 7 },
    });
    expect(await send("raftlab/trace", { sessionId: "a", from: 2, count: 10 })).toMatchObject({
      lines: "{}\n",
      next: 12,
    });
    expect(asked).toEqual([
      { left: "a", right: "b" },
      { sessionId: "a", from: 2, count: 10 },
    ]);
  });

  test.each([
    ["raftlab/compare", { left: "a" }, '"right" must be text, not missing'],
    ["raftlab/compare", null, "the parameters must be an object, not null"],
    ["raftlab/trace", { sessionId: "a", from: -1, count: 1 }, '"from" must be an integer from 0 on, not -1'],
    ["raftlab/trace", { sessionId: "a", from: 0, count: 0 }, '"count" must be an integer from 1 on, not 0'],
  ])("%s with %o says what is wrong", async (method, params, problem) => {
    expect(await send(method, params)).toEqual({ ok: false, message: expect.stringContaining(problem) });
  });
});
