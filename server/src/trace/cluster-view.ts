import { t } from "../l10n/text.js";
import type { EndpointId } from "../sim/config.js";
import type { World } from "../sim/world.js";
import { type ClientPicture, clientsOf } from "./client-view.js";
import { type FaultPicture, faultsInForce } from "./fault-view.js";
import { messageText } from "./message-text.js";
import type { Recording } from "./recording.js";
import { positiveOf, readSend, termOf } from "./sent.js";
import { type LogRange, logRange, type ServerPicture, serverPicture } from "./server-view.js";
import { type WatchPicture, watchesAt } from "./watches-view.js";

/** Most messages in flight that a picture holds. */
const MESSAGES = 200;
/** Watches that a picture holds. */
const WATCHES = 50;
/** Log entries per server unless told otherwise. */
const LOG_WINDOW = 40;

/** A message under way. */
export interface MessagePicture {
  /** The event that sent it. */
  readonly eventId: number;
  /** Which of several copies of the message under way, from 0. */
  readonly copy: number;
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
  /** A step can name it: it travels, or waits in a manual network. */
  readonly nameable: boolean;
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
  /** The indices of the logs that are shown, and the last that any log has. */
  readonly logRange: LogRange & { readonly last: number };
  /** The newest watches, in the order of creation, each with its newest change. */
  readonly watches: readonly WatchPicture[];
  readonly moreWatches: number;
}

/** Which part of logs and stores a picture holds. */
export interface PictureWindow {
  /** Most log entries per server; 40 when left out. */
  readonly logWindow?: number | undefined;
  /** The last index shown; the newest entries when left out. */
  readonly logEnd?: number | undefined;
  /** Keys behind this one; from the first when left out. */
  readonly keysAfter?: string | undefined;
}

/** The cluster at event `eventId`; -1 is before anything happened. */
export function clusterAt(recording: Recording, eventId: number, window: PictureWindow = {}): ClusterPicture {
  return picture(recording, recording.stateAt(eventId), eventId, window);
}

/**
 * The cluster at the present instant of a recording that still grows: no replay, and time goes on in it even when nothing
 * is recorded.
 */
export function clusterNow(recording: Recording, window: PictureWindow = {}): ClusterPicture {
  return picture(recording, recording.world, recording.log.count - 1, window);
}

function picture(recording: Recording, world: World, eventId: number, window: PictureWindow): ClusterPicture {
  const { logWindow = LOG_WINDOW, logEnd, keysAfter } = window;
  const range = logRange(world, logWindow, logEnd);
  const servers = world.servers.flatMap((server) =>
    server === undefined ? [] : [serverPicture(world, server, range, keysAfter)],
  );
  const under = underWay(world);
  const shown = under.slice(0, MESSAGES);
  const { watches, moreWatches } = watchesAt(recording, world, 1);
  const hidden = Math.max(0, watches.length - WATCHES);
  return {
    eventId,
    timeUs: world.nowUs,
    servers,
    clients: clientsOf(recording, world),
    messages: shown.map((message) => messagePicture(recording, message)),
    moreMessages: under.length - shown.length,
    faults: faultsInForce(world),
    blocked: blockedPairs(world),
    logRange: range,
    watches: watches.slice(hidden),
    moreWatches: moreWatches + hidden,
  };
}

interface UnderWay {
  readonly send: number;
  readonly arrivesUs: number | null;
  /** The paused server or client at which it waits, {@link BY_HAND}, {@link HELD}, or 0. */
  readonly waitsAt: EndpointId;
  readonly copy: number;
}

/** Waits in a manual network until somebody delivers it. */
const BY_HAND = -1;
/** A rule keeps it. */
const HELD = -2;

/** Messages that travel, in the order of their arrival; then those that wait at paused servers and clients; then those held; then those of a manual network, oldest first. */
function underWay(world: World): UnderWay[] {
  const travelling: { readonly send: number; readonly arrivesUs: number; readonly order: number }[] = [];
  for (const item of world.queue.items()) {
    if (item.kind !== "deliver") continue;
    travelling.push({ send: item.sendEvent, arrivesUs: item.timeUs, order: item.order });
  }
  travelling.sort((a, b) => a.arrivesUs - b.arrivesUs || a.order - b.order);
  const all: Omit<UnderWay, "copy">[] = travelling.map(({ send, arrivesUs }) => ({ send, arrivesUs, waitsAt: 0 }));
  for (const process of [...world.servers, ...world.clients.values()]) {
    for (const item of process?.inbox ?? []) {
      if (item.kind === "deliver") all.push({ send: item.sendEvent, arrivesUs: null, waitsAt: item.message.to });
    }
  }
  for (const { sendEvent } of world.network.held) all.push({ send: sendEvent, arrivesUs: null, waitsAt: HELD });
  for (const { sendEvent } of world.network.waiting) all.push({ send: sendEvent, arrivesUs: null, waitsAt: BY_HAND });
  const copies = new Map<number, number>();
  return all.map((each) => {
    const copy = copies.get(each.send) ?? 0;
    copies.set(each.send, copy + 1);
    return { ...each, copy };
  });
}

function messagePicture(recording: Recording, { send, arrivesUs, waitsAt, copy }: UnderWay): MessagePicture {
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
    copy,
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
    nameable: waitsAt === 0 || waitsAt === BY_HAND,
  };
}

/** A message with what it waits for. */
function waitsText(text: string, arrivesUs: number | null, paused: string | null, byHand: boolean): string {
  if (paused !== null) return t("{0}, waits while {1} is paused", text, paused);
  if (byHand) return t("{0}, waits to be delivered", text);
  return arrivesUs === null ? t("{0}, held", text) : text;
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
