import { t } from "../l10n/text.js";
import type { Action, ActionResult } from "./action.js";
import type { ClientProcess } from "./client.js";
import { abandon } from "./client-input.js";
import type { EndpointId } from "./config.js";
import { stopServer } from "./crash.js";
import { endAfter, letGo } from "./fault-actions.js";
import { endMachineFault } from "./machine-faults.js";
import { restartServer } from "./process.js";
import type { Undo } from "./queue.js";
import { EVENT_CODE, type EventKind } from "./recorder.js";
import type { SimServer } from "./server.js";
import { settle, snapshotNow } from "./server-input.js";
import { statusText } from "./status-text.js";
import { readClock } from "./timers.js";
import { forget } from "./watch-client.js";
import type { World } from "./world.js";

/** What is done to the process of a server or a client from outside, and how it ends by itself. */

/** The server that a client believes to lead when it knows nothing. */
const FIRST_SERVER: EndpointId = 1;

/** What can be done to a process. */
type ProcessAction = Exclude<
  Extract<Action, { readonly server: EndpointId }>,
  { readonly kind: "tick" | "membership" | "transfer" }
>;

/** Crashes, pauses … a server or a client, or says why that cannot be. */
export function processAction(world: World, action: ProcessAction, line: number, cause: number): ActionResult {
  const client = world.clients.get(action.server);
  return client === undefined
    ? serverAction(world, action, line, cause)
    : clientAction(world, client, action, line, cause);
}

/** Whether the world is told of something that only a client has to cope with: the cluster need not. */
export function concernsClient(world: World, what: Action | Undo): boolean {
  return "server" in what && what.server > world.serverCount;
}

function clientAction(
  world: World,
  client: ClientProcess,
  action: ProcessAction,
  line: number,
  cause: number,
): ActionResult {
  const { id } = client;
  const refused = clientRefusal(client, action.kind);
  const event = mark(world, action.kind === "snapshot" ? "take-snapshot" : action.kind, line, cause, id);
  if (refused !== null) return { eventId: event, number: 0, refused };
  switch (action.kind) {
    case "crash": {
      crashClient(world, client, event);
      const { incarnation } = client;
      endAfter(world, action.durationUs, { kind: "restart", server: id, incarnation }, event);
      break;
    }
    case "pause": {
      client.status = "paused";
      client.pauses += 1;
      endAfter(world, action.durationUs, { kind: "resume", server: id, pause: client.pauses }, event);
      break;
    }
    case "restart":
      client.status = "up";
      break;
    case "resume":
      resumeProcess(world, client);
      break;
    default:
      break;
  }
  return done(event);
}

/**
 * Ends a client's process: it forgets everything. Nobody knows any more what became of its operations, its watches are over, and
 * after a restart its sessions are new, so that no request is taken for one of its former life.
 */
function crashClient(world: World, client: ClientProcess, cause: number): void {
  client.status = "down";
  client.incarnation += 1;
  for (const pending of [...client.pending.values()]) abandon(world, client, pending, cause);
  for (const number of [...client.watches.keys()]) forget(world, client, number, null, 0, cause);
  client.sessions = [];
  client.inbox = [];
  client.believed = FIRST_SERVER;
}

function clientRefusal(client: ClientProcess, kind: ProcessAction["kind"]): string | null {
  switch (kind) {
    case "crash":
    case "restart":
    case "pause":
    case "resume":
      return statusRefusal(client, kind);
    case "wipe":
      return t("{0} is a client: it has no disk", client.name);
    case "timeout":
    case "snapshot":
      return t("{0} is a client: only servers do that", client.name);
  }
}

function serverAction(world: World, action: ProcessAction, line: number, cause: number): ActionResult {
  const server = world.server(action.server);
  const refused = refusal(server, action.kind);
  if (refused === null && action.kind === "restart") {
    const started = restartServer(world, server, line, cause);
    return { eventId: started.event, number: 0, refused: started.refused };
  }
  const kind = action.kind === "snapshot" ? "take-snapshot" : action.kind;
  const event = mark(world, kind, line, cause, server.id);
  if (refused !== null) return { eventId: event, number: 0, refused };
  switch (action.kind) {
    case "crash":
      stopServer(world, server, event);
      endAfter(
        world,
        action.durationUs,
        { kind: "restart", server: server.id, incarnation: server.incarnation },
        event,
      );
      break;
    case "pause":
      server.status = "paused";
      server.pauses += 1;
      endAfter(world, action.durationUs, { kind: "resume", server: server.id, pause: server.pauses }, event);
      break;
    case "resume":
      resumeProcess(world, server);
      break;
    case "wipe":
      if (server.raft !== null) stopServer(world, server, event);
      server.disk.wipe();
      server.stoppedByDisk = false;
      world.monitor?.crashed(server.id, event);
      break;
    case "timeout":
      if (server.raft !== null) {
        readClock(world, server, server.raft);
        server.raft.electionTimeout(true);
        settle(world, server, server.raft, event);
      }
      break;
    case "snapshot":
      if (server.raft !== null) snapshotNow(world, server, server.raft, event);
      break;
  }
  return done(event);
}

function refusal(server: SimServer, kind: ProcessAction["kind"]): string | null {
  switch (kind) {
    case "crash":
    case "restart":
    case "pause":
    case "resume":
      return statusRefusal(server, kind);
    case "timeout":
      if (server.status !== "up") return statusText(server.name, server.status);
      return server.raft?.role === "leader" ? t("{0} leads: it waits for no election", server.name) : null;
    case "snapshot":
      // One that covers everything already is as good as a new one.
      return server.status === "up" ? null : statusText(server.name, server.status);
    case "wipe":
      return null;
  }
}

function statusRefusal(
  { name, status }: SimServer | ClientProcess,
  kind: "crash" | "restart" | "pause" | "resume",
): string | null {
  switch (kind) {
    case "crash":
      return status === "down" ? t("{0} is down already", name) : null;
    case "restart":
      return status === "down" ? null : t("{0} is not down", name);
    case "pause":
      return status === "up" ? null : statusText(name, status);
    case "resume":
      return status === "paused" ? null : t("{0} is not paused", name);
  }
}

/** A fault that was given `for` a while ends by itself. */
export function undo(world: World, what: Undo, cause: number): void {
  if (what.kind === "fault") {
    const ended = endMachineFault(world, what.fault);
    if (ended === null && !world.network.knows(what.fault)) return;
    const at = ended?.fault.server ?? 0;
    const event = world.recorder.record(world.nowUs, EVENT_CODE.undo, at, cause, null, 1, what.fault);
    letGo(world, world.network.end(what.fault));
    if (ended?.fault.kind === "disk-fail") startAgain(world, world.server(at), event);
    return;
  }
  const client = world.clients.get(what.server);
  const ended = client ?? world.server(what.server);
  if (what.kind === "restart") {
    if (ended.incarnation !== what.incarnation || ended.status !== "down") return;
    if (client === undefined) restartServer(world, world.server(what.server), 0, cause);
    else {
      mark(world, "restart", 0, cause, client.id);
      client.status = "up";
    }
  } else if (ended.pauses === what.pause && ended.status === "paused") {
    mark(world, "resume", 0, cause, ended.id);
    resumeProcess(world, ended);
  }
}

/** The time of a disk's failure is over: a server that stopped, or could not start, for that reason starts. */
function startAgain(world: World, server: SimServer, cause: number): void {
  if (server.stoppedByDisk && !server.disk.faults.fails) restartServer(world, server, 0, cause);
}

/** What it missed it handles now, in order. */
function resumeProcess(world: World, process: SimServer | ClientProcess): void {
  process.status = "up";
  const missed = process.inbox;
  process.inbox = [];
  for (const item of missed) world.handle(item);
}

function done(eventId: number): ActionResult {
  return { eventId, number: 0, refused: null };
}

function mark(world: World, kind: EventKind, line: number, cause: number, at: EndpointId): number {
  return world.recorder.record(world.nowUs, EVENT_CODE[kind], at, cause, null, 1, line);
}
