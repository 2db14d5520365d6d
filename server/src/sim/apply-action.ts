import { t } from "../l10n/text.js";
import type { Action, ActionResult } from "./action.js";
import type { ClientProcess } from "./client.js";
import { invoke } from "./client-input.js";
import { clusterWork } from "./cluster-work.js";
import type { EndpointId, Micros } from "./config.js";
import { beginFault, heal, letGo } from "./fault-actions.js";
import { lookAtLeases } from "./leases.js";
import { processAction } from "./process-actions.js";
import { EVENT_CODE, type EventKind } from "./recorder.js";
import { tick } from "./server-input.js";
import { statusText } from "./status-text.js";
import { recordDrop } from "./transmit.js";
import { askProgress, closeWatch, openWatch } from "./watch-client.js";
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
      return processAction(world, action, line, cause);
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
      return known ? done(event) : { eventId: event, number: 0, refused: t("it was released before") };
    }
    case "lose": {
      const event = world.recorder.record(world.nowUs, EVENT_CODE.lose, 0, cause, null, 2, line, action.sendEvent);
      const lost = world.loseInFlight(action.sendEvent);
      return lost ? done(event) : { eventId: event, number: 0, refused: t("that message is no longer under way") };
    }
    case "deliver":
    case "discard":
    case "copy":
    case "postpone":
      return aboutUnderWay(world, action, line, cause);
    case "tick":
      return tickServer(world, action.server, action.durationUs, line, cause);
    case "invoke": {
      const client = world.client(action.client);
      if (client.status !== "up") return refusedAtClient(world, client, "invoke", line, cause);
      const { number, eventId } = invoke(world, client, action.body, action.at, line, cause);
      return done(eventId, number);
    }
    case "watch": {
      const client = world.client(action.client);
      if (client.status !== "up") return refusedAtClient(world, client, "watch", line, cause);
      const { number, eventId } = openWatch(world, client, action, line, cause);
      return done(eventId, number);
    }
    case "unwatch": {
      const client = world.client(action.client);
      if (client.status !== "up") return refusedAtClient(world, client, "unwatch", line, cause, action.watch);
      return done(closeWatch(world, client, action.watch, line, cause));
    }
    case "watch-progress": {
      const client = world.client(action.client);
      if (client.status !== "up") return refusedAtClient(world, client, "watch-progress", line, cause, action.watch);
      return { ...askProgress(world, client, action.watch, line, cause), number: 0 };
    }
    case "add-client": {
      const event = mark(world, "add-client", line, cause);
      return done(event, world.addClient(action.name));
    }
  }
}

function done(eventId: number, number = 0): ActionResult {
  return { eventId, number, refused: null };
}

/** A client's process that does not run does nothing. */
function refusedAtClient(
  world: World,
  { id, name, status }: ClientProcess,
  kind: "invoke" | "watch" | "unwatch" | "watch-progress",
  line: number,
  cause: number,
  number = 0,
): ActionResult {
  const eventId = world.recorder.record(world.nowUs, EVENT_CODE[kind], id, cause, null, 2, line, number);
  return { eventId, number: 0, refused: statusText(name, status) };
}

function mark(world: World, kind: EventKind, line: number, cause: number, at: EndpointId = 0): number {
  return world.recorder.record(world.nowUs, EVENT_CODE[kind], at, cause, null, 1, line);
}

const UNDER_WAY_EVENT = {
  deliver: "deliver-asked",
  discard: "lose",
  copy: "copy-asked",
  postpone: "delay-asked",
} as const;

type AboutUnderWay = Extract<Action, { readonly kind: keyof typeof UNDER_WAY_EVENT }>;

/** What is done by hand with a message under way. */
function aboutUnderWay(world: World, action: AboutUnderWay, line: number, cause: number): ActionResult {
  const { network, recorder, nowUs } = world;
  const found = world.underWay().find(({ number }) => number === action.waiting);
  const code = EVENT_CODE[UNDER_WAY_EVENT[action.kind]];
  const sendEvent = found?.sendEvent ?? -1;
  const event = recorder.record(nowUs, code, found?.message.to ?? 0, cause, null, 2, line, sendEvent);
  const refuse = (refused: string): ActionResult => ({ eventId: event, number: 0, refused });
  if (found === undefined) return refuse(t("that message waits no longer"));
  const { message } = found;
  switch (action.kind) {
    case "deliver":
      if (network.isBlocked(message.from, message.to)) {
        const link = `${world.nameOf(message.from)} -> ${world.nameOf(message.to)}`;
        return refuse(t("nothing passes from {0}: heal the link, or lose the message", link));
      }
      world.takeUnderWay(found);
      world.receiveNow(message, found.sendEvent);
      break;
    case "discard":
      world.takeUnderWay(found);
      recordDrop(world, message, found.sendEvent, "lost-by-hand");
      break;
    case "copy":
      world.copyUnderWay(found);
      break;
    case "postpone":
      if (world.config.network === "manual") return refuse(t("in a manual network every message waits for a step"));
      world.postpone(found, action.byUs);
      break;
  }
  return done(event);
}

function tickServer(world: World, id: EndpointId, durationUs: Micros, line: number, cause: number): ActionResult {
  const server = world.server(id);
  const event = world.recorder.record(world.nowUs, EVENT_CODE.tick, id, cause, null, 2, line, durationUs);
  if (server.status !== "up" || server.raft === null) {
    return { eventId: event, number: 0, refused: statusText(server.name, server.status) };
  }
  world.simulatedEvents += tick(world, server, server.raft, durationUs, event);
  if (server.raft !== null) lookAtLeases(world, server, server.raft);
  return done(event);
}
