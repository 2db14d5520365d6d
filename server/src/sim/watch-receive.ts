import { reason } from "../raft/reason.js";
import type { ClientProcess, WatchStream } from "./client.js";
import type { Kernel } from "./kernel.js";
import type { WatchPong, WatchResponse } from "./message.js";
import { EVENT_CODE } from "./recorder.js";
import { forget, resume, resumeLater } from "./watch-client.js";
import { responseArrived } from "./watch-notify.js";
import { WATCH_ERRORS } from "./watch-options.js";

/** What reaches a client on its watches (etcd: clientv3/watch.go, run and serveSubstream). */

/** A response reaches its client. A gap in the connection makes it open the watch anew, from the first revision it has not seen. */
export function receiveWatchResponse(
  kernel: Kernel,
  client: ClientProcess,
  message: WatchResponse,
  sendEvent: number,
): void {
  responseArrived(kernel, kernel.servers[message.from], message);
  const watch = client.watches.get(message.watch);
  if (watch === undefined || message.stream !== watch.stream || watch.broken !== null) {
    unexpected(kernel, client, watch, message, sendEvent);
    return;
  }
  const arrived = (): number => kernel.recorder.record(kernel.nowUs, EVENT_CODE.deliver, client.id, sendEvent, null, 0);
  if (watch.incarnation !== 0 && message.incarnation !== watch.incarnation) {
    resume(kernel, client, watch, watch.target, reason("watch-other-life", watch.target), arrived());
    return;
  }
  const expected = watch.sequence + 1;
  if (message.sequence < expected) {
    arrived();
    return;
  }
  if (message.sequence > expected) {
    resume(kernel, client, watch, watch.target, reason("watch-gap", expected, message.sequence), arrived());
    return;
  }
  watch.incarnation = message.incarnation;
  watch.sequence = message.sequence;
  watch.alive = true;
  take(kernel, client, watch, message, arrived());
}

/** The answer to a ping: the connection is there, or it is not, or its last responses never came. */
export function receiveWatchPong(kernel: Kernel, client: ClientProcess, message: WatchPong, sendEvent: number): void {
  const event = kernel.recorder.record(kernel.nowUs, EVENT_CODE.deliver, client.id, sendEvent, null, 0);
  const watch = client.watches.get(message.watch);
  if (watch === undefined || message.stream !== watch.stream || watch.broken !== null) return;
  const { target } = watch;
  if (message.sequence === 0) {
    resume(kernel, client, watch, target, reason("watch-forgotten", target), event);
  } else if (watch.incarnation !== 0 && message.incarnation !== watch.incarnation) {
    resume(kernel, client, watch, target, reason("watch-other-life", target), event);
  } else if (message.sequence > watch.sequence) {
    const why = reason("watch-lost-tail", watch.sequence, message.sequence);
    resume(kernel, client, watch, target, why, event);
  } else watch.alive = true;
}

/**
 * A response on a connection that its client has given up, or of a watch that it does not know: the server is told so, unless
 * a newer connection to the same server has told it already.
 */
function unexpected(
  kernel: Kernel,
  client: ClientProcess,
  watch: WatchStream | undefined,
  message: WatchResponse,
  sendEvent: number,
): void {
  const stale = !message.canceled && (watch === undefined || watch.target !== message.from);
  const why = stale ? reason("watch-unexpected", message.from) : null;
  const event = kernel.recorder.record(kernel.nowUs, EVENT_CODE.deliver, client.id, sendEvent, why, 0);
  if (!stale) return;
  const { from: to, watch: number, stream } = message;
  kernel.transmit({ type: "WatchCancelRequest", from: client.id, to, watch: number, stream }, event, null);
}

/** The next response of a connection, in its place. */
function take(kernel: Kernel, client: ClientProcess, watch: WatchStream, message: WatchResponse, event: number): void {
  if (message.canceled) canceled(kernel, client, watch, message, event);
  else if (message.created) created(kernel, client, watch, message, event);
  else if (message.events.length === 0) progress(kernel, client, watch, message, event);
  else received(kernel, client, watch, message, event);
}

/** A watch from now on is from now on wherever it goes: it is to get what comes after the store's revision here. */
function created(
  kernel: Kernel,
  client: ClientProcess,
  watch: WatchStream,
  { revision, from }: WatchResponse,
  event: number,
): void {
  const record = kernel.history?.watch(watch.number);
  const connection = record?.connections.at(-1);
  if (connection !== undefined) connection.createdRevision = revision;
  if (watch.nextRevision === 0) {
    watch.nextRevision = revision + 1;
    if (record !== undefined) record.fromRevision = watch.nextRevision;
  }
  const code = EVENT_CODE["watch-created"];
  kernel.recorder.record(kernel.nowUs, code, client.id, event, null, 3, watch.number, revision, from);
}

/** The server ended it. Where another may serve it the client goes on; its user hears of what is over. */
function canceled(
  kernel: Kernel,
  client: ClientProcess,
  watch: WatchStream,
  { error, compactRevision, from }: WatchResponse,
  cause: number,
): void {
  const code = error === null ? -1 : WATCH_ERRORS.indexOf(error);
  // A watch that requires a leader ends for its user (clientv3/watch.go, ErrNoLeader); a learner is left for a voter.
  if (error === "learner" && watch.at === null) {
    resumeLater(kernel, client, watch, reason("watch-refused", from, code), cause);
    return;
  }
  const { recorder, nowUs } = kernel;
  const { number } = watch;
  const kind = EVENT_CODE["watch-canceled"];
  const event = recorder.record(nowUs, kind, client.id, cause, null, 3, number, code + 1, compactRevision);
  forget(kernel, client, number, error, compactRevision, event);
}

/** A server that is behind the one before may be less far than what its client has seen already: that is no progress. */
function progress(
  kernel: Kernel,
  client: ClientProcess,
  watch: WatchStream,
  { revision }: WatchResponse,
  cause: number,
): void {
  if (revision < watch.seenRevision) return;
  watch.seenRevision = revision;
  watch.nextRevision = Math.max(watch.nextRevision, revision + 1);
  const { recorder, nowUs: timeUs } = kernel;
  const code = EVENT_CODE["watch-notified"];
  const eventId = recorder.record(timeUs, code, client.id, cause, null, 2, watch.number, revision);
  kernel.history?.watch(watch.number)?.progress.push({ revision, timeUs, eventId });
}

/** Events are handed on when their response is complete. */
function received(
  kernel: Kernel,
  client: ClientProcess,
  watch: WatchStream,
  message: WatchResponse,
  cause: number,
): void {
  const events = watch.fragments.length === 0 ? message.events : [...watch.fragments, ...message.events];
  watch.fragments = message.fragment ? events : [];
  if (message.fragment) return;
  const first = events[0]?.kv.modRevision ?? 0;
  const last = events.at(-1)?.kv.modRevision ?? 0;
  watch.seenRevision = last;
  watch.nextRevision = last + 1;
  const { recorder, nowUs: timeUs } = kernel;
  const code = EVENT_CODE["watch-events"];
  const { number } = watch;
  const eventId = recorder.record(timeUs, code, client.id, cause, null, 4, number, first, last, events.length);
  const record = kernel.history?.watch(number);
  for (const event of events) record?.received.push({ event, timeUs, eventId });
}
