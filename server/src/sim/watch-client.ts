import { t } from "../l10n/text.js";
import { type Reason, reason } from "../raft/reason.js";
import type { ClientProcess, WatchStream } from "./client.js";
import type { EndpointId, Micros } from "./config.js";
import type { Kernel } from "./kernel.js";
import { EVENT_CODE } from "./recorder.js";
import type { WatchError, WatchOptions } from "./watch-options.js";

/** Watches as etcd's clients keep them (clientv3/watch.go): opened, looked after, opened anew where they broke, ended. */

/** A server that refused a watch is left alone for this share of `client-timeout`. */
const BACK_OFFS_PER_TIMEOUT = 40;

/** Opens a watch and returns its number. */
export function openWatch(
  kernel: Kernel,
  client: ClientProcess,
  request: { readonly name: string; readonly options: WatchOptions; readonly at: EndpointId | null },
  line: number,
  cause: number,
): { number: number; eventId: number } {
  const number = kernel.nextNumber("watch");
  const eventId = kernel.recorder.record(kernel.nowUs, EVENT_CODE.watch, client.id, cause, null, 2, line, number);
  const { name, options, at } = request;
  kernel.history?.watches.push({
    number,
    name,
    client: client.id,
    options,
    fromRevision: options.startRevision,
    connections: [],
    received: [],
    progress: [],
    cancelled: false,
    cancellation: null,
  });
  const target = at ?? client.believed;
  const watch: WatchStream = {
    number,
    options,
    at,
    target,
    stream: 0,
    incarnation: 0,
    sequence: 0,
    nextRevision: options.startRevision,
    seenRevision: 0,
    alive: false,
    fragments: [],
    broken: null,
  };
  client.watches.set(number, watch);
  connect(kernel, client, watch, eventId);
  return { number, eventId };
}

/** Ends a watch for its user; nothing more is received on it. */
export function closeWatch(kernel: Kernel, client: ClientProcess, number: number, line: number, cause: number): number {
  const eventId = kernel.recorder.record(kernel.nowUs, EVENT_CODE.unwatch, client.id, cause, null, 2, line, number);
  const watch = client.watches.get(number);
  if (watch === undefined) return eventId;
  forget(kernel, client, number, null, 0, eventId);
  const { target: to, stream } = watch;
  kernel.transmit({ type: "WatchCancelRequest", from: client.id, to, watch: number, stream }, eventId, null);
  return eventId;
}

/** Asks the server of a watch how far the client's watches there have come. */
export function askProgress(
  kernel: Kernel,
  client: ClientProcess,
  number: number,
  line: number,
  cause: number,
): { readonly eventId: number; readonly refused: string | null } {
  const code = EVENT_CODE["watch-progress"];
  const eventId = kernel.recorder.record(kernel.nowUs, code, client.id, cause, null, 2, line, number);
  const watch = client.watches.get(number);
  if (watch === undefined) return { eventId, refused: t("that watch has ended") };
  kernel.transmit({ type: "WatchProgressRequest", from: client.id, to: watch.target, watch: number }, eventId, null);
  return { eventId, refused: null };
}

/** A watch is over: its server ended it (`error`), or its client did. */
export function forget(
  kernel: Kernel,
  client: ClientProcess,
  number: number,
  error: WatchError | null,
  compactRevision: number,
  eventId: number,
): void {
  client.watches.delete(number);
  const record = kernel.history?.watch(number);
  if (record === undefined || record.cancelled) return;
  record.cancelled = true;
  record.cancellation = { error, compactRevision, timeUs: kernel.nowUs, eventId };
}

/**
 * The client looks after a watch once per `client-timeout`: it leaves a server that was silent for the next one, and asks one
 * that was not whether the connection is still there. With a negative stream it comes back after a refusal.
 */
export function watchTimerDue(kernel: Kernel, client: ClientProcess, number: number, stream: number): boolean {
  const watch = client.watches.get(number);
  if (watch === undefined || watch.stream !== Math.abs(stream)) return false;
  if (stream < 0) {
    const { broken } = watch;
    resume(kernel, client, watch, otherServer(kernel, watch), broken?.why ?? null, broken?.event ?? -1);
    return true;
  }
  // It waits for the moment to come back.
  if (watch.broken !== null) return false;
  if (!watch.alive) {
    resume(kernel, client, watch, otherServer(kernel, watch), reason("watch-silent", watch.target), -1);
    return true;
  }
  watch.alive = false;
  const { target: to } = watch;
  kernel.transmit({ type: "WatchPing", from: client.id, to, watch: number, stream }, -1, null);
  lookLater(kernel, client, watch, kernel.config.clientTimeout, stream);
  return true;
}

/** Opens a watch anew at `target`, from the first revision not seen yet. */
export function resume(
  kernel: Kernel,
  client: ClientProcess,
  watch: WatchStream,
  target: EndpointId,
  why: Reason | null,
  cause: number,
): void {
  watch.target = target;
  const { recorder, nowUs } = kernel;
  const code = EVENT_CODE["watch-resume"];
  const event = recorder.record(nowUs, code, client.id, cause, why, 3, watch.number, watch.nextRevision, target);
  connect(kernel, client, watch, event);
}

/** A server refused a watch, or ended it without its being over: the client goes to another one after a pause, not in a storm. */
export function resumeLater(
  kernel: Kernel,
  client: ClientProcess,
  watch: WatchStream,
  why: Reason,
  event: number,
): void {
  watch.broken = { why, event };
  const pauseUs = Math.ceil(kernel.config.clientTimeout / BACK_OFFS_PER_TIMEOUT);
  lookLater(kernel, client, watch, pauseUs, -watch.stream);
}

function connect(kernel: Kernel, client: ClientProcess, watch: WatchStream, cause: number): void {
  watch.stream += 1;
  watch.incarnation = 0;
  watch.sequence = 0;
  watch.alive = false;
  watch.fragments = [];
  watch.broken = null;
  const { number, stream, options, nextRevision: revision, target: to } = watch;
  kernel.history?.watch(number)?.connections.push({
    stream,
    server: to,
    startRevision: revision,
    createdRevision: null,
    timeUs: kernel.nowUs,
    eventId: cause,
  });
  kernel.transmit(
    { type: "WatchCreateRequest", from: client.id, to, watch: number, stream, options, revision },
    cause,
    null,
  );
  lookLater(kernel, client, watch, kernel.config.clientTimeout, stream);
}

function lookLater(kernel: Kernel, client: ClientProcess, watch: WatchStream, inUs: Micros, stream: number): void {
  kernel.queue.push({
    kind: "watch",
    timeUs: kernel.nowUs + inUs,
    order: kernel.queue.nextOrder(),
    client: client.id,
    watch: watch.number,
    stream,
  });
}

/** The server to go to after this one; a watch that is bound to one stays with it. */
function otherServer(kernel: Kernel, { at, target }: WatchStream): EndpointId {
  return at ?? (target % kernel.serverCount) + 1;
}
