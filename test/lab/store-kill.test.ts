/** The store's file when the process that writes it is killed at any moment. */
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import * as esbuild from "esbuild";
import { afterAll, beforeAll, expect, it } from "vitest";
import { SessionStore } from "../../server/src/lab/store.js";

const KILLS = 20;

/** Writes a store of some 300 KB again and again, and tells after each write how far it is. */
const WRITER = `
import { SessionStore } from ${JSON.stringify(path.resolve("server/src/lab/store.ts"))};
const store = await SessionStore.open({ folder: process.argv[2], onMessage: (message) => console.log("message", message) });
const info = { kind: "run", uri: null, title: "t", seed: 1, startedAt: "", state: { kind: "cancelled" }, timeUs: 0, events: 0,
  traceHash: null, cursor: null, pace: null, leader: null, term: 0, servers: [], clients: [] };
for (let count = store.records.length; ; count += 1) {
  store.put({ info: { ...info, id: "s" + (count % 100), term: count }, text: "x".repeat(3000), scenario: null, live: null });
  await store.flush();
  console.log("wrote");
}`;

let folder: string;
let script: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "raftlab-kill-"));
  script = path.join(folder, "writer.mjs");
  const entry = path.join(folder, "writer.ts");
  await writeFile(entry, WRITER);
  await esbuild.build({
    entryPoints: [entry],
    outfile: script,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    nodePaths: [path.resolve("node_modules")],
    logLevel: "error",
  });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

it("is readable, and has what was told to be written, after 20 kills", { timeout: 60_000 }, async () => {
  const storage = path.join(folder, "storage");
  let least = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    const child = spawn(process.execPath, [script, storage], { stdio: ["ignore", "pipe", "inherit"] });
    let wrote = 0;
    let other = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      wrote += text.split("wrote\n").length - 1;
      other += text.replaceAll("wrote\n", "");
      // At a different write each time, in the middle of the one that follows.
      if (wrote > kill % 5) child.kill("SIGKILL");
    });
    await new Promise<void>((resolve) => {
      child.on("exit", () => resolve());
    });
    expect(other).toBe("");
    const messages: string[] = [];
    const store = await SessionStore.open({ folder: storage, onMessage: (message) => messages.push(message) });
    expect(messages).toEqual([]);
    least = Math.min(100, least + 1);
    expect(store.records.length).toBeGreaterThanOrEqual(least);
  }
});
