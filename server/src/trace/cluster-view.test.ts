import fc from "fast-check";
import { expect, test } from "vitest";
import { churn, failover, partition, Run } from "../../../test/trace/runs.js";
import { clusterAt, clusterNow } from "./cluster-view.js";

test("an unreplicated write at the leader: in its log, not durable, on its way", () => {
  const { recording } = failover();
  const event = [...Array(recording.log.count).keys()].find(
    (id) => recording.log.reason(id)?.code === "proposal-appended",
  );
  const view = clusterAt(recording, event ?? -1);
  const leader = view.servers.find(({ role }) => role === "leader");
  expect(leader?.name).toBe("s3");
  expect(leader?.log).toEqual([
    { index: 1, term: 1, text: "no-op", durable: true, stored: "durable", committed: true, applied: true },
    { index: 2, term: 1, text: 'put color "red"', durable: false, stored: "written", committed: false, applied: false },
  ]);
  expect(leader?.pendingWrites).toBe(1);
  expect(leader?.progress.map(({ server, match }) => [server, match])).toEqual([
    ["s1", 1],
    ["s2", 1],
  ]);
  expect(leader?.timers.map(({ kind, deadlineUs, startUs }) => [kind, deadlineUs - startUs])).toEqual([
    ["heartbeat", 50_000],
  ]);
  expect(view.messages.map(({ text, from, to }) => `${from} ${to} ${text}`).sort()).toEqual([
    "s3 s1 AppendEntries term 1, 1 entry after 1/1, commit 1",
    "s3 s2 AppendEntries term 1, 1 entry after 1/1, commit 1",
  ]);
  expect(view.clients).toMatchObject([{ name: "alice", status: "up", target: "s3", pending: 'put color "red"' }]);
  const [operation] = view.clients[0]?.operations ?? [];
  expect(operation).toMatchObject({ number: 1, text: 'put color "red"', attempts: 2, server: "s3", pause: null });
  expect((operation?.givesUpUs ?? 0) - (operation?.sinceUs ?? 0)).toBe(1_000_000);
});

test("the beginning, a crash, a partition", () => {
  const { recording } = partition();
  const start = clusterAt(recording, -1);
  expect([start.timeUs, start.servers.length, start.messages.length]).toEqual([0, 5, 0]);
  const cut = recording.log.landmarks.find((id) => recording.log.kind(id) === "fault") ?? -1;
  const view = clusterAt(recording, cut + 3);
  expect(view.faults.map(({ text, sinceUs, untilUs }) => [text, sinceUs, untilUs])).toEqual([
    ["partition {s1 s2} | {s3 s4 s5}", 500_000, null],
  ]);
  expect(view.blocked.length).toBe(12);
  expect(view.blocked[0]).toEqual({ from: "s1", to: "s3" });
  const crashed = failover().recording;
  const crash = crashed.log.landmarks.find((id) => crashed.log.kind(id) === "crash") ?? -1;
  const down = clusterAt(crashed, crash).servers.find(({ name }) => name === "s3");
  expect([down?.status, down?.role, down?.term, down?.commitIndex, down?.log.length]).toEqual([
    "down",
    "follower",
    1,
    0,
    2,
  ]);
});

test("held messages and a paused server's have no arrival", () => {
  const run = new Run().until(400);
  const leader = run.leader();
  const held = (leader % 3) + 1;
  const paused = (held % 3) + 1;
  const fault = { kind: "rule", effect: "hold", message: null, pairs: [[leader, held]], byUs: 0, count: null } as const;
  run.act({ kind: "fault", fault, text: "hold", durationUs: null });
  run.act({ kind: "pause", server: paused, durationUs: null });
  run.until(460);
  const view = clusterNow(run.recording);
  expect(view.timeUs).toBe(460_000);
  const noted = run.act({ kind: "note", text: "now" }).eventId;
  expect(clusterAt(run.recording, noted)).toEqual({ ...view, eventId: noted });
  expect(view.messages.map(({ arrivesUs, text }) => [arrivesUs, text.replace(/^.*, /, "")])).toEqual([
    [null, `waits while s${paused} is paused`],
    [null, "held"],
  ]);
});

test("the cost is the window's: no more entries, keys and messages than asked for", () => {
  const run = new Run().until(400);
  for (let i = 0; i < 300; i += 1) run.put(`k${i}`, "v");
  run.until(1_000);
  const view = clusterAt(run.recording, run.recording.log.count - 1, { logWindow: 10 });
  for (const server of view.servers) {
    expect(server.log.length).toBe(10);
    expect(server.log.at(-1)?.index).toBe(301);
    expect([server.kv.length, server.moreKeys]).toEqual([100, 200]);
  }
});

test("what is in flight was sent before and arrives after, at every event of a troubled run", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.nat(), (seed, pick) => {
      const { recording } = churn(seed, 800);
      const { log } = recording;
      const event = pick % log.count;
      const view = clusterAt(recording, event);
      const sends = [...Array(log.count).keys()]
        .filter((id) => log.kind(id) === "deliver")
        .map((id) => ({ id, send: log.cause(id) }));
      expect(view.timeUs).toBe(log.timeUs(event));
      for (const { eventId, sentUs, arrivesUs } of view.messages) {
        expect(log.kind(eventId)).toBe("send");
        expect(sentUs).toBeLessThanOrEqual(view.timeUs);
        if (arrivesUs !== null) expect(arrivesUs).toBeGreaterThanOrEqual(view.timeUs);
        // Delivered later or never, but (unless twice) not before.
        const before = sends.filter(({ id, send }) => send === eventId && id <= event).length;
        expect(before).toBeLessThanOrEqual(1);
      }
      for (const server of view.servers) {
        expect(server.appliedIndex).toBeLessThanOrEqual(server.commitIndex);
        server.log.forEach((entry, position) => {
          expect(entry.index).toBe((server.log[0]?.index ?? 0) + position);
          expect(entry.committed).toBe(entry.index <= server.commitIndex);
        });
      }
    }),
    { numRuns: 40 },
  );
});
