import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clusterAt, clusterNow } from "../../server/src/trace/cluster-view.js";
import { titleOf } from "../../server/src/trace/event-title.js";
import { type KeyChild, keyPast, keysPage } from "../../server/src/trace/keys-view.js";
import type { Recording } from "../../server/src/trace/recording.js";
import { watchesAt } from "../../server/src/trace/watches-view.js";
import { runText } from "../support/scenarios.js";

function run(steps: string): Recording {
  const text = `cluster { nodes s1..s3; clients alice bob }
scenario "views" {
  await leader
${steps}
}`;
  return runText(text).recording;
}

const nameOf = (child: KeyChild): string => (child.kind === "key" ? child.key : `${child.prefix} ${child.count}`);

/** All children below a prefix, asked for in pages. */
function level(recording: Recording, prefix: string, limit: number): string[] {
  const names: string[] = [];
  let after: string | undefined;
  for (;;) {
    const page = keysPage(recording.world, { prefix, after, limit });
    if (typeof page === "string") throw new Error(page);
    names.push(...page.children.map(nameOf));
    const last = page.children.at(-1);
    if (!page.more || last === undefined) return names;
    after = last.kind === "key" ? last.key : last.prefix;
  }
}

describe("keys at a moment", () => {
  it("are a tree by the parts between slashes, in pages of any size", () => {
    const keys = ["/a/b/c", "/a/b/d", "/a/x", "/z", "plain", "m/1", "m/2", "m/", "m//q", "n"];
    const recording = run(keys.map((key) => `  alice put "${key}" "v"`).join("\n"));
    for (const limit of [1, 2, 100]) {
      expect(level(recording, "", limit)).toEqual(["/a/ 3", "/z", "m/ 4", "n", "plain"]);
      expect(level(recording, "/a/", limit)).toEqual(["/a/b/ 2", "/a/x"]);
      expect(level(recording, "m/", limit)).toEqual(["m/", "m//q", "m/1", "m/2"]);
      expect(level(recording, "nothing", limit)).toEqual([]);
    }
  });

  it("opening every level shows every key once", () => {
    const key = fc.string({ unit: fc.constantFrom("a", "b", "/"), minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(
        fc.uniqueArray(key, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 4 }),
        (keys, limit) => {
          const recording = run(keys.map((each) => `  alice put "${each}" "v"`).join("\n"));
          const open = (prefix: string): string[] =>
            level(recording, prefix, limit).flatMap((name) => {
              const [group, count] = name.split(" ");
              return group === undefined || count === undefined ? [name] : open(group);
            });
          expect(open("").sort()).toEqual([...keys].sort());
        },
      ),
      { numRuns: 25 },
    );
  });

  it("tell the server, its revision and what was compacted, and refuse a server that is none", () => {
    const recording = run('  alice put color "red"\n  alice put color "blue"\n  alice compact rev 2');
    const page = keysPage(recording.world, { prefix: "", limit: 10 });
    expect(page).toMatchObject({ server: recording.world.leader()?.name, revision: 3, compactRevision: 2, count: 1 });
    expect(keysPage(recording.world, { server: "s9", prefix: "", limit: 10 })).toContain("no server s9");
  });
});

describe("a key's past", () => {
  const recording = run(`  alice put color "red"
  alice put color "blue"
  alice delete color
  lease grant l1 ttl 60s
  alice put color "green" lease l1`);
  const past = (to?: number, limit = 10) => {
    const found = keyPast(recording, recording.world, { key: "color", to, limit });
    if (typeof found === "string") throw new Error(found);
    return found;
  };

  it("is every change that is kept, newest first", () => {
    const { revisions, live, more } = past();
    expect(revisions.map(({ type, revision, version, value }) => [type, revision, version, value])).toEqual([
      ["put", 5, 1, "green"],
      ["delete", 4, 0, ""],
      ["put", 3, 2, "blue"],
      ["put", 2, 1, "red"],
    ]);
    expect(revisions[0]?.lease).toMatch(/^[0-9a-f]+$/);
    expect([live, more]).toEqual([true, false]);
  });

  it("comes in pages", () => {
    expect(past(undefined, 2)).toMatchObject({ more: true, revisions: [{ revision: 5 }, { revision: 4 }] });
    expect(past(3, 2)).toMatchObject({ more: false, revisions: [{ revision: 3 }, { revision: 2 }] });
  });

  it("names the event at which the leader applied each revision: the state has it from there on, and not before", () => {
    for (const { revision, eventId, line } of past().revisions) {
      if (eventId === null) throw new Error(`nothing wrote revision ${revision}`);
      expect(titleOf(recording, eventId)).toMatch(/commit/);
      const newest = (event: number): number => Math.max(...clusterAt(recording, event).servers.map((s) => s.revision));
      expect(newest(eventId)).toBe(revision);
      // The picture at an event shows its whole step: the one before is that of an earlier step.
      let before = eventId - 1;
      while (recording.stateAt(before).recorder.count > eventId) before -= 1;
      expect(newest(before)).toBe(revision - 1);
      expect(line).toBeGreaterThan(3);
    }
  });

  it("of a lease that ran out ends with the revocation", () => {
    const expired = run('  lease grant l1 ttl 2s\n  alice put session "a" lease l1\n  wait 4s');
    const found = keyPast(expired, expired.world, { key: "session", limit: 5 });
    expect(found).toMatchObject({
      live: false,
      revisions: [
        { type: "delete", revision: 3 },
        { type: "put", revision: 2 },
      ],
    });
  });
});

describe("leases and alarms of servers", () => {
  it("run down at the leader only, and keys name theirs", () => {
    const recording = run('  lease grant l1 ttl 20s\n  alice put session "a" lease l1\n  wait 3s');
    const { servers } = clusterNow(recording);
    const leader = servers.find(({ role }) => role === "leader");
    const lease = leader?.leases[0];
    expect(lease).toMatchObject({ ttl: 20, keys: ["session"], moreKeys: 0 });
    expect(lease?.remainingUs).toBeLessThan(17_000_001);
    expect(lease?.remainingUs).toBeGreaterThan(15_000_000);
    expect(leader?.kv).toMatchObject([{ key: "session", lease: lease?.id }]);
    for (const server of servers.filter(({ role }) => role !== "leader")) {
      expect(server.leases).toMatchObject([{ id: lease?.id, remainingUs: null }]);
    }
    expect(leader).toMatchObject({ compactRevision: -1, alarms: [], moreLeases: 0 });
  });
});

describe("watches at a moment", () => {
  const recording = run(`  alice watch color prev-kv as w
  bob watch / prefix from rev 2 as w2
  alice put color "red"
  alice put color "blue"
  wait 1s
  unwatch w
  alice put color "green"
  wait 1s`);

  it("are shown with what they received, newest first, and how they ended", () => {
    const { watches } = watchesAt(recording, recording.world, 1);
    expect(watches.map(({ name, client, keys, state }) => [name, client, keys, state])).toEqual([
      ["w", "alice", "color", "ended"],
      ["w2", "bob", "/ prefix", "active"],
    ]);
    expect(watches[0]).toMatchObject({ received: 2, revision: 3, end: { error: null } });
    expect(watches[0]?.changes).toMatchObject([{ type: "put", value: "blue", revision: 3, previous: "red" }]);
    expect(watches[0]?.changes[0]?.writtenBy).toBeLessThan(watches[0]?.changes[0]?.eventId ?? 0);
  });

  it("are as they were then", () => {
    const now = watchesAt(recording, recording.world, 9);
    const first = now.watches[0]?.changes.at(-1);
    if (first === undefined) throw new Error("nothing was received");
    const then = watchesAt(recording, recording.stateAt(first.eventId), 9);
    expect(then.watches[0]).toMatchObject({ state: "active", received: 1, end: null });
    expect(watchesAt(recording, recording.stateAt((now.watches[0]?.eventId ?? 0) - 1), 9).watches).toEqual([]);
  });

  it("name etcd's error where their server ended them", () => {
    const compacted = run(`  alice put color "red"
  alice put color "blue"
  alice compact rev 3
  alice watch color from rev 2 as w
  wait 1s`);
    const [watch] = watchesAt(compacted, compacted.world, 5).watches;
    expect(watch).toMatchObject({ state: "ended", end: { error: "compacted", compactRevision: 3 } });
  });
});
