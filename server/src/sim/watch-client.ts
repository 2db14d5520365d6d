import type { ClientProcess, WatchStream } from "./client.js";
import type { EndpointId } from "./config.js";
import type { Kernel } from "./kernel.js";
import type { WatchResponse } from "./message.js";
import { EVENT_CODE } from "./recorder.js";
import type { WatchOptions } from "./watch-options.js";

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
    received: [],
    progress: [],
    cancellation: null,
    cancelled: false,
  });
  const target = at ?? client.believed;
  const watch: WatchStream = {
    number,
    options,
    at,
    target,
    stream: 0,
    sequence: 0,
    nextRevision: options.startRevision,
    alive: false,
  };
  client.watches.set(number, watch);
  connect(kernel, client, watch, eventId);
  return { number, eventId };
}

/** Ends a watch; nothing more is received on it. */
export function closeWatch(kernel: Kernel, client: ClientProcess, number: number, line: number, cause: number): number {
  const eventId = kernel.recorder.record(kernel.nowUs, EVENT_CODE.unwatch, client.id, cause, null, 2, line, number);
  const watch = client.watches.get(number);
  client.watches.delete(number);
  const record = kernel.history?.watch(number);
  if (record !== undefined) record.cancelled = true;
  if (watch !== undefined) {
    kernel.transmit({ type: "WatchCancelRequest", from: client.id, to: watch.target, watch: number }, eventId, null);
  }
  return eventId;
}

/** A response reaches its client. A gap in the stream makes it resume from the first revision it has not seen. */
export function receiveWatchResponse(
  kernel: Kernel,
  client: ClientProcess,
  message: WatchResponse,
  sendEvent: number,
): void {
  const event = kernel.recorder.record(kernel.nowUs, EVENT_CODE.deliver, client.id, sendEvent, null, 0);
  const watch = client.watches.get(message.watch);
  if (watch === undefined || message.stream !== watch.stream || message.sequence <= watch.sequence) return;
  // A server that crashed counts anew: then only the revisions show that something is missing.
  const missed = watch.nextRevision !== 0 && message.after >= watch.nextRevision;
  if (message.sequence !== watch.sequence + 1 || missed) {
    resume(kernel, client, watch, watch.target, event);
    return;
  }
  watch.sequence = message.sequence;
  watch.alive = true;
  const record = kernel.history?.watch(watch.number);
  if (watch.nextRevision === 0) {
    watch.nextRevision = message.revision + 1;
    if (record !== undefined) record.fromRevision = watch.nextRevision;
  }
  const events = message.events.filter(({ kv }) => kv.modRevision >= watch.nextRevision);
  const first = events[0];
  const last = events.at(-1);
  if (first === undefined || last === undefined) return;
  watch.nextRevision = last.kv.modRevision + 1;
  const { nowUs } = kernel;
  const code = EVENT_CODE["watch-events"];
  const eventId = kernel.recorder.record(
    nowUs,
    code,
    client.id,
    event,
    null,
    4,
    watch.number,
    first.kv.modRevision,
    last.kv.modRevision,
    events.length,
  );
  for (const change of events) record?.received.push({ event: change, timeUs: nowUs, eventId });
}

/** The client looks after a watch once per `client-timeout`: a silent server is left for the next one. */
export function watchTimerDue(kernel: Kernel, client: ClientProcess, number: number, stream: number): boolean {
  const watch = client.watches.get(number);
  if (watch === undefined || watch.stream !== stream) return false;
  const target = watch.alive || watch.at !== null ? watch.target : (watch.target % kernel.serverCount) + 1;
  resume(kernel, client, watch, target, -1);
  return true;
}

function resume(kernel: Kernel, client: ClientProcess, watch: WatchStream, target: EndpointId, cause: number): void {
  watch.target = target;
  const code = EVENT_CODE["watch-resume"];
  const event = kernel.recorder.record(kernel.nowUs, code, client.id, cause, null, 2, watch.number, watch.nextRevision);
  connect(kernel, client, watch, event);
}

function connect(kernel: Kernel, client: ClientProcess, watch: WatchStream, cause: number): void {
  watch.stream += 1;
  watch.sequence = 0;
  watch.alive = false;
  const { number, stream, options, nextRevision: revision, target } = watch;
  kernel.transmit(
    { type: "WatchCreateRequest", from: client.id, to: target, watch: number, stream, options, revision },
    cause,
    null,
  );
  const timeUs = kernel.nowUs + kernel.config.clientTimeout;
  kernel.queue.push({
    kind: "watch",
    timeUs,
    order: kernel.queue.nextOrder(),
    client: client.id,
    watch: number,
    stream,
  });
}
