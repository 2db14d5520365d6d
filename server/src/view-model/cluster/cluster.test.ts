import { describe, expect, test } from "vitest";
import { runText } from "../../../../test/support/scenarios.js";
import { check, checkSteps } from "../../language/check.js";
import type { ClusterView, NetworkFaultView } from "../../protocol/cluster-view.js";
import type { EventView } from "../../protocol/event-view.js";
import { clusterAt } from "../../trace/cluster-view.js";
import { questionsOf } from "../questions.js";
import { alikeLogs, alikeStores, nameRuns } from "./alike.js";
import { clockWords, diskWords } from "./card.js";
import { attemptWords } from "./client-words.js";
import { keyChange, keysOf } from "./kv-changes.js";
import { linkLabels } from "./link-labels.js";
import { linkSquare, pairAt } from "./link-square.js";
import { logChanges } from "./log-changes.js";
import { logPage } from "./log-page.js";
import { censusOf, matrixRows } from "./matrix.js";
import { menuOf } from "./menu.js";
import type { MenuTarget } from "./menu-item.js";
import { groundsOf, looseCuts, sidesOf } from "./sides.js";
import { layoutOf } from "./view-layout.js";

/** The cluster at the end of some steps. */
function atEndOf(nodes: number, ...steps: readonly string[]): ClusterView {
  const text = `cluster { nodes s1..s${nodes}; clients alice bob; latency 4ms..6ms }\nscenario "a" {\n${steps.join("\n")}\n}\n`;
  const { recording } = runText(text);
  return { ...clusterAt(recording, recording.log.count - 1), sessionId: "live-1" };
}

const LEADER = ["timeout s1", "await leader == s1 within 2s"];

describe("what cuts divide", () => {
  test("sides have letters and grounds of neighbours; what they do not explain are single cuts", () => {
    const view = atEndOf(5, "partition {s1 s3} | {s2 s4 s5}", "cut s4 -> s5");
    const sides = sidesOf(view);
    expect(sides).toEqual([
      { letter: "A", servers: ["s1", "s3"] },
      { letter: "B", servers: ["s2", "s4", "s5"] },
    ]);
    expect(looseCuts(view, sides)).toEqual([{ from: "s4", to: "s5", both: false }]);
    // s1 and s3 are no neighbours: each stands on a ground of its own.
    expect(groundsOf(sides, layoutOf(view).servers).map(({ letter, run }) => `${letter}${run.length}`)).toEqual([
      "A1",
      "A1",
      "B1",
      "B2",
    ]);
  });

  test("a one-way cut is no partition", () => {
    const view = atEndOf(3, "cut s1 -> s2");
    expect(sidesOf(view)).toEqual([]);
    expect(looseCuts(view, [])).toEqual([{ from: "s1", to: "s2", both: false }]);
    const square = linkSquare(view);
    expect(square?.count).toBe(1);
    expect(square === null ? null : pairAt(square, square.cell * 1.5, square.cell * 0.5)).toEqual({
      from: "s1",
      to: "s2",
    });
    expect(linkSquare(atEndOf(3, "wait 1ms"))).toBeNull();
  });
});

test("labels of links say what a fault does there, and how often it has struck", () => {
  const view = atEndOf(
    3,
    ...LEADER,
    "drop next 9 AppendEntries s1 -> s2",
    "loss 20% on s1 <-> s3",
    "delay s2 -> s1 by 20ms",
    "latency 7ms",
    "wait 60ms",
  );
  const { links, everywhere } = linkLabels(view);
  const told = links.map(
    ({ from, to, both, labels }) => `${from}${both ? "<->" : "->"}${to} ${labels.map(({ text }) => text).join("; ")}`,
  );
  expect(told).toContain("s1<->s3 loss 20%");
  expect(told.some((text) => /^s1->s2 drop AppendEntries ×\d$/.test(text))).toBe(true);
  expect(links.flatMap(({ labels }) => labels.map(({ title }) => title)).join("\n")).toMatch(
    /messages? dropped so far · \d to come/,
  );
  expect(told.some((text) => text.startsWith("s2->s1 delay +20 ms"))).toBe(true);
  expect(everywhere.map(({ text }) => text)).toEqual(["latency 7 ms"]);
  const struck = view.faults.map(
    ({ network }: { readonly network: NetworkFaultView | null }) => network?.struck ?? null,
  );
  expect(struck.filter((count) => count !== null).length).toBe(2);
});

describe("many servers", () => {
  const view = atEndOf(25, ...LEADER, 'alice put color "red"', "crash s25", "pause s24", "wait 60ms");

  test("rows in an order: who leads first, who is down last", () => {
    const rows = matrixRows(view, "role", []);
    expect(rows[0]?.server.name).toBe("s1");
    expect(rows.at(-1)?.server.name).toBe("s25");
    expect(matrixRows(view, "server", []).map(({ server }) => server.name)[1]).toBe("s2");
    expect(censusOf(view.servers).map(({ what, count }) => `${count} ${what}`)).toEqual([
      "1 leader",
      "22 follower",
      "1 paused follower",
      "1 down",
    ]);
  });

  test("those that look alike share a row of the logs and a column of the keys", () => {
    const logs = alikeLogs(view.servers);
    expect(logs.length).toBeLessThan(8);
    expect(logs.reduce((sum, { servers }) => sum + servers.length, 0)).toBe(25);
    expect(alikeStores(view.servers).length).toBeLessThan(4);
    expect(alikeLogs(view.servers.slice(0, 3)).length).toBe(3);
    expect(nameRuns(["s1", "s2", "s3", "s4", "s7", "s9", "s10", "beta"])).toEqual(["s1..s4", "s7", "s9, s10", "beta"]);
  });
});

describe("context menus", () => {
  const CONFIG = check('cluster { nodes s1..s3; clients alice bob }\nscenario "a" { wait 1s }').program.scenarios[0]
    ?.config;
  const view = atEndOf(
    3,
    ...LEADER,
    'alice put color "red"',
    "cut s2 -> s3",
    'async alice put color "blue" as w',
    "wait 1ms",
  );
  const [message] = view.messages;
  const targets: readonly MenuTarget[] = [
    { kind: "server", server: "s1" },
    { kind: "server", server: "s2" },
    { kind: "link", from: "s2", to: "s3" },
    { kind: "message", eventId: message?.eventId ?? -1, copy: 0 },
    { kind: "client", client: "alice" },
    { kind: "entry", server: "s1", index: 2 },
    { kind: "key", server: "s1", key: "color" },
  ];

  test.each(targets)("each step of the menu of %j is a step of the language", (target) => {
    if (CONFIG === undefined) throw new Error("no cluster");
    const menu = menuOf(target, view, "live");
    expect(menu?.note).toBeNull();
    const items = menu?.groups.flatMap((group) => group.items) ?? [];
    expect(items.length).toBeGreaterThan(1);
    expect(new Set(items.map(({ label }) => label)).size).toBe(items.length);
    for (const { deed } of items) {
      if (deed.kind !== "step") continue;
      const found = checkSteps(deed.step, CONFIG).diagnostics.filter(({ severity }) => severity === "error");
      expect(
        found.map(({ message: text }) => text),
        deed.step,
      ).toEqual([]);
    }
  });

  test("in a recorded run they ask, and lead to a live cluster", () => {
    const menu = menuOf({ kind: "server", server: "s1" }, view, "run");
    expect(menu?.note).toContain("A recorded run cannot be changed");
    const kinds = new Set(menu?.groups.flatMap(({ items }) => items.map(({ deed }) => deed.kind)));
    expect([...kinds].sort()).toEqual(["branch", "startLive", "why"]);
    const stopped = menuOf({ kind: "server", server: "s1" }, view, "stopped");
    expect(stopped?.groups[0]?.items.map(({ deed }) => deed.kind)).toEqual(["branch"]);
  });

  test.each([...targets, { kind: "moment" } as const])(
    "the menu of %j asks the same questions as the inspector",
    (target) => {
      const asked = menuOf(target, view, "live")?.groups.flatMap(({ items }) =>
        items.flatMap(({ deed }) => (deed.kind === "why" ? [deed.title] : [])),
      );
      const picked = target.kind === "moment" ? ({ kind: "cluster" } as const) : target;
      expect(asked).toEqual(expect.arrayContaining(questionsOf(picked, view).map(({ title }) => title)));
      expect(asked?.length).toBeGreaterThan(0);
    },
  );

  test("a moment's is about what happened then, and goes on from there", () => {
    const event: EventView = {
      id: 7,
      timeUs: 100,
      category: "role",
      at: "s1",
      title: "s1 becomes leader",
      reason: null,
      cause: null,
      line: null,
      fields: [],
    };
    const menu = menuOf({ kind: "moment" }, view, "live", event);
    expect(menu?.title).toContain("s1 becomes leader");
    const deeds = menu?.groups.flatMap(({ items }) => items.map(({ deed }) => deed));
    expect(deeds).toContainEqual({ kind: "branch" });
    expect(deeds).toContainEqual({ kind: "why", title: "Why: s1 becomes leader", eventId: 7, about: null });
  });

  test("what is not there has none", () => {
    expect(menuOf({ kind: "server", server: "s9" }, view, "live")).toBeNull();
    expect(menuOf({ kind: "message", eventId: 999_999, copy: 0 }, view, "live")).toBeNull();
  });

  test("an operation says whom it waits for", () => {
    const [operation] = view.clients[0]?.operations ?? [];
    if (operation === undefined) throw new Error("nothing under way");
    expect(attemptWords(operation)).toBe("waits for the answer of s1");
    expect(attemptWords({ ...operation, attempts: 3 })).toBe("waits for the answer of s1, attempt 3");
    expect(attemptWords({ ...operation, pause: "nobody leads" })).toBe("asks nobody just now: nobody leads");
  });
});

describe("what a move changed", () => {
  test("entries that came and went; a key that was removed has its row still", () => {
    const before = atEndOf(3, ...LEADER, 'alice put a "1"', 'alice put b "2"', "wait 60ms");
    const [server] = before.servers;
    if (server === undefined) throw new Error("no server");
    const shorter = { ...server, log: server.log.slice(0, 2), lastIndex: 2 };
    expect([...logChanges(shorter, server).removed.keys()]).toEqual([3]);
    expect([...logChanges(server, shorter).added]).toEqual([3]);
    const gone = { ...before, servers: before.servers.map((each) => ({ ...each, kv: each.kv.slice(0, 1) })) };
    expect(keysOf(gone, before)).toEqual(["a", "b"]);
    expect(keyChange(undefined, server.kv[1], true)).toBe("removed");
    expect(keyChange(server.kv[1], undefined, true)).toBe("added");
    expect(keyChange(server.kv[1], server.kv[1], true)).toBeNull();
    expect(keyChange(server.kv[1], undefined, false)).toBeNull();
  });
});

describe("cards", () => {
  test("disk and clock in words, where there is something to say", () => {
    const view = atEndOf(
      3,
      ...LEADER,
      "disk s1 slow 50ms",
      "clock s2 drift 10%",
      "clock s3 jump -300ms",
      'async alice put color "red" as w',
      "wait 12ms",
    );
    const [s1, s2, s3] = view.servers;
    if (s1 === undefined || s2 === undefined || s3 === undefined) throw new Error("no servers");
    expect(diskWords(s1)).toBe("1 write under way; 1 entry not durable");
    expect(s1.log.at(-1)?.stored).toBe("written");
    expect(clockWords(s1)).toBeNull();
    expect(clockWords(s2)).toMatch(/^\+1\.\d+ ms, 10% fast$/);
    expect(clockWords(s3)).toBe("-300 ms");
  });

  test("a disk that ignores fsync holds what a crash would lose", () => {
    const view = atEndOf(3, ...LEADER, "wait 60ms", "disk s1 ignore fsync", 'alice put color "red"', "wait 20ms");
    const [s1] = view.servers;
    expect(s1?.log.map(({ stored }) => stored)).toEqual(["durable", "unsynced"]);
    expect(s1 === undefined ? null : diskWords(s1)).toBe("1 entry only claimed to be durable");
  });
});

test("pages of long logs overlap by half", () => {
  expect(logPage({ from: 1, to: 30, last: 30 }, false)).toBeNull();
  expect(logPage({ from: 61, to: 100, last: 100 }, false)).toMatchObject({ older: 80, atEnd: true, follows: true });
  expect(logPage({ from: 41, to: 80, last: 100 }, true)).toMatchObject({ older: 60, newer: null, atEnd: false });
  expect(logPage({ from: 1, to: 40, last: 100 }, true)).toMatchObject({ older: null, newer: 60 });
});
