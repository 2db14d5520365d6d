import type { Action, ActionResult } from "./action.js";
import { invoke } from "./client-input.js";
import { clusterWork } from "./cluster-work.js";
import type { EndpointId, Micros } from "./config.js";
import { stopServer } from "./crash.js";
import { beginFault, endAfter, heal, letGo } from "./fault-actions.js";
import { endMachineFault } from "./machine-faults.js";
import { restartServer } from "./process.js";
import type { Undo } from "./queue.js";
import { EVENT_CODE, type EventKind } from "./recorder.js";
import type { SimServer } from "./server.js";
import { settle, snapshotNow, tick } from "./server-input.js";
import { readClock } from "./timers.js";
import { recordDrop } from "./transmit.js";
import { closeWatch, openWatch } from "./watch-client.js";
import type { World } from "./world.js";

/** Does an action at the world's present instant. Every action leaves one event, also one that is refused. */
export function applyAction(world: World, action: Action, line: number, cause: number): ActionResult {
  switch (action.kind) {
    case "step":
    case "note":
      return done(mark(world, action.kind, line, cause));
    case "result": {
      const code = EVENT_CODE.result;
      return done(world.recorder.record(world.nowUs, code, 0, cause, null, 2, line, action.ok ? 1 : 0));
    }
    case "crash":
    case "pause":
    case "restart":
    case "resume":
    case "wipe":
    case "timeout":
    case "snapshot":
      return serverAction(world, action, line, cause);
    case "membership":
    case "transfer":
      return clusterWork(world, action, line, cause);
    case "fault":
      return beginFault(world, action.fault, action.text, action.durationUs, line, cause);
    case "heal": {
      const event = mark(world, "heal", line, cause);
      heal(world, action.what);
      return done(event);
    }
    case "release": {
      const known = world.network.knows(action.fault);
      const event = world.recorder.record(world.nowUs, EVENT_CODE.release, 0, cause, null, 2, line, action.fault);
      letGo(world, world.network.end(action.fault));
      return known ? done(event) : { eventId: event, number: 0, refused: "it was released before" };
    }
    case "lose": {
      const event = world.recorder.record(world.nowUs, EVENT_CODE.lose, 0, cause, null, 2, line, action.sendEvent);
      const lost = world.loseInFlight(action.sendEvent);
      return lost ? done(event) : { eventId: event, number: 0, refused: "that message is no longer under way" };
    }
    case "deliver":
    case "discard":
    case "copy":
      return aboutWaiting(world, action.kind, action.waiting, line, cause);
    case "tick":
      return tickServer(world, action.server, action.durationUs, line, cause);
    case "invoke": {
      const { number, eventId } = invoke(world, world.client(action.client), action.body, action.at, line, cause);
      return done(eventId, number);
    }
    case "watch": {
      const { number, eventId } = openWatch(world, world.client(action.client), action, line, cause);
      return done(eventId, number);
    }
    case "watch-progress":
    case "unwatch":
      return done(closeWatch(world, world.client(action.client), action.watch, line, cause));
    case "add-client": {
      const event = mark(world, "add-client", line, cause);
      return done(event, world.addClient(action.name));
    }
  }
}

function done(eventId: number, number = 0): ActionResult {
  return { eventId, number, refused: null };
}

function mark(world: World, kind: EventKind, line: number, cause: number, at: EndpointId = 0): number {
  return world.recorder.record(world.nowUs, EVENT_CODE[kind], at, cause, null, 1, line);
}

type ServerAction = Exclude<
  Extract<Action, { readonly server: EndpointId }>,
  { readonly kind: "tick" | "membership" | "transfer" }
>;

function serverAction(world: World, action: ServerAction, line: number, cause: number): ActionResult {
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
      resumeServer(world, server);
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

function refusal(server: SimServer, kind: ServerAction["kind"]): string | null {
  switch (kind) {
    case "crash":
      return server.status === "down" ? `${server.name} is down already` : null;
    case "restart":
      return server.status === "down" ? null : `${server.name} is not down`;
    case "pause":
      return server.status === "up" ? null : `${server.name} is ${server.status}`;
    case "resume":
      return server.status === "paused" ? null : `${server.name} is not paused`;
    case "timeout":
      if (server.status !== "up") return `${server.name} is ${server.status}`;
      return server.raft?.role === "leader" ? `${server.name} leads: it waits for no election` : null;
    case "snapshot":
      // One that covers everything already is as good as a new one.
      return server.status === "up" ? null : `${server.name} is ${server.status}`;
    case "wipe":
      return null;
  }
}

const WAITING_EVENT = { deliver: "deliver-asked", discard: "lose", copy: "copy-asked" } as const;

/** What is done by hand with a message that waits in a manual network. */
function aboutWaiting(
  world: World,
  kind: "deliver" | "discard" | "copy",
  number: number,
  line: number,
  cause: number,
): ActionResult {
  const { network, recorder, nowUs } = world;
  const waiting = network.waiting.find((each) => each.number === number);
  const code = EVENT_CODE[WAITING_EVENT[kind]];
  const sendEvent = waiting?.sendEvent ?? -1;
  const event = recorder.record(nowUs, code, waiting?.message.to ?? 0, cause, null, 2, line, sendEvent);
  if (waiting === undefined) return { eventId: event, number: 0, refused: "that message waits no longer" };
  const { message } = waiting;
  switch (kind) {
    case "deliver":
      if (network.isBlocked(message.from, message.to)) {
        const link = `${world.nameOf(message.from)} -> ${world.nameOf(message.to)}`;
        return {
          eventId: event,
          number: 0,
          refused: `nothing passes from ${link}: heal the link, or lose the message`,
        };
      }
      network.takeWaiting(waiting);
      world.receiveNow(message, waiting.sendEvent);
      break;
    case "discard":
      network.takeWaiting(waiting);
      recordDrop(world, message, waiting.sendEvent, "lost-by-hand");
      break;
    case "copy":
      network.copyWaiting(waiting);
      break;
  }
  return done(event);
}

function tickServer(world: World, id: EndpointId, durationUs: Micros, line: number, cause: number): ActionResult {
  const server = world.server(id);
  const event = world.recorder.record(world.nowUs, EVENT_CODE.tick, id, cause, null, 2, line, durationUs);
  if (server.status !== "up" || server.raft === null) {
    return { eventId: event, number: 0, refused: `${server.name} is ${server.status}` };
  }
  world.simulatedEvents += tick(world, server, server.raft, durationUs, event);
  return done(event);
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
  const server = world.server(what.server);
  if (what.kind === "restart") {
    if (server.incarnation !== what.incarnation || server.status !== "down") return;
    restartServer(world, server, 0, cause);
  } else if (server.pauses === what.pause && server.status === "paused") {
    mark(world, "resume", 0, cause, server.id);
    resumeServer(world, server);
  }
}

/** The time of a disk's failure is over: a server that stopped, or could not start, for that reason starts. */
function startAgain(world: World, server: SimServer, cause: number): void {
  if (server.stoppedByDisk && !server.disk.faults.fails) restartServer(world, server, 0, cause);
}

function resumeServer(world: World, server: SimServer): void {
  server.status = "up";
  const missed = server.inbox;
  server.inbox = [];
  for (const item of missed) world.handle(item);
}
