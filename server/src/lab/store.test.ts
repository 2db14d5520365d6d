import { chmod, mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SessionRecord } from "./record.js";
import { SessionStore } from "./store.js";
import { type Claim, fileKind, ownName } from "./store-claim.js";
import type { TextAdapter } from "./store-disk.js";

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

function fileClaim(name: string): Claim | null {
  const kind = fileKind(name);
  return kind?.kind === "claimed" ? kind.claim : null;
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
    await store.close();
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
    await store.close();
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
  });

  it("sets aside a folder where the file should be", async () => {
    await mkdir(file());
    await writeFile(path.join(file(), "precious"), "");
    const store = await open();
    expect(messages[0]).toMatch(
      /^The kept runs could not be read \(a folder is where the file should be\)\. .* set aside as/,
    );
    const [damaged = ""] = await aside();
    expect(await readdir(path.join(folder, damaged))).toEqual(["precious"]);
    store.put(record("a"));
    await store.close();
    expect(ids(await open())).toEqual(["a"]);
  });

  it("leaves alone what a living process keeps, and takes it over when that has closed its store", async () => {
    const first = await open();
    first.put(record("first"));
    await first.flush();
    const second = await open();
    expect(ids(second)).toEqual([]);
    second.put(record("second"));
    const adopted = new Promise<readonly string[]>((resolve) => {
      second.onAdopted((records) => resolve(records.map(({ info }) => info.id)));
    });
    await first.close();
    expect(await adopted).toEqual(["first"]);
    expect(ids(second)).toEqual(["first", "second"]);
    await second.close();
    expect(ids(await open())).toEqual(["first", "second"]);
    expect(messages).toEqual([]);
  });

  it("takes over the files of the dead, however many, and leaves none of their leftovers", async () => {
    const own = fileClaim(ownName());
    const dead = (nonce: string, start = "0", host = own?.host ?? ""): string =>
      `sessions-${2 ** 22 + 1}-${start}-${host}-${nonce}.json`;
    const content = (id: string): string => JSON.stringify({ version: 1, sessions: [record(id)] });
    await writeFile(path.join(folder, dead("00000001")), content("a"));
    await writeFile(path.join(folder, dead("00000002", "abc")), content("b"));
    await writeFile(path.join(folder, dead("00000002", "abc").replace("json", "2.json")), content("c"));
    await writeFile(path.join(folder, `.${dead("00000003")}.tmp`), "half");
    // The same process id, but another process: it began at another time.
    await writeFile(path.join(folder, `sessions-${process.pid}-abcdef-${own?.host}-00000004.json`), content("d"));
    // Of another machine: one is touched now and then, the other has been silent for long.
    await writeFile(path.join(folder, dead("00000005", "abc", "00000000")), content("e"));
    await writeFile(path.join(folder, dead("00000006", "abc", "00000000")), content("f"));
    await utimes(path.join(folder, dead("00000006", "abc", "00000000")), 1, 1);
    await writeFile(file(), content("g"));
    await writeFile(path.join(folder, "sessions-mine.json"), "not the store's");
    const store = await open();
    expect([...ids(store)].sort()).toEqual(["a", "b", "c", "d", "f", "g"]);
    await store.close();
    expect((await readdir(folder)).sort()).toEqual([
      dead("00000005", "abc", "00000000"),
      "sessions-mine.json",
      "sessions.json",
    ]);
    expect(messages).toEqual([]);
  });

  it("loses nothing when it closes beside another that has closed", async () => {
    const [first, second] = [await open(), await open()];
    first.put(record("first"));
    second.put(record("second"));
    await first.close();
    await second.close();
    expect((await readdir(folder)).length).toBe(2);
    expect([...ids(await open())].sort()).toEqual(["first", "second"]);
  });

  it("takes over nothing for good while its own file cannot be written", async () => {
    await writeFile(file(), JSON.stringify({ version: 1, sessions: [record("a")] }));
    const full: TextAdapter = {
      read: async () => null,
      write: async () => {
        throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
      },
    };
    const store = await open(() => full);
    expect(ids(store)).toEqual(["a"]);
    expect(messages[0]).toMatch(/^Runs are not kept at the moment \(the disk is full\)\./);
    const [part = ""] = await readdir(folder);
    expect(await readFile(path.join(folder, part), "utf8")).toContain('"id":"a"');
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
