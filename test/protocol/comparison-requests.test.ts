import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Editor } from "./editor.js";
import { FakeLab } from "./fake-lab.js";

describe("two runs side by side over the protocol", () => {
  let editor: Editor;
  let lab: FakeLab;

  beforeEach(async () => {
    lab = new FakeLab();
    editor = await Editor.open(lab.host({}, {}), { workspaceStorage: null, globalStorage: "/kept/here", locale: "en" });
  });

  afterEach(() => editor.close());

  const send = <R>(method: string, params: unknown): Promise<R> => editor.client.sendRequest<R>(method, params);

  test("parameters reach the lab", async () => {
    const asked: unknown[] = [];
    lab.overrides = {
      comparison: async (params) => {
        asked.push(params);
        return { ok: false, message: "seen" };
      },
      milestones: async (params) => {
        asked.push(params);
        return { ok: true, rows: [], total: 7 };
      },
      runSettings: async (params) => {
        asked.push(params);
        return { ok: true, settings: [], problem: null };
      },
      run: async (params) => {
        asked.push(params);
        return { ok: false, message: "seen" };
      },
    };
    expect(await send("raftlab/view/comparison", { left: "a", right: "b", more: 1 })).toMatchObject({
      message: "seen",
    });
    const page = { left: "a", right: "b", choice: "changed", from: 0, count: 50 };
    expect(await send("raftlab/view/milestones", page)).toMatchObject({ total: 7 });
    expect(await send("raftlab/run/settings", { sessionId: "a" })).toMatchObject({ problem: null });
    await send("raftlab/run", { uri: "file:///gone", scenario: "s", settings: ["pre-vote off"], textOf: "a" });
    expect(asked).toEqual([
      { left: "a", right: "b" },
      page,
      { sessionId: "a" },
      { source: { uri: "file:///gone", text: "" }, scenario: "s", settings: ["pre-vote off"], textOf: "a" },
    ]);
  });

  test.each([
    ["raftlab/view/comparison", { left: "a" }, '"right" must be text, not missing'],
    ["raftlab/view/milestones", { left: "a", right: "b", choice: "some", from: 0, count: 1 }, '"choice" must be'],
    ["raftlab/view/milestones", { left: "a", right: "b", choice: "all", from: -1, count: 1 }, '"from" must be'],
    ["raftlab/run/settings", {}, '"sessionId" must be text, not missing'],
    ["raftlab/run", { uri: "file:///a", scenario: "s", settings: "loss 1%" }, '"settings" must be a list of texts'],
  ])("%s with %o says what is wrong", async (method, params, problem) => {
    expect(await send(method, params)).toEqual({ ok: false, message: expect.stringContaining(problem) });
  });
});
