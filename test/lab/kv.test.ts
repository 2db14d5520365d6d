import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundleWorker, failure, ok, QUIET, TestLab, type WorkerBundle } from "./lab.js";

describe("key-value views of a live cluster", () => {
  let bundle: WorkerBundle;
  let test: TestLab;
  let sessionId = "";

  const act = async (step: string): Promise<string> => {
    const { outcome } = ok(await test.lab.act({ sessionId, step }, QUIET));
    return outcome.result;
  };

  beforeAll(async () => {
    bundle = await bundleWorker();
    test = await TestLab.start(bundle.script);
    const source = { uri: "file:///a.raftlab", text: "cluster { nodes s1..s3; clients alice bob; seed 5 }\n" };
    sessionId = ok(await test.lab.startLive({ source })).session.id;
    ok(await test.lab.controlLive({ sessionId, control: { kind: "pause" } }));
    await act("await leader");
    await act('alice put /config/color "red"');
  });
  afterAll(async () => {
    await test.lab.dispose();
    await bundle.remove();
  });

  it("keys, a key's past and watches are those at the cursor", async () => {
    await act("alice watch /config/ prefix as w1");
    await act('alice put /config/color "blue"');
    await act("wait 1s");
    const { view } = ok(await test.lab.keyHistory({ sessionId, eventId: null, key: "/config/color" }, QUIET));
    expect(view.revisions.map(({ value }) => value)).toEqual(["blue", "red"]);
    const { view: now } = ok(await test.lab.watches({ sessionId, eventId: null }, QUIET));
    expect(now.watches).toMatchObject([{ name: "w1", state: "active", received: 1 }]);
    const written = view.revisions[1]?.eventId ?? 0;
    ok(await test.lab.moveCursor({ sessionId, move: { kind: "event", eventId: written } }));
    const { view: then } = ok(await test.lab.keys({ sessionId, eventId: null, prefix: "/config/" }, QUIET));
    expect(then.children).toMatchObject([{ kind: "key", key: "/config/color", value: "red" }]);
    expect(ok(await test.lab.watches({ sessionId, eventId: null }, QUIET)).view.watches).toEqual([]);
    ok(await test.lab.moveCursor({ sessionId, move: { kind: "event", eventId: null } }));
  });

  it("a step is checked without being done, and names are told with what is over", async () => {
    const check = async (step: string): Promise<readonly string[]> =>
      ok(await test.lab.checkStep({ sessionId, step })).problems;
    expect(await check("alice txn { then put a }")).not.toEqual([]);
    expect(await check('alice txn { if /config/color == "blue" then put a "1" }')).toEqual([]);
    expect(ok(await test.lab.keys({ sessionId, eventId: null, prefix: "a" }, QUIET)).view.count).toBe(0);
    await act("alice lease grant l1 ttl 60s");
    await act("alice lease revoke l1");
    await act("alice lease grant l2 ttl 60s");
    const { names } = ok(await test.lab.liveNames({ sessionId }));
    expect(names).toEqual([
      { name: "w1", kind: "watch", over: false },
      { name: "l1", kind: "lease", over: true },
      { name: "l2", kind: "lease", over: false },
    ]);
  });

  it("what cannot be asked is refused in words", async () => {
    expect(failure(await test.lab.keys({ sessionId, eventId: null, server: "s9", prefix: "" }, QUIET))).toContain("s9");
    expect(failure(await test.lab.watches({ sessionId, eventId: 1_000_000_000 }, QUIET))).toContain("no event");
    expect(failure(await test.lab.liveNames({ sessionId: "none" }))).not.toBe("");
  });
});
