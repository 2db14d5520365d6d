/** The panels' parts that need no browser. */
import { describe, expect, test } from "vitest";
import { restore } from "../../media/cluster/model.js";
import { restore as restoreDiagram, TYPES } from "../../media/diagram/selection.js";
import { isClusterView } from "../../media/shared/cluster-guards.js";
import { Connection } from "../../media/shared/connection.js";
import { isDiagramRowsView } from "../../media/shared/diagram-guards.js";
import { arrayOf, isNumber, isString, object } from "../../media/shared/guard.js";
import { isDiagramView, isTimelineView, isToWebview } from "../../media/shared/guards.js";
import { Latest } from "../../media/shared/latest.js";
import { messagesOf } from "../../media/shared/page-messages.js";
import { useMessages } from "../../server/src/l10n/text.js";
import type { ClusterView, ServerView } from "../../server/src/protocol/cluster-view.js";
import { whyRequest } from "../../server/src/protocol/requests.js";
import type { FromWebview } from "../../server/src/protocol/webview.js";
import { MESSAGE_TYPES } from "../../server/src/sim/message.js";
import { badgesOf } from "../../server/src/view-model/cluster/badges.js";
import {
  blockedLinks,
  pointAt,
  progressOf,
  ringLayout,
  timerLeft,
  usedWidth,
  waitingPlaces,
  wayBetween,
} from "../../server/src/view-model/cluster/geometry.js";
import { columnsOf } from "../../server/src/view-model/cluster/log-columns.js";
import { markLook } from "../../server/src/view-model/cluster/mark-look.js";
import { configurationWords, memberOf, memberWords } from "../../server/src/view-model/cluster/membership.js";
import { describeServer, standing } from "../../server/src/view-model/cluster/words.js";
import { letters, list, longList, shortened } from "../../server/src/view-model/phrases.js";
import { formatCount, formatShortTime, formatTime, niceStep } from "../../server/src/view-model/time.js";
import {
  laneBars,
  ticks,
  timelineFrame,
  timeOf,
  visibleMarks,
  xOf,
} from "../../server/src/view-model/timeline/geometry.js";
import { zoomed } from "../../server/src/view-model/timeline/span.js";
import { tellStory } from "./story.js";

describe("time", () => {
  test.each([
    [0, "0 µs"],
    [999, "999 µs"],
    [412_037, "412.037 ms"],
    [412_000, "412 ms"],
    [12_412_000, "12.412 s"],
    [-1500, "-1.5 ms"],
  ])("%i µs is %s", (us, text) => expect(formatTime(us)).toBe(text));

  test("short forms and counts", () => {
    expect(formatShortTime(87_431)).toBe("87.4 ms");
    expect(formatShortTime(2_500_000)).toBe("2.5 s");
    expect(formatCount(1_000_000)).toBe("1,000,000");
    expect(niceStep(620_000, 8)).toBe(100_000);
  });
});

describe("texts", () => {
  test("a page's messages are texts by text; what is none of it is left out, and no JSON is English", () => {
    expect(messagesOf('{"Servers":"节点","Term":3}')).toEqual({ Servers: "节点" });
    expect(["", "{", "null", "3"].map(messagesOf)).toEqual([null, null, null, null]);
  });

  test("a message in the page's language, with English where it has none", () => {
    useMessages(messagesOf('{"leader":"领导者","{0}, {1}":"{0}，{1}"}'));
    expect(standing(server("s1", { role: "leader" }))).toBe("领导者");
    expect(standing(server("s1", { role: "candidate" }))).toBe("candidate");
    expect(list(["s1", "s2", "s3"])).toBe("s1，s2，s3");
    useMessages(null);
    expect(standing(server("s1", { role: "leader" }))).toBe("leader");
  });

  test("lists of none, one and more", () => {
    expect([list([]), list(["s1"]), list(["s1", "s2"]), longList(["a, b", "c"])]).toEqual([
      "",
      "s1",
      "s1, s2",
      "a, b; c",
    ]);
  });

  test("Chinese takes more room than as many letters, and is cut where the room ends", () => {
    expect(letters("领导者")).toBeGreaterThan(1.5 * letters("abc"));
    expect(shortened("put color", 9)).toBe("put color");
    expect(shortened("put color red", 9)).toBe("put colo…");
    const cut = shortened("正在等待实验室的应答", 9);
    expect(cut).toMatch(/^正在等待.*…$/);
    expect(letters(cut)).toBeLessThanOrEqual(9);
  });
});

describe("guards", () => {
  test("take the story's views, and refuse what is not of the form", () => {
    const { views } = tellStory();
    expect(views.every(isClusterView)).toBe(true);
    expect(isClusterView({ ...views[0], timeUs: "0" })).toBe(false);
    expect(isClusterView({ ...views[0], servers: [{ name: "s1" }] })).toBe(false);
    expect(isTimelineView(null)).toBe(false);
    expect(isDiagramView([])).toBe(false);
    expect(isDiagramRowsView({ sessionId: "a", rows: [{ kind: "term", row: 0 }] })).toBe(false);
    expect(isToWebview({ kind: "init", session: null, locale: "en" })).toBe(true);
    expect(isToWebview({ kind: "eval", text: "1" })).toBe(false);
    expect(arrayOf(isNumber)([1, Number.NaN])).toBe(false);
  });
});

describe("connection", () => {
  const why = (links: unknown) => ({ ok: true, why: links });
  const guard = object({ why: isString });

  function line() {
    const sent: FromWebview[] = [];
    const connection = new Connection({ post: (message) => sent.push(message) });
    const ids = () => sent.flatMap((message) => (message.kind === "request" ? [message.id] : []));
    return { connection, ids };
  }

  test("an older answer of a slot is stale, in whatever order they come", async () => {
    const { connection, ids } = line();
    const ask = () => connection.ask<object, { why: string }>({ method: whyRequest.method }, {}, guard, "why");
    const first = ask();
    const second = ask();
    const [a = 0, b = 0] = ids();
    connection.receive({ kind: "response", id: b, result: why("new") });
    connection.receive({ kind: "response", id: a, result: why("old") });
    expect(await second).toEqual({ kind: "ok", value: why("new") });
    expect(await first).toEqual({ kind: "stale" });
  });

  test("failures and answers of another form are values", async () => {
    const { connection, ids } = line();
    const ask = () => connection.ask<object, { why: string }>({ method: "raftlab/why" }, {}, guard);
    const asked = [ask(), ask(), ask()];
    const [a = 0, b = 0, c = 0] = ids();
    connection.receive({ kind: "response", id: a, result: { ok: false, message: "no such event" } });
    connection.receive({ kind: "failure", id: b, message: "server stopped" });
    connection.receive({ kind: "response", id: c, result: why(3) });
    expect(await Promise.all(asked)).toMatchObject([
      { kind: "failed", message: "no such event" },
      { kind: "failed", message: "server stopped" },
      { kind: "failed", message: expect.stringContaining("agreed form") },
    ]);
  });

  test("what is no message of the contract is dropped", () => {
    expect(line().connection.receive({ kind: "response", id: "x" })).toBeNull();
  });
});

test("Latest runs one at a time, and of what waits only the newest, or the sum", async () => {
  const done: number[] = [];
  const gates: (() => void)[] = [];
  const latest = new Latest<number>(
    (input) =>
      new Promise((resolve) => {
        gates.push(() => {
          done.push(input);
          resolve();
        });
      }),
    (waiting, newer) => waiting + newer,
  );
  latest.put(1);
  latest.put(10);
  latest.put(20);
  expect(gates).toHaveLength(1);
  gates[0]?.();
  await new Promise((resolve) => setTimeout(resolve));
  gates[1]?.();
  expect(done).toEqual([1, 30]);
});

describe("ring", () => {
  test.each([1, 2, 3, 5, 7, 9])("%i servers lie inside, apart from each other", (count) => {
    const layout = ringLayout(
      Array.from({ length: count }, (_, at) => `s${at + 1}`),
      ["alice"],
    );
    const points = [...layout.servers.values()];
    for (const [at, point] of points.entries()) {
      expect(point.x - layout.disc).toBeGreaterThan(0);
      expect(point.x + layout.disc).toBeLessThan(layout.width);
      expect(point.y + layout.disc).toBeLessThan(layout.height);
      for (const other of points.slice(at + 1)) {
        expect(Math.hypot(point.x - other.x, point.y - other.y)).toBeGreaterThan(2 * layout.disc + 16);
      }
    }
  });

  test("a message goes from rim to rim, and the two directions lie apart", () => {
    const layout = ringLayout(["s1", "s2", "s3"], []);
    const there = wayBetween(layout, "s1", "s2");
    const back = wayBetween(layout, "s2", "s1");
    if (there === null || back === null) throw new Error("no way");
    const a = pointAt(there, 0.5);
    const b = pointAt(back, 0.5);
    expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(15);
    expect(pointAt(there, 2)).toEqual(there.to);
    expect(wayBetween(layout, "s1", "nobody")).toBeNull();
  });

  test("messages that wait on one link stand apart, the oldest nearest to its goal", () => {
    const message = (eventId: number, arrivesUs: number | null) => ({ eventId, from: "s1", to: "s2", arrivesUs });
    const places = waitingPlaces([
      message(1, null),
      message(2, 5),
      message(3, null),
      { ...message(4, null), to: "s3" },
    ]);
    expect([...places.keys()]).toEqual([1, 3, 4]);
    expect(places.get(1)).toBeGreaterThan(places.get(3) ?? 1);
    expect(places.get(4)).toBe(0.5);
  });

  test.each([1, 3, 5, 7])("a narrow panel leaves out only what is empty around %i servers", (count) => {
    const layout = ringLayout(
      Array.from({ length: count }, (_, at) => `s${at + 1}`),
      ["alice", "bob"],
    );
    const { x, width } = usedWidth(layout);
    expect(x + width / 2).toBeCloseTo(layout.centre.x);
    for (const place of layout.servers.values()) expect(place.x - layout.disc).toBeGreaterThan(x);
    for (const place of layout.clients.values()) expect(place.x - layout.pill / 2).toBeGreaterThanOrEqual(x);
  });

  test("progress and timers keep within their bounds", () => {
    expect(progressOf({ sentUs: 0, arrivesUs: 100 }, 25)).toBe(0.25);
    expect(progressOf({ sentUs: 0, arrivesUs: 100 }, 500)).toBe(1);
    expect(progressOf({ sentUs: 0, arrivesUs: null }, 500)).toBe(0.5);
    expect(timerLeft({ startUs: 0, deadlineUs: 100 }, 75)).toBe(0.25);
    expect(timerLeft({ startUs: 0, deadlineUs: 100 }, 175)).toBe(0);
  });

  test("both directions of a cut are one sign", () => {
    expect(
      blockedLinks([
        { from: "a", to: "b" },
        { from: "b", to: "a" },
        { from: "a", to: "c" },
      ]),
    ).toEqual([
      { from: "a", to: "b", both: true },
      { from: "a", to: "c", both: false },
    ]);
  });
});

describe("timeline", () => {
  const frame = timelineFrame(1000, 5, { fromUs: 0, toUs: 600_000 }, true);

  test("pixels and instants are each other's inverse", () => {
    expect(timeOf(frame, xOf(frame, 123_456))).toBe(123_456);
    expect(timeOf(frame, -50)).toBe(0);
    expect(ticks(frame).length).toBeLessThan(12);
  });

  test("a hundred thousand stretches are some thousand bars, and no leader is lost", () => {
    const segments = Array.from({ length: 100_000 }, (_, at) => ({
      fromUs: at * 6,
      toUs: at * 6 + 6,
      role: at === 50_003 ? ("leader" as const) : ("follower" as const),
      term: at,
    }));
    const bars = laneBars(frame, { server: "s1", segments });
    expect(bars.length).toBeLessThan(1100);
    expect(bars.some((bar) => bar.role === "leader")).toBe(true);
  });

  test("of many marks at one pixel one of each kind stays, the gravest on top", () => {
    const mark = (kind: "note" | "failure", eventId: number) => ({
      kind,
      eventId,
      timeUs: 300_000 + eventId,
      text: "",
      line: null,
    });
    const marks = visibleMarks(frame, [mark("failure", 1), mark("note", 2), mark("note", 3)]);
    expect(marks.map((each) => each.kind)).toEqual(["note", "failure"]);
  });

  test("zoom stays within the run", () => {
    expect(zoomed({ fromUs: 0, toUs: 1000_000 }, 10_000, 0.1, 1000_000)).toEqual({ fromUs: 9000, toUs: 109_000 });
    expect(zoomed({ fromUs: 0, toUs: 100_000 }, 10_000, 100, 1000_000)).toBeNull();
  });
});

/** A server of the story, changed. */
function server(name: string, change: Partial<ServerView> = {}): ServerView {
  const found = tellStory().views[0]?.servers.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no server ${name}`);
  return { ...found, ...change };
}

describe("what is special about a server", () => {
  const joint = { index: 4, voters: ["s1", "s4"], outgoing: ["s1", "s2"], learners: ["s3"] };

  test.each([
    ["s1", joint, "voter, old and new"],
    ["s4", joint, "voter, new only"],
    ["s2", joint, "voter, old only"],
    ["s3", joint, "learner"],
    ["s5", joint, "removed"],
    ["s4", { ...joint, outgoing: [] }, "voter"],
    ["s5", { index: 0, voters: [], outgoing: [], learners: [] }, "spare"],
  ])("%s by %j is %s", (name, configuration, words) => {
    expect(memberWords(memberOf(server(name, { configuration })))).toBe(words);
  });

  test("configurations in words", () => {
    expect(configurationWords(joint)).toBe("new {s1 s4}, old {s1 s2}, learners {s3}");
    expect(configurationWords({ ...joint, outgoing: [], learners: [] })).toBe("{s1 s4}");
  });

  test("an ordinary voter has no badge; every kind of fault has one of its own", () => {
    expect(badgesOf(server("s1"))).toEqual([]);
    const texts = (change: Partial<ServerView>) => badgesOf(server("s1", change)).map(({ text }) => text);
    const kinds = ["disk-slow", "disk-ignore-fsync", "disk-tear", "disk-fail", "clock-drift", "clock-jump"] as const;
    const words = kinds.map((kind) => texts({ faults: [{ kind, text: "the step" }] }).join());
    expect(words).toEqual([
      "slow disk",
      "fsync ignored",
      "torn write at crash",
      "disk fails",
      "clock drifts",
      "clock jumped",
    ]);
    expect(texts({ clockOffsetUs: -25_000 })).toEqual(["clock -25 ms"]);
    expect(texts({ damagedIndex: 3 })).toEqual(["entry 3 damaged"]);
    expect(texts({ transferee: "s2" })).toEqual(["hands over to s2"]);
    const text = "crash s1 before send AppendEntriesReply for 200ms";
    expect(badgesOf(server("s1", { faults: [{ kind: "crash-point", text }] }))).toEqual([
      { kind: "crash", text: "crash before send", title: text },
    ]);
  });

  test("a learner, a spare and a removed server say so in place of follower, and by a badge when they are down", () => {
    const configuration = { ...joint, outgoing: [] };
    expect(["s2", "s3"].map((name) => standing(server(name, { configuration })))).toEqual(["removed", "learner"]);
    expect(badgesOf(server("s3", { configuration }))).toEqual([]);
    expect(badgesOf(server("s3", { configuration, status: "down" })).map(({ text }) => text)).toEqual(["learner"]);
    const candidate = server("s2", { configuration, role: "candidate" });
    expect([standing(candidate), ...badgesOf(candidate).map(({ text }) => text)]).toEqual(["candidate", "removed"]);
  });

  test("who is down because of its disk says so, once, also to a screen reader", () => {
    const change = { status: "down", diskFailed: true, faults: [{ kind: "disk-fail", text: "disk s1 fail" }] } as const;
    expect(badgesOf(server("s1", change)).map(({ text }) => text)).toEqual(["disk failed"]);
    expect(standing(server("s1", change))).toBe("down: disk failed");
    expect(describeServer(server("s1", change))).toMatch(/down: disk failed.*disk failed$/);
  });
});

test("columns of the logs: no thousand empty ones between a compacted log and one that lags behind", () => {
  const entry = (index: number) =>
    ({ index, term: 1, text: "", durable: true, stored: "durable", committed: true, applied: true }) as const;
  const [view] = tellStory().views;
  if (view === undefined) throw new Error("no view");
  const of = (servers: ClusterView["servers"]) => columnsOf({ ...view, servers });
  const compact = { firstIndex: 2001, lastIndex: 2002, log: [entry(2001), entry(2002)] };
  expect(of([server("s1", compact), server("s2", { log: [entry(1), entry(2)], lastIndex: 2 })])).toEqual([
    1, 2, 2000, 2001, 2002,
  ]);
  expect(of([server("s1", { firstIndex: 6, lastIndex: 5, log: [] })])).toEqual([5]);
  expect(of([server("s1")])).toEqual([]);
});

test("the diagram's filter has every type of message", () => {
  expect([...TYPES].sort()).toEqual([...MESSAGE_TYPES].sort());
});

test("marks of messages", () => {
  const letters = MESSAGE_TYPES.filter((type) => !/Reply$|^Watch|^Client|^AppendEntries$/.test(type)).map(
    (type) => markLook({ type, positive: null, entries: 0 }).letter,
  );
  expect(letters).toEqual(["V", "P", "S", "T", "R"]);
  expect(markLook({ type: "WatchResponse", positive: null, entries: 0 }).shape).toBe("client");
  expect(markLook({ type: "AppendEntries", positive: null, entries: 3 })).toEqual({ shape: "entries", letter: "+3" });
  expect(markLook({ type: "AppendEntries", positive: null, entries: 0 }).letter).toBe("H");
  expect(markLook({ type: "RequestVoteReply", positive: false, entries: 0 })).toEqual({ shape: "reply", letter: "✗" });
  expect(markLook({ type: "PreVote", positive: null, entries: 0 }).letter).toBe("P");
});

test("kept state that cannot be read keeps the defaults", () => {
  for (const junk of [
    null,
    3,
    "x",
    [],
    { span: { fromUs: "a" }, closed: 3, window: { kind: "page" }, limit: 7, zoom: 99, split: 500, top: -1, mode: "x" },
  ]) {
    expect(restore(junk)).toEqual({});
    expect(restoreDiagram(junk)).toEqual({});
  }
});
