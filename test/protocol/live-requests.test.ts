import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { check } from "../../server/src/language/check.js";
import type { Failure, StepKindView } from "../../server/src/protocol/requests.js";
import { Editor } from "./editor.js";
import { FakeLab, sessionOf } from "./fake-lab.js";

describe("requests about live clusters", () => {
  let editor: Editor;
  let lab: FakeLab;

  beforeEach(async () => {
    lab = new FakeLab();
    editor = await Editor.open(lab.host());
  });

  afterEach(() => editor.close());

  const send = <R>(method: string, params: unknown): Promise<R> => editor.client.sendRequest<R>(method, params);

  test("saving and going on from a moment reach the lab with checked parameters", async () => {
    const asked: unknown[] = [];
    lab.overrides = {
      saveLive: async (params) => {
        asked.push(params);
        return { ok: true, text: "…", scenario: "s", traceHash: "0", exact: true };
      },
      branchLive: async (params) => {
        asked.push(params);
        return { ok: true, session: sessionOf("file:///a.raftlab", "live") };
      },
    };
    expect(await send("raftlab/live/save", { sessionId: "a" })).toMatchObject({ ok: true, exact: true });
    expect(await send("raftlab/live/branch", { sessionId: "a", eventId: -1 })).toMatchObject({ ok: true });
    expect(await send("raftlab/live/branch", { sessionId: "a" })).toMatchObject({ ok: true });
    expect(asked).toEqual([{ sessionId: "a" }, { sessionId: "a", eventId: -1 }, { sessionId: "a" }]);
    for (const params of [{}, { sessionId: 3 }, { sessionId: "a", eventId: "x" }, { sessionId: "a", eventId: -2 }]) {
      expect((await send<Failure>("raftlab/live/branch", params)).message).toMatch(/sessionId|eventId/);
    }
    expect(asked).toHaveLength(3);
  });

  test("the kinds of steps come with examples that can be read", async () => {
    const { kinds } = await send<{ readonly kinds: readonly StepKindView[] }>("raftlab/live/stepKinds", {});
    const names = kinds.map(({ name }) => name);
    for (const name of ["put", "cas", "crash", "hold", "clock", "disk", "deliver", "stabilize", "reconfigure"]) {
      expect(names).toContain(name);
    }
    expect(names).not.toContain("end");
    for (const { name, example, says, group, syntax } of kinds) {
      const { diagnostics } = check(`cluster { nodes s1..s3 }\nscenario "x" { ${example} }\n`);
      expect(
        diagnostics.filter(({ code }) => code.startsWith("RL0")),
        name,
      ).toEqual([]);
      expect(
        [says, group, syntax].every((text) => text.length > 0),
        name,
      ).toBe(true);
    }
  });
});
