import { compareKeys } from "../kv/key-order.js";
import { FROM_KEY } from "../kv/key-range.js";
import { type Reason, reason } from "../raft/reason.js";
import type { Micros } from "./config.js";
import type { Kernel } from "./kernel.js";
import type { WatchCancelRequest, WatchCreateRequest, WatchPing, WatchProgressRequest } from "./message.js";
import { RandomStream } from "./random.js";
import { EVENT_CODE } from "./recorder.js";
import type { SimServer } from "./server.js";
import { queueSync } from "./watch-notify.js";
import type { WatchOptions } from "./watch-options.js";
import { refuse, respond } from "./watch-response.js";
import type { Behind, ServerWatch } from "./watch-table.js";
import { queueLeaderLook, queueProgress } from "./watch-tasks.js";

/**
 * What clients ask of a server for their watches (etcd: etcdserver/api/v3rpc/watch.go). Watches are served from the
 * server's own state, as etcd's members do, leader or not.
 */

/** The share of the interval by which progress notifications are shifted at the most, so that not all come at once. */
const PROGRESS_JITTER = 10;

/**
 * Opens or resumes a watch: says where the store stands, and what the watch wants of the past follows. A request that
 * arrives again, or after the one of a later connection, opens nothing.
 */
export function receiveWatchCreate(
  kernel: Kernel,
  server: SimServer,
  request: WatchCreateRequest,
  sendEvent: number,
): void {
  const { watches, machine } = server;
  const known = watches.get(request.watch);
  if (known !== undefined && known.stream >= request.stream) {
    delivered(kernel, server, sendEvent, reason("watch-known"));
    return;
  }
  const refusal = refusalOf(server, request.options);
  if (refusal !== null) {
    const event = delivered(kernel, server, sendEvent, refusal.why);
    refuse(kernel, server, request, refusal.error, refusal.error === "empty-watcher-range", event, refusal.why);
    return;
  }
  if (known !== undefined) watches.remove(known);
  const { revision } = machine.store;
  const first = request.revision === 0 ? revision + 1 : request.revision;
  const why = startReason(request.revision, first, revision);
  const event = delivered(kernel, server, sendEvent, why);
  const watch = openedWatch(kernel, request, first, first <= revision ? { why, event } : null);
  watches.add(watch);
  respond(kernel, server, watch, { revision, created: true }, event, null);
  if (watch.behind !== null) queueSync(kernel, server);
  if (watch.progressUs > 0) queueProgress(kernel, server, watch);
  if (watch.options.requireLeader) queueLeaderLook(kernel, server);
}

/** Ends a connection of a watch. */
export function receiveWatchCancel(
  kernel: Kernel,
  server: SimServer,
  request: WatchCancelRequest,
  sendEvent: number,
): void {
  const { watches, machine } = server;
  const watch = watches.get(request.watch);
  if (watch === undefined || watch.stream !== request.stream) {
    delivered(kernel, server, sendEvent, reason("watch-cancel-unknown"));
    return;
  }
  const event = delivered(kernel, server, sendEvent, null);
  watches.remove(watch);
  respond(kernel, server, watch, { revision: machine.store.revision, canceled: true }, event, null);
}

/**
 * Tells all watches of a client how far they have come, or none of them while one is still to be caught up: it would be
 * wrong for that one (etcd: progressIfSync, since 3.4.25 and 3.5.8; before, it was told at once, issue 15220). etcd has one connection
 * for all of them and answers once; here each has its own, and its own answer.
 */
export function receiveWatchProgress(
  kernel: Kernel,
  server: SimServer,
  request: WatchProgressRequest,
  sendEvent: number,
): void {
  const { watches, machine } = server;
  const own = watches.list().filter(({ client }) => client === request.from);
  const unsynced = own.find(({ behind }) => behind !== null);
  if (unsynced !== undefined) {
    delivered(kernel, server, sendEvent, reason("watch-progress-unsynced", unsynced.watch));
    return;
  }
  const event = delivered(kernel, server, sendEvent, null);
  const { revision } = machine.store;
  const why = reason("watch-progress-asked", revision);
  for (const watch of own) respond(kernel, server, watch, { revision }, event, why);
}

/** Says whether the connection of a watch is still there. */
export function receiveWatchPing(kernel: Kernel, server: SimServer, ping: WatchPing, sendEvent: number): void {
  const event = delivered(kernel, server, sendEvent, null);
  const watch = server.watches.get(ping.watch);
  const { from: to, watch: number, stream } = ping;
  const sequence = watch?.stream === stream ? watch.sequence : 0;
  const { id: from, incarnation } = server;
  kernel.transmit({ type: "WatchPong", from, to, watch: number, stream, incarnation, sequence }, event, null);
}

function delivered(kernel: Kernel, server: SimServer, sendEvent: number, why: Reason | null): number {
  return kernel.recorder.record(kernel.nowUs, EVENT_CODE.deliver, server.id, sendEvent, why, 0);
}

/** Why a server does not open a watch; `null` when it does. */
function refusalOf(
  { raft, id }: SimServer,
  options: WatchOptions,
): { readonly error: "learner" | "no-leader" | "empty-watcher-range"; readonly why: Reason } | null {
  if (raft?.configuration.learners.includes(id)) return { error: "learner", why: reason("watch-refused-learner") };
  if (options.requireLeader && raft?.leader === 0) {
    return { error: "no-leader", why: reason("watch-refused-no-leader") };
  }
  const { key, rangeEnd = "" } = options;
  if (rangeEnd === "" || rangeEnd === FROM_KEY || compareKeys(key, rangeEnd) < 0) return null;
  return { error: "empty-watcher-range", why: reason("watch-range-empty") };
}

function startReason(asked: number, first: number, revision: number): Reason {
  if (asked === 0) return reason("watch-from-now", first);
  return first <= revision
    ? reason("watch-behind-past", first, revision)
    : reason("watch-from-future", first, revision);
}

function openedWatch(
  kernel: Kernel,
  { from: client, watch, stream, options }: WatchCreateRequest,
  nextRevision: number,
  behind: Behind | null,
): ServerWatch {
  const progressUs = options.progressNotify ? progressInterval(kernel, watch, stream) : 0;
  return { client, watch, stream, options, sequence: 0, arrived: 0, nextRevision, behind, progressUs, told: false };
}

/** Every connection has an interval of its own (etcdserver/api/v3rpc/watch.go, GetProgressReportInterval). */
function progressInterval({ config }: Kernel, watch: number, stream: number): Micros {
  // A stream of randomness of its own for each: nothing else is drawn from it.
  const random = RandomStream.of(config.seed, `watch ${watch} ${stream}`);
  return config.watchProgress + random.integer(0, Math.floor(config.watchProgress / PROGRESS_JITTER));
}
