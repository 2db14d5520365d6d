/** What the comparison does, without its picture: the real lab behind the panel's controller. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { CompareController } from "../../media/compare/controller.js";
import { choiceOf, cursorOf } from "../../media/compare/model.js";
import type { FromWebview, ToWebview, WebviewState } from "../../server/src/protocol/webview.js";
import { bundleWorker, never, ok, QUIET, SHORT, TestLab, type WorkerBundle } from "../lab/lab.js";
import { readLabRequest } from "./lab-requests.js";

let bundle: WorkerBundle;
let runs: TestLab;
let told: FromWebview[];
let kept: WebviewState;
let listener: (event: { readonly data: unknown }) => void;

beforeAll(async () => {
  bundle = await bundleWorker();
});
afterAll(() => bundle.remove());

beforeEach(async () => {
  told = [];
  kept = { sessionId: null, view: null };
  listener = () => undefined;
  vi.stubGlobal("window", {
    addEventListener: (name: string, hear: typeof listener) => {
      if (name === "message") listener = hear;
    },
  });
  vi.stubGlobal("document", { hidden: false });
  vi.stubGlobal("requestAnimationFrame", (run: () => void) => setTimeout(run, 0));
  runs = await TestLab.start(bundle.script);
  runs.lab.onEvent((event) => {
    if (event.kind === "cursor-changed") send({ kind: "cursor", sessionId: event.sessionId, cursor: event.cursor });
  });
});

afterEach(async () => {
  await runs.lab.dispose();
  vi.unstubAllGlobals();
});

const send = (message: ToWebview): void => listener({ data: message });

function receive(message: FromWebview): void {
  told.push(message);
  if (message.kind !== "request") return;
  readLabRequest(runs.lab, message.method, message.params).then(
    (result) => send({ kind: "response", id: message.id, result }),
    (error) => send({ kind: "failure", id: message.id, message: String(error) }),
  );
}

const run = async (more: { readonly seed?: number; readonly settings?: readonly string[] } = {}) =>
  ok(await runs.lab.run({ source: { uri: "file:///a.raftlab", text: SHORT }, scenario: "short", ...more }, never()))
    .session;

function start(): CompareController {
  const keep = (state: WebviewState): void => {
    kept = state;
  };
  const controller = new CompareController({ post: receive, read: () => kept, keep }, () => undefined);
  controller.start();
  send({ kind: "init", session: null, locale: "en" });
  return controller;
}

async function compared(controller: CompareController, left: string, right: string): Promise<void> {
  send({ kind: "compare", left, right });
  await expect.poll(() => controller.state.rows.length, { timeout: 10_000 }).toBeGreaterThan(0);
  await expect.poll(() => controller.state.clusters.right, { timeout: 10_000 }).not.toBeNull();
}

const momentOf = async (sessionId: string): Promise<number> =>
  ok(await runs.lab.clusterView({ sessionId, eventId: null }, QUIET)).view.timeUs;

test("both cursors go to the first difference, and to one instant from there on", async () => {
  const [a, b] = [await run(), await run({ seed: 4 })];
  const controller = start();
  await compared(controller, a.id, b.id);
  const { view } = controller.state;
  if (view?.trace.kind !== "different") throw new Error("two seeds gave one trace");
  expect(cursorOf(controller.state)).toBe(view.trace.partUs);
  const { partUs } = view.trace;
  controller.seek(partUs + 10_000);
  const us = partUs + 10_000;
  expect(cursorOf(controller.state)).toBe(us);
  const isThere = (timeUs: number): boolean => timeUs > partUs && timeUs <= us;
  await expect.poll(async () => isThere(await momentOf(a.id))).toBe(true);
  await expect.poll(async () => controller.state.clusters.left?.timeUs === (await momentOf(a.id))).toBe(true);
  expect(await momentOf(b.id)).toBeLessThanOrEqual(us);
  controller.seek(-5);
  expect(cursorOf(controller.state)).toBe(0);
});

test("who moves one cursor elsewhere takes the other along", async () => {
  const [a, b] = [await run(), await run({ seed: 4 })];
  const controller = start();
  await compared(controller, a.id, b.id);
  const last = a.events - 1;
  ok(await runs.lab.moveCursor({ sessionId: a.id, move: { kind: "event", eventId: last } }));
  await expect.poll(() => controller.state.cursorUs).toBe(await momentOf(a.id));
  await expect.poll(() => controller.state.clusters.left?.eventId).toBe(last);
});

test("a reload shows the same pair at the same place; swapping keeps the place", async () => {
  const [a, b] = [await run(), await run({ settings: ["pre-vote off"] })];
  const first = start();
  await compared(first, a.id, b.id);
  first.zoom({ fromUs: 1000, toUs: 90_000 });
  first.chooseRows("all");
  first.seek(50_000);
  await expect.poll(() => JSON.stringify(kept)).toContain('"cursorUs":50000');
  const again = start();
  await expect.poll(() => again.state.view?.right.id, { timeout: 10_000 }).toBe(b.id);
  expect([again.state.span, again.state.cursorUs, choiceOf(again.state)]).toEqual([
    { fromUs: 1000, toUs: 90_000 },
    50_000,
    "all",
  ]);
  again.swap();
  await expect.poll(() => again.state.view?.right.id, { timeout: 10_000 }).toBe(a.id);
  expect(again.state.cursorUs).toBe(50_000);
});

test("equal runs show all rows; a run that is deleted leaves what was known of it", async () => {
  const [a, b] = [await run(), await run()];
  const controller = start();
  await compared(controller, a.id, b.id);
  expect([controller.state.view?.trace.kind, choiceOf(controller.state)]).toEqual(["equal", "all"]);
  send({ kind: "deleted", sessionId: b.id });
  expect(controller.state.gone).toEqual({ left: false, right: true });
  expect(controller.state.view?.right.id).toBe(b.id);
  expect(controller.state.sessions.map(({ id }) => id)).not.toContain(b.id);
  controller.choose("right", "nobody");
  await expect.poll(() => controller.state.failure).toMatch(/no such session/);
});

test("the causes of both are asked for once they are unfolded; an event leads to the cluster panel", async () => {
  const [a, b] = [await run(), await run({ seed: 4 })];
  const controller = start();
  await compared(controller, a.id, b.id);
  expect(controller.state.whys).toEqual({ left: null, right: null });
  controller.showWhys(true);
  await expect.poll(() => controller.state.whys.right?.kind).toBe("answered");
  await expect.poll(() => controller.state.whys.left?.kind).toBe("answered");
  await controller.open("right", 3, 0);
  expect(told.at(-1)).toEqual({ kind: "openPanel", panel: "cluster", sessionId: b.id });
  controller.compareWith("setting");
  expect(told.at(-1)).toEqual({ kind: "compareWith", how: "setting", sessionId: a.id });
});
