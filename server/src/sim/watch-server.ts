import { inRange } from "../kv/key-range.js";
import type { KvEvent } from "../kv/response.js";
import type { Kernel } from "./kernel.js";
import type { WatchCancelRequest, WatchCreateRequest } from "./message.js";
import { EVENT_CODE } from "./recorder.js";
import type { ServerWatch, SimServer } from "./server.js";

/**
 * Opens, resumes or keeps alive a watch at a server: it answers where the store stands and sends what the client
 * has missed. Watches are served from the server's own state, as etcd's members do. A request that arrives again, or
 * after the one of a later stream, opens nothing.
 */
export function receiveWatchCreate(
  kernel: Kernel,
  server: SimServer,
  request: WatchCreateRequest,
  sendEvent: number,
): void {
  const event = kernel.recorder.record(kernel.nowUs, EVENT_CODE.deliver, server.id, sendEvent, null, 0);
  const known = server.watches.find((w) => w.client === request.from && w.watch === request.watch);
  if (known !== undefined && known.stream >= request.stream) return;
  server.watches = server.watches.filter((w) => w !== known);
  const { watch, stream, options } = request;
  const told = request.revision === 0 ? server.machine.store.revision : request.revision - 1;
  const opened: ServerWatch = { client: request.from, watch, stream, options, sequence: 0, told };
  server.watches.push(opened);
  const past = request.revision === 0 ? [] : server.machine.store.eventsSince(request.revision, options);
  send(kernel, server, opened, past, true, event);
}

/** Ends a watch. */
export function receiveWatchCancel(
  kernel: Kernel,
  server: SimServer,
  request: WatchCancelRequest,
  sendEvent: number,
): void {
  kernel.recorder.record(kernel.nowUs, EVENT_CODE.deliver, server.id, sendEvent, null, 0);
  server.watches = server.watches.filter((w) => w.client !== request.from || w.watch !== request.watch);
}

/** Sends the changes just applied to the watches they concern: one response per watch, in revision order. */
export function notifyWatches(kernel: Kernel, server: SimServer, changes: readonly KvEvent[], cause: number): void {
  for (const watch of server.watches) {
    const events = changes.filter(({ kv }) => inRange(kv.key, watch.options));
    if (events.length > 0) send(kernel, server, watch, events, false, cause);
  }
}

/** A snapshot replaced the store, which was at `revision`: watches get the changes since then. */
export function catchUpWatches(kernel: Kernel, server: SimServer, revision: number, cause: number): void {
  const { store } = server.machine;
  for (const watch of server.watches) {
    const events = store.eventsSince(revision + 1, watch.options);
    if (events.length > 0) send(kernel, server, watch, events, false, cause);
  }
}

function send(
  kernel: Kernel,
  server: SimServer,
  watch: ServerWatch,
  events: readonly KvEvent[],
  created: boolean,
  cause: number,
): void {
  watch.sequence += 1;
  const { client: to, watch: number, stream, sequence, told: after } = watch;
  const { revision } = server.machine.store;
  kernel.transmit(
    { type: "WatchResponse", from: server.id, to, watch: number, stream, sequence, created, after, revision, events },
    cause,
    null,
  );
  watch.told = events.at(-1)?.kv.modRevision ?? after;
}
