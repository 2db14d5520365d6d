import type { Command } from "../kv/command.js";
import type { Raft } from "../raft/contract.js";
import type { ClientProcess } from "./client.js";
import { clientTimerDue, receiveReply } from "./client-input.js";
import { lookAtLeases } from "./leases.js";
import type { NetworkMessage } from "./message.js";
import { concernsClient, undo } from "./process-actions.js";
import type { QueueItem } from "./queue.js";
import { receiveRequest } from "./request-input.js";
import type { SimServer } from "./server.js";
import { persisted, receive, timerDue } from "./server-input.js";
import { recordDrop } from "./transmit.js";
import { watchTimerDue } from "./watch-client.js";
import { receiveWatchPong, receiveWatchResponse } from "./watch-receive.js";
import { receiveWatchCancel, receiveWatchCreate, receiveWatchPing, receiveWatchProgress } from "./watch-server.js";
import { watchTaskDue } from "./watch-tasks.js";
import type { World } from "./world.js";

/** What comes due at a server's process, or at a client's. */
type ServerItem = Extract<QueueItem, { readonly kind: "timer" | "durable" | "lessor" | "watch-server" }>;
type ClientItem = Extract<QueueItem, { readonly kind: "client" | "watch" }>;

/** Does what has come due: a message arrives, a timer fires, a write is durable, a fault ends. */
export function processItem(world: World, item: QueueItem): void {
  switch (item.kind) {
    case "deliver":
      deliver(world, item.message, item.sendEvent, item);
      return;
    case "timer":
    case "durable":
    case "lessor":
    case "watch-server": {
      const server = world.server(item.server);
      if (server.incarnation === item.incarnation && server.raft !== null)
        dueAtServer(world, server, server.raft, item);
      return;
    }
    case "client":
    case "watch": {
      const client = world.clients.get(item.client);
      if (client === undefined) return;
      if (client.status === "paused") client.inbox.push(item);
      else if (dueAtClient(world, client, item)) world.simulatedEvents += 1;
      return;
    }
    case "undo":
      undo(world, item.undo, item.cause);
      if (!concernsClient(world, item.undo)) world.monitor?.disturbed(world.recorder.count - 1);
      return;
  }
}

function dueAtServer(world: World, server: SimServer, raft: Raft<Command>, item: ServerItem): void {
  // It was set anew to come due sooner: the item for that stands for the timer now, and this one would double it.
  if (item.kind === "timer" && server.timers[item.timer].queuedUs !== item.timeUs) return;
  if (server.status === "paused") {
    // The disk does not stand still with its server, which only hears of it later.
    if (item.kind === "durable" && !server.disk.faults.fails) server.disk.complete(item.write);
    server.inbox.push(item);
    return;
  }
  switch (item.kind) {
    case "timer":
      if (timerDue(world, server, raft, item.timer)) world.simulatedEvents += 1;
      return;
    case "durable":
      persisted(world, server, raft, item.write, item.cause);
      return;
    case "lessor":
      lookAtLeases(world, server, raft);
      return;
    case "watch-server":
      if (watchTaskDue(world, server, item.task)) world.simulatedEvents += 1;
      return;
  }
}

function dueAtClient(world: World, client: ClientProcess, item: ClientItem): boolean {
  return item.kind === "client"
    ? clientTimerDue(world, client, item.operation, item.timer, item.attempt)
    : watchTimerDue(world, client, item.watch, item.stream);
}

function deliver(world: World, message: NetworkMessage, sendEvent: number, item: QueueItem): void {
  if (world.network.isBlocked(message.from, message.to)) {
    recordDrop(world, message, sendEvent, "cut-on-the-way");
    return;
  }
  arrive(world, message, sendEvent, item);
}

/** A message is there, whatever became of its link meanwhile. `item` is kept for a receiver that is paused. */
export function arrive(world: World, message: NetworkMessage, sendEvent: number, item: QueueItem): void {
  if (message.to > world.serverCount) {
    arriveAtClient(world, message, sendEvent, item);
    return;
  }
  const server = world.server(message.to);
  if (server.raft === null) {
    recordDrop(world, message, sendEvent, "server-down");
    return;
  }
  if (server.status === "paused") {
    server.inbox.push(item);
    return;
  }
  world.simulatedEvents += 1;
  switch (message.type) {
    case "ClientRequest":
      receiveRequest(world, server, server.raft, message, sendEvent);
      return;
    case "WatchCreateRequest":
      receiveWatchCreate(world, server, message, sendEvent);
      return;
    case "WatchCancelRequest":
      receiveWatchCancel(world, server, message, sendEvent);
      return;
    case "WatchPing":
      receiveWatchPing(world, server, message, sendEvent);
      return;
    case "WatchProgressRequest":
      receiveWatchProgress(world, server, message, sendEvent);
      return;
    case "ClientRequestReply":
    case "WatchResponse":
    case "WatchPong":
      throw new Error(`a ${message.type} was sent to a server`);
    default:
      receive(world, server, server.raft, message, sendEvent);
  }
}

function arriveAtClient(world: World, message: NetworkMessage, sendEvent: number, item: QueueItem): void {
  const client = world.client(message.to);
  if (client.status === "down") {
    recordDrop(world, message, sendEvent, "server-down");
    return;
  }
  if (client.status === "paused") {
    client.inbox.push(item);
    return;
  }
  world.simulatedEvents += 1;
  if (message.type === "ClientRequestReply") receiveReply(world, client, message, sendEvent);
  else if (message.type === "WatchResponse") receiveWatchResponse(world, client, message, sendEvent);
  else if (message.type === "WatchPong") receiveWatchPong(world, client, message, sendEvent);
}
