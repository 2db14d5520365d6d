import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nextBookmark } from "../../server/src/protocol/bookmarks.js";
import { bundleWorker, failure, never, ok, QUIET, SHORT, TestLab, type WorkerBundle } from "./lab.js";

describe("bookmarks", () => {
  let bundle: WorkerBundle;
  let folder: string;
  beforeAll(async () => {
    bundle = await bundleWorker();
    folder = await mkdtemp(path.join(tmpdir(), "raftlab-bookmarks-"));
  });
  afterAll(async () => {
    await bundle.remove();
    await rm(folder, { recursive: true, force: true });
  });

  it("are kept with a run and with a live cluster, and end with them", async () => {
    const first = await TestLab.start(bundle.script, folder);
    const { session } = await first.run(SHORT, "short");
    const id = session.id;
    const live = ok(await first.lab.startLive({ source: null })).session;
    ok(await first.lab.controlLive({ sessionId: live.id, control: { kind: "pause" } }));
    ok(await first.lab.controlLive({ sessionId: live.id, control: { kind: "step", events: 40 } }));
    const set = ok(await first.lab.putBookmark({ sessionId: id, eventId: 9, name: "  the\n vote " }));
    expect(set.bookmark.name).toBe("the vote");
    const event = ok(await first.lab.events({ sessionId: id, from: 4, count: 1 }, QUIET)).events[0];
    expect(ok(await first.lab.putBookmark({ sessionId: id, eventId: 4 })).bookmark).toEqual({
      eventId: 4,
      timeUs: event?.timeUs,
      name: event?.title,
    });
    ok(await first.lab.putBookmark({ sessionId: live.id, eventId: 2, name: "live" }));
    ok(await first.lab.putBookmark({ sessionId: id, eventId: 9, name: "renamed" }));
    expect(first.told.filter(({ kind }) => kind === "bookmarks-changed")).toHaveLength(4);
    // What a live cluster does, and another cursor, leaves them as they are.
    ok(await first.lab.controlLive({ sessionId: live.id, control: { kind: "step", events: 10 } }));
    ok(await first.lab.moveCursor({ sessionId: id, move: { kind: "event", eventId: 3 } }));
    await first.lab.dispose();

    const second = await TestLab.start(bundle.script, folder);
    const names = async (sessionId: string) =>
      ok(await second.lab.bookmarks({ sessionId })).bookmarks.map(({ name }) => name);
    expect(await names(id)).toEqual([event?.title, "renamed"]);
    expect(await names(live.id)).toEqual(["live"]);
    ok(await second.lab.openSession({ sessionId: id }, never()));
    expect(await names(id)).toEqual([event?.title, "renamed"]);
    expect(ok(await second.lab.removeBookmark({ sessionId: id, eventId: 4 })).bookmarks).toHaveLength(1);
    expect(failure(await second.lab.removeBookmark({ sessionId: id, eventId: 4 }))).toBe(
      "There is no bookmark at event 4.",
    );
    expect(failure(await second.lab.putBookmark({ sessionId: id, eventId: 1e9 }))).toMatch(/no event 1000000000/);
    expect(failure(await second.lab.putBookmark({ sessionId: id, eventId: 1, name: " " }))).toMatch(/needs a name/);
    ok(await second.lab.deleteSession({ sessionId: id }));
    expect(failure(await second.lab.bookmarks({ sessionId: id }))).toMatch(/no such session/);
    await second.lab.dispose();
  });

  it("follow one another by their events", () => {
    const bookmarks = [3, 7].map((eventId) => ({ eventId, timeUs: eventId, name: String(eventId) }));
    expect(nextBookmark(bookmarks, 3, "next")?.eventId).toBe(7);
    expect(nextBookmark(bookmarks, 7, "next")).toBeNull();
    expect(nextBookmark(bookmarks, 7, "previous")?.eventId).toBe(3);
  });
});
