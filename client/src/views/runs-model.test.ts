import { describe, expect, it } from "vitest";
import type { SessionInfo, SessionState } from "../../../server/src/protocol/session.js";
import { bookmarksOf, concernsOf, levelOf, ROOT, type RunNode, runLevels } from "./runs-model.js";

function session(id: number, patch: Partial<SessionInfo> = {}): SessionInfo {
  return {
    id: `id-${id}`,
    kind: "run",
    uri: "file:///a.raftlab",
    title: "a title",
    seed: id,
    startedAt: "2026-01-01T00:00:00.000Z",
    state: { kind: "finished", verdict: "pass" },
    timeUs: 1,
    events: 1,
    traceHash: null,
    cursor: null,
    pace: null,
    leader: null,
    term: 1,
    servers: [],
    clients: [],
    ...patch,
  };
}

const many = (count: number, patch: (at: number) => Partial<SessionInfo> = () => ({})): SessionInfo[] =>
  Array.from({ length: count }, (_, at) => session(at, patch(at)));
const verdict = (of: "pass" | "fail" | "unproven"): { state: SessionState } => ({
  state: { kind: "finished", verdict: of },
});
const rows = (sessions: readonly SessionInfo[], grouped: boolean, pages: readonly (readonly [string, number])[] = []) =>
  runLevels(sessions, { grouped, pages: new Map(pages), bookmarks: new Map() });
const idsOf = (nodes: readonly RunNode[] | undefined): string[] =>
  (nodes ?? []).map((node) => (node.kind === "session" ? node.sessionId : node.kind));

describe("the rows of the Runs view", () => {
  it("have a session's bookmarks below it, by pages", () => {
    const marks = (count: number) =>
      Array.from({ length: count }, (_, at) => ({ eventId: at * 10, timeUs: at, name: `mark ${at}` }));
    const bookmarks = new Map([
      ["id-0", marks(2)],
      ["id-1", marks(120)],
      ["gone", marks(1)],
    ]);
    for (const grouped of [false, true]) {
      const levels = runLevels(many(3), { grouped, pages: new Map([[bookmarksOf("id-1"), 2]]), bookmarks });
      expect(levels.get(bookmarksOf("id-0"))).toEqual([
        { kind: "bookmark", sessionId: "id-0", eventId: 0 },
        { kind: "bookmark", sessionId: "id-0", eventId: 10 },
      ]);
      expect(levels.get(bookmarksOf("id-1"))).toHaveLength(101);
      expect(levels.get(bookmarksOf("id-1"))?.at(-1)).toEqual({ kind: "more", level: bookmarksOf("id-1") });
      expect([...levels.keys()]).toHaveLength(grouped ? 4 : 3);
    }
  });

  it("are none when nothing has run, so that the welcome shows", () => {
    for (const grouped of [false, true]) expect(rows([], grouped).get(ROOT)).toEqual([]);
  });

  it("keep the order of the sessions", () => {
    expect(idsOf(rows(many(3), false).get(ROOT))).toEqual(["id-0", "id-1", "id-2"]);
  });

  it("are bounded with 10,000 runs, and another page is one row away", () => {
    const sessions = many(10_000);
    const first = rows(sessions, false).get(ROOT) ?? [];
    expect(first).toHaveLength(101);
    expect(first.at(-1)).toEqual({ kind: "more", level: ROOT });
    expect(rows(sessions, false, [[ROOT, 3]]).get(ROOT)).toHaveLength(301);
    expect(rows(sessions, false, [[ROOT, 100]]).get(ROOT)).toHaveLength(10_000);
  });

  it("are bounded with 10,000 runs of many files", () => {
    const sessions = many(10_000, (at) => ({ uri: `file:///${at % 500}.raftlab` }));
    const all = [...rows(sessions, true).values()].flat();
    expect(all.length).toBeLessThan(2500);
    const one = many(10_000);
    const level = levelOf("file:///a.raftlab");
    expect(rows(one, true).get(level)).toHaveLength(21);
    expect(rows(one, true, [[level, 2]]).get(level)).toHaveLength(41);
  });

  it("stand below their files in the files' order, what belongs to none first", () => {
    const uris = ["file:///b.raftlab", null, "file:///a.raftlab", "file:///b.raftlab"];
    const levels = rows(
      many(4, (at) => ({ uri: uris[at] ?? null })),
      true,
    );
    expect(levels.get(ROOT)).toEqual([
      { kind: "file", uri: null },
      { kind: "file", uri: "file:///a.raftlab" },
      { kind: "file", uri: "file:///b.raftlab" },
    ]);
    expect(idsOf(levels.get(levelOf("file:///b.raftlab")))).toEqual(["id-0", "id-3"]);
  });
});

describe("the badge of the Runs view", () => {
  it("counts scenarios whose last run failed or is unproven", () => {
    const sessions = [
      session(1, { title: "mended", ...verdict("pass") }),
      session(2, { title: "mended", ...verdict("fail") }),
      session(3, { title: "broken", ...verdict("fail") }),
      session(4, { title: "broken", ...verdict("fail") }),
      session(5, { title: "hard", ...verdict("unproven") }),
      session(6, { title: "broken", uri: "file:///b.raftlab", ...verdict("fail") }),
    ];
    expect(concernsOf(sessions)).toEqual({ failed: 2, unproven: 1 });
  });

  it("does not count what never ended, and live clusters", () => {
    const sessions = [
      session(1, { state: { kind: "cancelled" } }),
      session(2, { state: { kind: "running" } }),
      session(3, { kind: "live", ...verdict("fail") }),
      session(4, verdict("fail")),
    ];
    expect(concernsOf(sessions)).toEqual({ failed: 1, unproven: 0 });
  });
});
