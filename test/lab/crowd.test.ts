/** Many hands at once: whatever is asked in whatever order is answered, and nobody is left waiting. */
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Lab } from "../../server/src/lab/contract.js";
import type { LiveControl } from "../../server/src/protocol/requests.js";
import { RandomStream } from "../../server/src/sim/random.js";
import { bundleWorker, LONG, SHORT, TestLab, type WorkerBundle } from "./lab.js";

let bundle: WorkerBundle;
beforeAll(async () => {
  const { folder } = await bundleWorker();
  const entry = path.join(folder, "mortal.ts");
  await writeFile(
    entry,
    `import { parentPort } from "node:worker_threads";
     import ${JSON.stringify(path.resolve("server/src/lab/worker.ts"))};
     parentPort?.on("message", ({ params }) => { if (params?.eventId === 666_666_666) process.exit(3); });`,
  );
  bundle = await bundleWorker(entry);
});
afterAll(() => bundle.remove());

const CONTROLS: readonly LiveControl[] = [
  { kind: "run" },
  { kind: "pause" },
  { kind: "step", events: 3 },
  { kind: "pace", pace: 5 },
  { kind: "pace", pace: null },
  { kind: "stop" },
];
const STEPS = ['put color "red"', "get color", "crash leader", "restart down", "wait 20ms", "nonsense", "heal"];

/** Something that a person or a view may ask of a lab. Answers its promise. */
function ask(lab: Lab, random: RandomStream, ids: readonly string[], signal: AbortSignal): Promise<unknown> {
  const pick = <T>(list: readonly T[]): T | undefined => list[random.integer(0, list.length - 1)];
  const sessionId = pick(ids) ?? "none";
  const control = { signal, onProgress: () => undefined };
  const uri = "file:///a.raftlab";
  switch (random.integer(0, 13)) {
    case 0:
      return lab.run({ source: { uri, text: SHORT }, scenario: "short" }, control);
    case 1:
      return lab.run({ source: { uri, text: LONG }, scenario: "long" }, control);
    case 2:
      return lab.startLive({ source: null });
    case 3:
    case 4:
      return lab.controlLive({ sessionId, control: pick(CONTROLS) ?? { kind: "run" } });
    case 5:
    case 6:
      return lab.act({ sessionId, step: pick(STEPS) ?? "heal" }, signal);
    case 7:
    case 8:
      return lab.openSession({ sessionId }, control);
    case 9:
      return lab.deleteSession({ sessionId });
    case 10:
      return lab.moveCursor({ sessionId, move: { kind: "by", events: random.integer(-50, 50) } });
    case 11:
      return lab.why({ sessionId, eventId: random.integer(0, 29) === 0 ? 666_666_666 : 7 }, signal);
    case 12:
      return lab.timeline({ sessionId, buckets: 10 }, signal);
    default:
      return lab.clusterView({ sessionId, eventId: null }, signal);
  }
}

it.each([1, 2, 3])("answers everything, crowd %i", { timeout: 60_000 }, async (seed) => {
  const random = RandomStream.of(seed, "crowd");
  const test = await TestLab.start(bundle.script, path.join(bundle.folder, `crowd-${seed}`));
  const asked: Promise<unknown>[] = [];
  const controllers: AbortController[] = [];
  for (let count = 0; count < 250; count += 1) {
    const { sessions } = await test.lab.sessions();
    const controller = new AbortController();
    controllers.push(controller);
    asked.push(
      ask(
        test.lab,
        random,
        sessions.map(({ id }) => id),
        controller.signal,
      ),
    );
    if (random.integer(0, 2) === 0) controllers[random.integer(0, controllers.length - 1)]?.abort();
    if (random.integer(0, 3) === 0) await new Promise(setImmediate);
  }
  // Acts on clusters that stand still wait for somebody to let them go on, long runs for their end.
  for (const controller of controllers) controller.abort();
  for (const answer of await Promise.all(asked)) expect(answer).toHaveProperty("ok");
  const { sessions } = await test.lab.sessions();
  for (const { kind, state } of sessions) if (kind === "run") expect(state.kind).not.toBe("running");
  await test.lab.dispose();
  const again = await TestLab.start(bundle.script, path.join(bundle.folder, `crowd-${seed}`));
  const kept = await again.lab.sessions();
  expect(kept.sessions.map(({ id }) => id)).toEqual(sessions.map(({ id }) => id));
  expect(again.messages).toEqual([]);
  const control = { signal: new AbortController().signal, onProgress: () => undefined };
  for (const { id } of kept.sessions)
    expect(await again.lab.openSession({ sessionId: id }, control)).toHaveProperty("ok");
  expect(again.messages).toEqual([]);
  await again.lab.dispose();
});
