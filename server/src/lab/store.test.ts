import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SessionRecord } from "./record.js";
import { SessionStore } from "./store.js";
import type { TextAdapter } from "./store-file.js";

function record(id: string, text = "", kind: "run" | "live" = "run"): SessionRecord {
  return {
    info: {
      id,
      kind,
      uri: null,
      title: id,
      seed: 1,
      startedAt: "2026-01-01T00:00:00.000Z",
      state: { kind: "finished", verdict: "pass" },
      timeUs: 1,
      events: 2,
      traceHash: "0123456789abcdef",
      cursor: null,
      pace: kind === "live" ? 0.1 : null,
      leader: "s1",
      term: 1,
      servers: ["s1"],
      clients: [],
    },
    text,
    scenario: id,
    live:
      kind === "run"
        ? null
        : { steps: [{ text: "heal", timeUs: 1, position: 1 }], timeUs: 1, position: 1, hash: "a", running: true },
  };
}

describe("the store", () => {
  let folder: string;
  let messages: string[];

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "raftlab-store-"));
    messages = [];
  });
  afterEach(async () => {
    await chmod(folder, 0o700);
    await rm(folder, { recursive: true, force: true });
  });

  const open = (adapterOf?: (file: string) => TextAdapter, at: string | null = folder): Promise<SessionStore> =>
    SessionStore.open({
      folder: at,
      onMessage: (message) => messages.push(message),
      ...(adapterOf === undefined ? {} : { adapterOf }),
    });
  const ids = (store: SessionStore): readonly string[] => store.records.map(({ info }) => info.id);
  const file = (): string => path.join(folder, "sessions.json");
  const aside = async (): Promise<string[]> => (await readdir(folder)).filter((name) => name.includes("damaged"));

  it("gives back what was put, newest last", async () => {
    const store = await open();
    const kept = [record("a", "text"), record("b", "more", "live")];
    for (const one of kept) store.put(one);
    store.put(record("c"));
    store.update("a", { cursor: 7 });
    expect(store.delete("c")).toBe(true);
    expect(store.delete("c")).toBe(false);
    await store.flush();
    const again = await open();
    expect(again.records).toEqual([{ ...kept[0], info: { ...kept[0]?.info, cursor: 7 } }, kept[1]]);
    expect(messages).toEqual([]);
  });

  it.each([
    ["nothing", "", "the file is empty"],
    ["half of it", '{"version":1,"sess', "it is not JSON"],
    ["garbage", "\u0000\u0001 not json", "it is not JSON"],
    ["another shape", '{"version":1,"sessions":{}}', "sessions is no list"],
    ["a list", "[]", "the file is no object"],
    ["a later version", '{"version":2,"sessions":[]}', "it is of version 2, this program reads 1"],
    ["no version", '{"sessions":[]}', "it is of version unknown, this program reads 1"],
  ])("sets aside a file with %s in it", async (_, text, why) => {
    await writeFile(file(), text);
    const store = await open();
    expect(store.records).toEqual([]);
    expect(messages).toHaveLength(1);
    expect(messages[0]).toContain(`The kept runs could not be read (${why}). The file was set aside as ${folder}`);
    const [damaged = ""] = await aside();
    expect(await readFile(path.join(folder, damaged), "utf8")).toBe(text);
    store.put(record("a"));
    await store.flush();
    expect(ids(await open())).toEqual(["a"]);
    expect(messages).toHaveLength(1);
  });

  it("keeps the sound sessions beside a damaged one, and the file as it was beside the new one", async () => {
    const bad = { ...record("b"), info: { ...record("b").info, term: "two" } };
    const text = JSON.stringify({ version: 1, sessions: [record("a"), bad, 7, record("c", "", "live")] });
    await writeFile(file(), text);
    const store = await open();
    expect(ids(store)).toEqual(["a", "c"]);
    expect(messages[0]).toMatch(
      /^2 of 4 kept runs could not be read \(term is no number\)\. The file was set aside as/,
    );
    const [damaged = ""] = await aside();
    expect(await readFile(path.join(folder, damaged), "utf8")).toBe(text);
  });

  it("keeps sessions in memory where nothing can be written, and says so", async () => {
    const inTheWay = path.join(folder, "file");
    await writeFile(inTheWay, "");
    const store = await open(undefined, inTheWay);
    store.put(record("a"));
    await store.flush();
    expect(ids(store)).toEqual(["a"]);
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(/^Runs are not kept: .* cannot be used \(a file is where its folder should be\)/);
    await mkdir(path.join(folder, "taken", "sessions.json"), { recursive: true });
    expect((await open(undefined, path.join(folder, "taken"))).records).toEqual([]);
    expect(messages).toHaveLength(2);
  });

  it("says once that the disk is full, and writes everything when there is room again", async () => {
    const written: string[] = [];
    let full = true;
    const adapter: TextAdapter = {
      read: async () => null,
      write: async (text) => {
        if (full) throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
        written.push(text);
      },
    };
    const store = await open(() => adapter);
    store.put(record("a"));
    await store.flush();
    store.put(record("b"));
    await store.flush();
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(/^Runs are not kept at the moment \(the disk is full\)\. They stay available/);
    full = false;
    store.put(record("c"));
    await store.flush();
    expect(written).toHaveLength(1);
    expect(written[0]).toMatch(/"id":"a".*"id":"b".*"id":"c"/);
    full = true;
    store.put(record("d"));
    await store.flush();
    expect(messages).toHaveLength(2);
  });

  it("writes one at a time, and all that changed meanwhile with the next", async () => {
    const written: string[] = [];
    let release = (): void => undefined;
    let under = 0;
    const adapter: TextAdapter = {
      read: async () => null,
      write: async (text) => {
        under += 1;
        expect(under).toBe(1);
        written.push(text);
        if (written.length === 1) {
          await new Promise<void>((resolve) => {
            release = resolve;
          });
        }
        under -= 1;
      },
    };
    const store = await open(() => adapter);
    store.put(record("first"));
    await new Promise(setImmediate);
    for (let count = 0; count < 100; count += 1) store.put(record(`s${count}`));
    release();
    await store.flush();
    expect(written).toHaveLength(2);
    expect(written[1]).toContain('"id":"s99"');
  });

  it("lets a change wait that nobody would miss, but not beyond a flush", async () => {
    const written: string[] = [];
    const store = await open(() => ({ read: async () => null, write: async (text) => void written.push(text) }));
    store.put(record("a"));
    await store.flush();
    for (let cursor = 0; cursor < 50; cursor += 1) store.update("a", { cursor }, "later");
    store.update("unknown", { cursor: 1 });
    await new Promise(setImmediate);
    expect(written).toHaveLength(1);
    await store.flush();
    expect(written).toHaveLength(2);
    expect(written[1]).toContain('"cursor":49');
  });

  it("forgets the oldest runs, by number and by size, before live clusters and never the newest", async () => {
    const store = await open(undefined, null);
    store.put(record("live", "", "live"));
    const dropped: string[] = [];
    for (let count = 0; count < 210; count += 1) dropped.push(...store.put(record(`s${count}`)));
    expect(dropped).toEqual(Array.from({ length: 11 }, (_, count) => `s${count}`));
    expect(ids(store).slice(0, 2)).toEqual(["live", "s11"]);
    expect(store.records).toHaveLength(200);
    const huge = "x".repeat(20_000_000);
    expect(store.put(record("huge", huge))).toHaveLength(200);
    expect(ids(store)).toEqual(["huge"]);
  });
});
