/**
 * The store when the processes that write it are killed at any moment: nothing acknowledged is lost, nothing is unreadable. The suite
 * kills fewer than `RAFTLAB_KILLS=200 npx vitest run test/lab/store-kill.test.ts`.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import * as esbuild from "esbuild";
import { afterAll, beforeAll, expect, it } from "vitest";
import { SessionStore } from "../../server/src/lab/store.js";

const KILLS = Number(process.env["RAFTLAB_KILLS"] ?? 12);
/** A process is killed at most so long after it has begun; a write takes a few milliseconds. */
const LONGEST_MS = 40;

let folder: string;
let script: string;
let state = 7;

/** The instants of the kills are the machine's, but the choices are the seed's. */
function random(below: number): number {
  state = (state * 48_271) % 2_147_483_647;
  return state % below;
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "raftlab-kill-"));
  script = path.join(folder, "writer.mjs");
  await esbuild.build({
    entryPoints: ["test/lab/store-writer.ts"],
    outfile: script,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "error",
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
  });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** What a store may hold of each session: its last number, or "gone". Two while a change was under way that nobody heard the end of. */
type Model = Map<string, readonly string[]>;

/** Starts a writer and ends it somewhere in its work; what it said. */
async function writeAndDie(storage: string, name: string): Promise<string> {
  const child: ChildProcess = spawn(process.execPath, [script, storage, name, String(1 + random(1_000_000))], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  let going = false;
  // Some are killed while they take over what others left, the rest while they write.
  const from = random(3) === 0 ? "opens" : "ok";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    said += text;
    if (going || !said.includes(from)) return;
    going = true;
    // Some close their store first, and are killed while they do.
    const polite = random(4) === 0;
    setTimeout(() => {
      if (polite) child.kill("SIGTERM");
      setTimeout(() => child.kill("SIGKILL"), polite ? random(12) : 0);
    }, random(LONGEST_MS));
  });
  await new Promise<void>((resolve) => {
    child.on("close", () => resolve());
  });
  return said;
}

/** Takes what writers said into the model, in the order in which it happened: sessions pass from one to the other. */
function record(model: Model, said: readonly string[]): void {
  const lines = said.flatMap((text, writer) =>
    text.split("\n").flatMap((line) => {
      const [word = "", at = "", id = "", value = ""] = line.split(" ");
      return line === "" || line === "opens" ? [] : [{ writer, word, at: BigInt(at), id, value }];
    }),
  );
  lines.sort((a, b) => Number(a.at - b.at));
  const under = new Map<number, readonly [string, string]>();
  for (const { writer, word, id, value } of lines) {
    const done = under.get(writer);
    if (word === "do") {
      under.set(writer, [id, value]);
      model.set(id, [...(model.get(id) ?? ["gone"]), value]);
    } else if (word === "ok" && done !== undefined) model.set(done[0], [done[1]]);
    else throw new Error(`a writer said ${word}`);
  }
}

/** Opens the store as the next process would, and compares. */
async function compare(storage: string, model: Model): Promise<void> {
  const messages: string[] = [];
  const store = await SessionStore.open({ folder: storage, onMessage: (message) => messages.push(message) });
  expect(messages).toEqual([]);
  const there = new Map(store.records.map(({ info }) => [info.id, String(info.term)]));
  for (const [id, may] of model) expect(may, id).toContain(there.get(id) ?? "gone");
  for (const id of there.keys()) expect(model.has(id), id).toBe(true);
  await store.close();
  // What was found is certain from here on.
  for (const id of model.keys()) model.set(id, [there.get(id) ?? "gone"]);
}

it(`has all that was acknowledged after ${KILLS} kills`, { timeout: 900_000 }, async () => {
  const storage = path.join(folder, "one");
  const model: Model = new Map();
  for (let kill = 0; kill < KILLS; kill += 1) {
    record(model, [await writeAndDie(storage, `w${kill}`)]);
    await compare(storage, model);
  }
  expect(model.size).toBeGreaterThan(KILLS);
  // Nothing is left behind by the dead.
  expect(await readdir(storage)).toEqual(["sessions.json"]);
});

it(`has all of two processes that write at once, each killed, after ${KILLS} kills`, { timeout: 900_000 }, async () => {
  const storage = path.join(folder, "two");
  const model: Model = new Map();
  for (let kill = 0; kill < KILLS; kill += 4) {
    // Each is followed at once by another, which finds one dead and one alive. What the dead left goes to one of them.
    const said = await Promise.all(
      ["a", "b"].map(async (name) => {
        const first = await writeAndDie(storage, `${name}${kill}`);
        const second = await writeAndDie(storage, `${name}${kill + 1}`);
        return [first, second];
      }),
    );
    record(model, said.flat());
    await compare(storage, model);
  }
  expect(model.size).toBeGreaterThan(KILLS);
  expect(await readdir(storage)).toEqual(["sessions.json"]);
});
