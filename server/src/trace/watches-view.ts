import { leaseText, rangeText } from "../kv/request-text.js";
import type { ReceivedEvent, WatchRecord } from "../sim/history.js";
import type { World } from "../sim/world.js";
import { watchRequestText } from "./operation-text.js";
import type { Recording } from "./recording.js";
import { lastAtMost } from "./trace-index.js";

/** Watches that a picture holds: the newest. */
const WATCHES = 200;

/** A change that a watch received. */
export interface WatchedChange {
  readonly type: "put" | "delete";
  readonly key: string;
  readonly value: string;
  readonly revision: number;
  /** Puts since creation; 0 for a deletion. */
  readonly version: number;
  readonly lease: string | null;
  /** The value before, where the watch asked for it and there was one. */
  readonly previous: string | null;
  /** When the client received it. */
  readonly timeUs: number;
  readonly eventId: number;
  /** The event that wrote the revision. */
  readonly writtenBy: number | null;
}

/** How a watch ended. */
export interface WatchEnd {
  /** etcd's error as the language writes it, `compacted`; `null`: its client ended it, or crashed. */
  readonly error: string | null;
  /** For `compacted`: where history begins; otherwise 0. */
  readonly compactRevision: number;
  readonly timeUs: number;
  readonly eventId: number;
}

/** A watch at a moment, as its client sees it. */
export interface WatchPicture {
  /** From 1, in the order of creation. */
  readonly number: number;
  readonly name: string;
  readonly client: string;
  /** `/config/ prefix`. */
  readonly keys: string;
  /** `watch /config/ prefix from rev 3 prev-kv`. */
  readonly request: string;
  /** `connecting`: its server has not answered yet, or it looks for another one. */
  readonly state: "connecting" | "active" | "ended";
  /** The server that it is connected to, or was last. */
  readonly server: string | null;
  /** The event that opened it. */
  readonly eventId: number;
  /** The newest revision that it is known to have reached; 0 for none. */
  readonly revision: number;
  readonly end: WatchEnd | null;
  /** Changes received so far. */
  readonly received: number;
  /** The newest of them, newest first. */
  readonly changes: readonly WatchedChange[];
}

/** The watches of a run at a moment. */
export interface WatchesPicture {
  /** In the order of creation. */
  readonly watches: readonly WatchPicture[];
  /** Older ones that are left out. */
  readonly moreWatches: number;
}

/** The watches that there were when `world`, a state of the recording, stood so, each with its newest changes. */
export function watchesAt(recording: Recording, world: World, changes: number): WatchesPicture {
  // A picture shows what its whole step did.
  const upTo = world.recorder.count - 1;
  const { watches } = recording.history;
  const count = lastAtMost(watches.length, upTo, (position) => watches[position]?.connections[0]?.eventId ?? 0) + 1;
  const first = Math.max(0, count - WATCHES);
  const shown = watches.slice(first, count);
  return { watches: shown.map((watch) => picture(recording, world, watch, upTo, changes)), moreWatches: first };
}

function picture(recording: Recording, world: World, watch: WatchRecord, upTo: number, changes: number): WatchPicture {
  const { number, name, client, options, connections, received, progress, cancellation } = watch;
  const stream = world.clients.get(client)?.watches.get(number);
  const ended = cancellation !== null && cancellation.eventId <= upTo;
  const connection = connections[lastAtMost(connections.length, upTo, (at) => connections[at]?.eventId ?? 0)];
  const count = lastAtMost(received.length, upTo, (at) => received[at]?.eventId ?? 0) + 1;
  const told = progress[lastAtMost(progress.length, upTo, (at) => progress[at]?.eventId ?? 0)];
  const newest = received[count - 1];
  const connected = stream !== undefined && stream.incarnation > 0 && stream.broken === null;
  return {
    number,
    name,
    client: world.nameOf(client),
    keys: rangeText(options),
    request: watchRequestText(options),
    state: ended || stream === undefined ? "ended" : connected ? "active" : "connecting",
    server: connection === undefined ? null : world.nameOf(connection.server),
    eventId: connections[0]?.eventId ?? 0,
    revision: Math.max(newest?.event.kv.modRevision ?? 0, told?.revision ?? 0),
    end: ended ? cancellation : null,
    received: count,
    changes: received
      .slice(Math.max(0, count - changes), count)
      .reverse()
      .map((change) => changePicture(recording, change)),
  };
}

function changePicture(recording: Recording, { event, timeUs, eventId }: ReceivedEvent): WatchedChange {
  const { type, kv, previous } = event;
  return {
    type,
    key: kv.key,
    value: kv.value,
    revision: kv.modRevision,
    version: kv.version,
    lease: kv.lease === 0 ? null : leaseText(kv.lease),
    previous: previous?.value ?? null,
    timeUs,
    eventId,
    writtenBy: recording.eventOfRevision(kv.modRevision),
  };
}
