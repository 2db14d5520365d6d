import type { KeyValue, KvEvent } from "../kv/response.js";
import { utf8Length } from "../kv/utf8.js";
import type { Reason } from "../raft/reason.js";
import type { Kernel } from "./kernel.js";
import type { WatchResponse } from "./message.js";
import type { SimServer } from "./server.js";
import type { WatchError } from "./watch-options.js";
import type { ServerWatch } from "./watch-table.js";

/** What gRPC may add to a message (etcd: etcdserver/api/v3rpc/grpc.go, grpcOverheadBytes). */
const GRPC_OVERHEAD_BYTES = 512 * 1024;

/** Bytes of a pair's or an event's numbers and field tags in a response, about. */
const EVENT_OVERHEAD_BYTES = 32;

/** What a response says besides where it belongs. */
type Content = Pick<WatchResponse, "revision"> &
  Partial<Pick<WatchResponse, "created" | "canceled" | "error" | "compactRevision" | "events">>;

/** Sends one response, in parts where the watch allows that and it is too large. */
export function respond(
  kernel: Kernel,
  server: SimServer,
  watch: ServerWatch,
  content: Content,
  cause: number,
  why: Reason | null,
): void {
  const { events = [] } = content;
  for (const part of watch.options.fragment ? fragments(events, mostBytes(kernel)) : [events]) {
    watch.sequence += 1;
    const { client: to, watch: number, stream, sequence } = watch;
    transmit(kernel, server, { to, watch: number, stream, sequence }, { ...content, ...part }, cause, why);
  }
}

/** Answers a request that opens nothing. */
export function refuse(
  kernel: Kernel,
  server: SimServer,
  request: { readonly from: number; readonly watch: number; readonly stream: number },
  error: WatchError,
  created: boolean,
  cause: number,
  why: Reason,
): void {
  const { from: to, watch, stream } = request;
  const content = { revision: server.machine.store.revision, created, canceled: true, error, fragment: false };
  transmit(kernel, server, { to, watch, stream, sequence: 1 }, content, cause, why);
}

function transmit(
  kernel: Kernel,
  server: SimServer,
  place: Pick<WatchResponse, "to" | "watch" | "stream" | "sequence">,
  content: Content & Partial<Pick<WatchResponse, "fragment">>,
  cause: number,
  why: Reason | null,
): void {
  const { revision, created = false, canceled = false, error = null, compactRevision = 0, events = [] } = content;
  kernel.transmit(
    {
      type: "WatchResponse",
      from: server.id,
      ...place,
      incarnation: server.incarnation,
      created,
      canceled,
      error,
      compactRevision,
      revision,
      events,
      fragment: content.fragment ?? false,
    },
    cause,
    why,
  );
}

/**
 * The events as the watch is to have them: without those it does not want, and with the pair before only where it asked for
 * it, the event is no creation, and history still has it (etcdserver/api/v3rpc/watch.go, sendLoop).
 */
export function asWanted(server: SimServer, { options }: ServerWatch, events: readonly KvEvent[]): readonly KvEvent[] {
  const { without, prevKv } = options;
  const wanted = without === null ? events : events.filter(({ type }) => type !== without);
  return wanted.map((event) => {
    const previous = prevKv ? pairBefore(server, event) : null;
    return previous === event.previous ? event : { type: event.type, kv: event.kv, previous };
  });
}

/** etcd reads it at the revision before that of the event: what else happened in the same revision does not count. */
function pairBefore({ machine: { store } }: SimServer, { type, kv, previous }: KvEvent): KeyValue | null {
  const { key, createRevision, modRevision } = kv;
  if ((type === "put" && createRevision === modRevision) || modRevision - 1 < store.compactRevision) return null;
  if (previous === null || previous.modRevision < modRevision) return previous;
  const read = store.range({ kind: "range", key, revision: modRevision - 1 });
  return read.kind === "range" ? (read.kvs[0] ?? null) : null;
}

function mostBytes({ config }: Kernel): number {
  return config.maxRequestBytes + GRPC_OVERHEAD_BYTES;
}

/** Parts below `most` bytes, or of one event (etcdserver/api/v3rpc/watch.go, sendFragments). */
function fragments(
  events: readonly KvEvent[],
  most: number,
): readonly { readonly events: readonly KvEvent[]; readonly fragment: boolean }[] {
  const parts: KvEvent[][] = [[]];
  let bytes = 0;
  for (const event of events) {
    const size = bytesOf(event);
    const part = parts.at(-1);
    if (part !== undefined && (part.length === 0 || bytes + size < most)) {
      part.push(event);
      bytes += size;
    } else {
      parts.push([event]);
      bytes = size;
    }
  }
  return parts.map((part, position) => ({ events: part, fragment: position < parts.length - 1 }));
}

function bytesOf({ kv, previous }: KvEvent): number {
  const pair = (of: KeyValue): number => utf8Length(of.key) + utf8Length(of.value) + EVENT_OVERHEAD_BYTES;
  return pair(kv) + (previous === null ? 0 : pair(previous));
}
