import { t } from "../l10n/text.js";
import type { EndpointId } from "../sim/config.js";
import type { World } from "../sim/world.js";
import { messageText } from "./message-text.js";
import { operationText } from "./operation-text.js";
import type { Recording } from "./recording.js";
import { positiveOf, readSend, termOf } from "./sent.js";
import { logRange, type ServerPicture, serverPicture } from "./server-view.js";

/** Most messages in flight that a picture holds. */
const MESSAGES = 200;
/** Log entries per server unless told otherwise. */
const LOG_WINDOW = 40;

/** A client process. */
export interface ClientPicture {
  readonly name: string;
  readonly status: "up" | "down" | "paused";
  /** Whom it believes to be leader. */
  readonly target: string | null;
  readonly pending: string | null;
}

/** A message under way. */
export interface MessagePicture {
  /** The event that sent it. */
  readonly eventId: number;
  readonly type: string;
  readonly from: string;
  readonly to: string;
  readonly term: number;
  readonly sentUs: number;
  /** `null` while a rule holds it, while it waits at a paused server or client, and while it waits to be delivered by hand. */
  readonly arrivesUs: number | null;
  readonly text: string;
  readonly positive: boolean | null;
  /** How many log entries an AppendEntries carries; 0 for all else. */
  readonly entries: number;
  /** It waits in a manual network until a step delivers or loses it. */
  readonly byHand: boolean;
}

/** A fault in force. */
export interface FaultPicture {
  readonly id: number;
  readonly text: string;
  readonly sinceUs: number;
  readonly untilUs: number | null;
}

/** The cluster after one event and everything that happened in the same step. */
export interface ClusterPicture {
  readonly eventId: number;
  readonly timeUs: number;
  readonly servers: readonly ServerPicture[];
  readonly clients: readonly ClientPicture[];
  readonly messages: readonly MessagePicture[];
  readonly moreMessages: number;
  readonly faults: readonly FaultPicture[];
  readonly blocked: readonly { readonly from: string; readonly to: string }[];
}

/** The cluster at event `eventId`; -1 is before anything happened. `logWindow`: most log entries per server. */
export function clusterAt(recording: Recording, eventId: number, logWindow = LOG_WINDOW): ClusterPicture {
  return picture(recording, recording.stateAt(eventId), eventId, logWindow);
}

/**
 * The cluster at the present instant of a recording that still grows: no replay, and time goes on in it even when nothing
 * is recorded.
 */
export function clusterNow(recording: Recording, logWindow = LOG_WINDOW): ClusterPicture {
  return picture(recording, recording.world, recording.log.count - 1, logWindow);
}

function picture(recording: Recording, world: World, eventId: number, logWindow: number): ClusterPicture {
  const range = logRange(world, logWindow);
  const servers = world.servers.flatMap((server) =>
    server === undefined ? [] : [serverPicture(world, server, range)],
  );
  const under = underWay(world);
  return {
    eventId,
    timeUs: world.nowUs,
    servers,
    clients: clientsOf(world),
    messages: under.slice(0, MESSAGES).map((message) => messagePicture(recording, message)),
    moreMessages: Math.max(0, under.length - MESSAGES),
    faults: faultsInForce(world),
    blocked: blockedPairs(world),
  };
}

/** The network's and the machines', in the order in which they began. */
function faultsInForce(world: World): FaultPicture[] {
  return [...world.network.faults, ...world.machineFaults]
    .sort((a, b) => a.number - b.number)
    .map(({ number, text, sinceUs, untilUs }) => ({ id: number, text, sinceUs, untilUs }));
}

interface UnderWay {
  readonly send: number;
  readonly arrivesUs: number | null;
  /** The paused server or client at which it waits, {@link BY_HAND}, or 0. */
  readonly waitsAt: EndpointId;
}

/** Waits in a manual network until somebody delivers it. */
const BY_HAND = -1;

/** Messages that travel, in the order of their arrival; then those that wait at paused servers and clients; then those held; then those of a manual network, oldest first. */
function underWay(world: World): UnderWay[] {
  const travelling: { readonly send: number; readonly arrivesUs: number; readonly order: number }[] = [];
  for (const item of world.queue.items()) {
    if (item.kind !== "deliver") continue;
    travelling.push({ send: item.sendEvent, arrivesUs: item.timeUs, order: item.order });
  }
  travelling.sort((a, b) => a.arrivesUs - b.arrivesUs || a.order - b.order);
  const all: UnderWay[] = travelling.map(({ send, arrivesUs }) => ({ send, arrivesUs, waitsAt: 0 }));
  for (const process of [...world.servers, ...world.clients.values()]) {
    for (const item of process?.inbox ?? []) {
      if (item.kind === "deliver") all.push({ send: item.sendEvent, arrivesUs: null, waitsAt: item.message.to });
    }
  }
  for (const { sendEvent } of world.network.held) all.push({ send: sendEvent, arrivesUs: null, waitsAt: 0 });
  for (const { sendEvent } of world.network.waiting) all.push({ send: sendEvent, arrivesUs: null, waitsAt: BY_HAND });
  return all;
}

function messagePicture(recording: Recording, { send, arrivesUs, waitsAt }: UnderWay): MessagePicture {
  const { log, world } = recording;
  const sent = readSend(log, send);
  const waits = waitsText(
    messageText(recording, sent),
    arrivesUs,
    waitsAt > 0 ? world.nameOf(waitsAt) : null,
    waitsAt === BY_HAND,
  );
  return {
    eventId: send,
    type: sent.type,
    from: world.nameOf(sent.from),
    to: world.nameOf(sent.to),
    term: termOf(sent),
    sentUs: log.timeUs(send),
    arrivesUs,
    text: waits,
    positive: positiveOf(sent),
    entries: sent.type === "AppendEntries" ? sent.entries : 0,
    byHand: waitsAt === BY_HAND,
  };
}

/** A message with what it waits for. */
function waitsText(text: string, arrivesUs: number | null, paused: string | null, byHand: boolean): string {
  if (paused !== null) return t("{0}, waits while {1} is paused", text, paused);
  if (byHand) return t("{0}, waits to be delivered", text);
  return arrivesUs === null ? t("{0}, held", text) : text;
}

function clientsOf(world: World): ClientPicture[] {
  const clients: ClientPicture[] = [];
  for (const client of world.clients.values()) {
    const pending = [...client.pending.values()];
    const [first] = pending;
    clients.push({
      name: client.name,
      status: client.status,
      target: client.believed === 0 ? null : world.nameOf(client.believed),
      pending: first === undefined ? null : pendingText(operationText(first.body), pending.length - 1),
    });
  }
  return clients;
}

function pendingText(first: string, more: number): string {
  return more === 0 ? first : t("{0} and {1} more", first, more);
}

function blockedPairs(world: World): { from: string; to: string }[] {
  if (world.network.faults.length === 0) return [];
  const endpoints = [
    ...world.servers.flatMap((server) => (server === undefined ? [] : [server.id])),
    ...world.clients.keys(),
  ];
  const pairs: { from: string; to: string }[] = [];
  for (const from of endpoints) {
    for (const to of endpoints) {
      if (from !== to && world.network.isBlocked(from, to))
        pairs.push({ from: world.nameOf(from), to: world.nameOf(to) });
    }
  }
  return pairs;
}
