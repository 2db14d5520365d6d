/**
 * What the panels show equals the engine's state at that event, field by field, and both directions of every link land on the
 * same event. The engine's state is found without the recording's own seeking: the run is made again from its actions, from the
 * beginning and no further than the event.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Raft } from "../../server/src/raft/contract.js";
import { RaftNode } from "../../server/src/raft/node.js";
import type { SimServer } from "../../server/src/sim/server.js";
import type { World } from "../../server/src/sim/world.js";
import { type ClusterPicture, clusterAt } from "../../server/src/trace/cluster-view.js";
import { describe as described } from "../../server/src/trace/describe.js";
import { diagramOf } from "../../server/src/trace/diagram.js";
import { eventOfLine, lineOf } from "../../server/src/trace/lines.js";
import { Recording } from "../../server/src/trace/recording.js";
import { timelineOf } from "../../server/src/trace/timeline.js";
import { why } from "../../server/src/trace/why/chain.js";
import { churn, failover, partition, type Run } from "./runs.js";

/** The world as it stood after the step of event `eventId`, made from nothing but the configuration and the actions. */
function worldAfter({ recording }: Run, eventId: number): World {
  const again = new Recording(recording.world.config, (raft, durable) => new RaftNode(raft, durable));
  let next = 0;
  while (again.log.count <= eventId) {
    const action = recording.actions[next];
    if (action !== undefined && action.position === again.world.position) {
      if (action.timeUs > again.world.nowUs) again.advanceTo(action.timeUs);
      again.act(action.action, action.line, action.cause);
      next += 1;
    } else if (!again.step()) throw new Error("the run ended early");
  }
  return again.world;
}

const runs = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom("failover", "partition") },
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 1_000_000 }) },
);

function made(which: string | number): Run {
  if (typeof which === "number") return churn(which, 900);
  return which === "failover" ? failover() : partition();
}

/** The members of a server's picture that say what its Raft node, disk and store are. */
function shown(picture: ClusterPicture["servers"][number]) {
  const { name, status, role, term, vote, leader, votes, commitIndex, appliedIndex, durableIndex, lastIndex } = picture;
  const { firstIndex, log, progress, revision, kv, moreKeys, pendingWrites, timers, compactRevision } = picture;
  return {
    name,
    status,
    role,
    term,
    vote,
    leader,
    votes,
    indices: { commitIndex, appliedIndex, durableIndex, lastIndex, firstIndex },
    log: log.map(({ index, term: of, durable, committed, applied }) => ({
      index,
      term: of,
      durable,
      committed,
      applied,
    })),
    progress: progress.map(({ server, next, match, state }) => ({ server, next, match, state })),
    revision,
    compactRevision,
    kv: kv.map(({ key, value, createRevision, modRevision, version }) => ({
      key,
      value,
      createRevision,
      modRevision,
      version,
    })),
    moreKeys,
    pendingWrites,
    timers: timers.map(({ kind, startUs, deadlineUs }) => ({ kind, startUs, deadlineUs })),
  };
}

/** The same, read from the engine. A server that is down has only its disk. */
function engine(world: World, server: SimServer): ReturnType<typeof shown> {
  const { raft, disk, machine, timers } = server;
  const nameOf = (id: number): string | null => (id === 0 ? null : world.nameOf(id));
  const log = raft?.log ?? disk.log;
  const indices = {
    commitIndex: raft?.commitIndex ?? 0,
    appliedIndex: raft?.appliedIndex ?? 0,
    durableIndex: raft?.durableIndex ?? log.lastIndex,
    lastIndex: log.lastIndex,
    firstIndex: log.firstIndex,
  };
  const keys = machine.store.entries(1_000_000);
  return {
    name: server.name,
    status: server.status,
    role: raft?.role ?? "follower",
    term: raft?.term ?? disk.hardState.term,
    vote: nameOf(raft?.vote ?? disk.hardState.vote),
    leader: nameOf(raft?.leader ?? 0),
    votes: (raft?.votesGranted ?? []).map((id) => world.nameOf(id)),
    indices,
    log: [...log.slice(log.firstIndex, log.lastIndex)].map(({ term }, at) => ({
      index: log.firstIndex + at,
      term,
      durable: log.firstIndex + at <= indices.durableIndex,
      committed: log.firstIndex + at <= indices.commitIndex,
      applied: log.firstIndex + at <= indices.appliedIndex,
    })),
    progress: raft?.role === "leader" ? progressOf(world, raft) : [],
    revision: machine.store.revision,
    compactRevision: machine.store.compactRevision,
    kv: keys.map(({ key, value, createRevision, modRevision, version }) => ({
      key,
      value,
      createRevision,
      modRevision,
      version,
    })),
    moreKeys: 0,
    pendingWrites: disk.pendingWrites,
    timers: (["election", "heartbeat"] as const).flatMap((kind) => {
      const { startUs, deadlineUs } = timers[kind];
      return deadlineUs === null ? [] : [{ kind, startUs, deadlineUs }];
    }),
  };
}

function progressOf(world: World, raft: Raft<never> | NonNullable<SimServer["raft"]>) {
  return world.servers.flatMap((server) => {
    const progress = server === undefined ? null : raft.progressOf(server.id);
    if (server === undefined || progress === null) return [];
    const { next, match, state } = progress;
    return [{ server: server.name, next, match, state }];
  });
}

describe("what is shown equals the engine's state", () => {
  test("servers, field by field, at any event of any run", () => {
    fc.assert(
      fc.property(runs, fc.nat(), (which, pick) => {
        const run = made(which);
        const event = pick % run.recording.log.count;
        const world = worldAfter(run, event);
        const picture = clusterAt(run.recording, event, { logWindow: 1_000_000 });
        const servers = world.servers.flatMap((server) => (server === undefined ? [] : [engine(world, server)]));
        expect(picture.servers.map(shown)).toEqual(servers);
        expect([picture.eventId, picture.timeUs]).toEqual([event, world.nowUs]);
      }),
      { numRuns: 60 },
    );
  });

  test("messages under way, clients, faults and cut links", () => {
    fc.assert(
      fc.property(runs, fc.nat(), (which, pick) => {
        const run = made(which);
        const event = pick % run.recording.log.count;
        const world = worldAfter(run, event);
        const picture = clusterAt(run.recording, event);
        const inboxes = [...world.servers, ...world.clients.values()].flatMap((process) => process?.inbox ?? []);
        const arriving = world.queue.items().filter(({ kind }) => kind === "deliver");
        const under = [
          ...[...arriving, ...inboxes].flatMap((item) => (item.kind === "deliver" ? [item.sendEvent] : [])),
          ...[...world.network.held, ...world.network.waiting].map(({ sendEvent }) => sendEvent),
        ];
        expect(picture.messages.map(({ eventId }) => eventId).sort((a, b) => a - b)).toEqual(
          under.sort((a, b) => a - b),
        );
        for (const { eventId, arrivesUs, sentUs } of picture.messages) {
          expect(sentUs).toBe(run.recording.log.timeUs(eventId));
          const due = arriving.flatMap((item) =>
            item.kind === "deliver" && item.sendEvent === eventId ? [item.timeUs] : [],
          );
          if (arrivesUs === null) continue;
          expect(due).toContain(arrivesUs);
        }
        expect(picture.clients.map(({ name, status }) => [name, status])).toEqual(
          [...world.clients.values()].map(({ name, status }) => [name, status]),
        );
        for (const { name, pending, target } of picture.clients) {
          const client = [...world.clients.values()].find((each) => each.name === name);
          expect(pending === null).toBe(client?.pending.size === 0);
          expect(target).toBe(client === undefined || client.believed === 0 ? null : world.nameOf(client.believed));
        }
        expect(picture.faults.map(({ id }) => id).sort((a, b) => a - b)).toEqual(
          [...world.network.faults, ...world.machineFaults].map(({ number }) => number).sort((a, b) => a - b),
        );
        const ids = [...world.servers.flatMap((server) => server?.id ?? []), ...world.clients.keys()];
        const cut = ids.flatMap((from) =>
          ids
            .filter((to) => from !== to && world.network.isBlocked(from, to))
            .map((to) => `${world.nameOf(from)} ${world.nameOf(to)}`),
        );
        expect(picture.blocked.map(({ from, to }) => `${from} ${to}`).sort()).toEqual(cut.sort());
      }),
      { numRuns: 60 },
    );
  });

  test("the timeline's lanes say who each server was", () => {
    fc.assert(
      fc.property(runs, fc.nat(), (which, pick) => {
        const run = made(which);
        const { log } = run.recording;
        const event = pick % log.count;
        const timeUs = log.timeUs(event);
        const last = log.lastAt(timeUs);
        const world = worldAfter(run, last);
        // Zoomed in on the instant, so that nothing is too narrow to be drawn.
        const { lanes } = timelineOf(run.recording, { fromUs: timeUs, toUs: timeUs + 1, buckets: 1 });
        for (const server of world.servers) {
          if (server === undefined) continue;
          const segment = lanes
            .find((lane) => lane.server === server.name)
            ?.segments.find(({ fromUs, toUs }) => fromUs <= timeUs && timeUs < toUs);
          const role = server.status === "up" ? (server.raft?.role ?? "follower") : server.status;
          if (segment === undefined) continue;
          expect([server.name, segment.role]).toEqual([server.name, role]);
          expect(segment.term).toBe(server.raft?.term ?? server.disk.hardState.term);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe("both directions of a link land on the same event", () => {
  test("event, instant and event: the cursor at an event's instant stands at the last event of that instant", () => {
    fc.assert(
      fc.property(runs, fc.nat(), (which, pick) => {
        const { log } = made(which).recording;
        const event = pick % log.count;
        const there = log.lastAt(log.timeUs(event));
        expect(there).toBeGreaterThanOrEqual(event);
        expect(log.timeUs(there)).toBe(log.timeUs(event));
      }),
      { numRuns: 40 },
    );
  });

  test("event, line and event: the first event of a line has that line", () => {
    fc.assert(
      fc.property(runs, (which) => {
        const { recording } = made(which);
        for (let event = 0; event < recording.log.count; event += 7) {
          const line = lineOf(recording, event);
          if (line === null) continue;
          const first = eventOfLine(recording, line);
          expect(first).toBeGreaterThanOrEqual(0);
          expect(lineOf(recording, first)).toBe(line);
        }
      }),
      { numRuns: 20 },
    );
  });

  test("a row of the diagram, its events, and the diagram around each of them", () => {
    fc.assert(
      fc.property(runs, fc.nat(), (which, pick) => {
        const { recording } = made(which);
        const all = diagramOf(
          recording,
          { kind: "events", from: 0, to: recording.log.count - 1 },
          { foldHeartbeats: false },
          1_000_000,
        );
        const row = all.rows[pick % all.rows.length];
        if (row === undefined) return;
        const around = diagramOf(recording, { kind: "around", eventId: row.eventId }, { foldHeartbeats: false }, 200);
        expect(around.rows.filter((each) => each.eventId === row.eventId)).toContainEqual(row);
        if (row.kind !== "message" || row.deliveredId === null) return;
        expect(described(recording, row.deliveredId).cause).toBe(row.eventId);
        expect(row.deliveredUs).toBe(recording.log.timeUs(row.deliveredId));
      }),
      { numRuns: 30 },
    );
  });

  test("links of why are events of the run, each what it says, and none later than the one asked about", () => {
    fc.assert(
      fc.property(runs, fc.nat(), (which, pick) => {
        const { recording } = made(which);
        const event = pick % recording.log.count;
        const { links } = why(recording, event);
        expect(links[0]?.id).toBe(event);
        links.forEach((link, at) => {
          expect(link.id).toBeLessThanOrEqual(links[at - 1]?.id ?? event);
          expect(link.timeUs).toBe(recording.log.timeUs(link.id));
          expect(described(recording, link.id).title).toBe(link.title);
        });
      }),
      { numRuns: 60 },
    );
  });
});
