import type { KvEvent } from "../kv/response.js";
import { reason } from "../raft/reason.js";
import type { Micros } from "./config.js";
import type { Kernel } from "./kernel.js";
import type { WatchTask } from "./queue.js";
import { EVENT_CODE } from "./recorder.js";
import type { SimServer } from "./server.js";
import { asWanted, respond } from "./watch-response.js";
import { hasRoom, type ServerWatch } from "./watch-table.js";

/**
 * How watches are told of changes (etcd: mvcc/watchable_store.go): synced ones at once, one response for each revision;
 * the others by a loop, with many revisions in a response.
 */

/** The loop that catches up runs at the multiples of this (etcd: syncWatchersLoop). */
const SYNC_INTERVAL: Micros = 100_000;
/** Revisions in one response (etcd: watchBatchMaxRevs). */
const REVISIONS_PER_RESPONSE = 1000;
/** Watches that the loop looks at in one turn (etcd: maxWatchersPerSync). */
const WATCHES_PER_TURN = 512;

/** Tells the synced watches of what was changed in one revision, all of it together. */
export function notifyWatches(kernel: Kernel, server: SimServer, changes: readonly KvEvent[], cause: number): void {
  const concerned = new Map<ServerWatch, KvEvent[]>();
  for (const change of changes) {
    server.watches.at(change.kv.key, (watch) => {
      if (watch.behind !== null || change.kv.modRevision < watch.nextRevision) return;
      const events = concerned.get(watch);
      if (events === undefined) concerned.set(watch, [change]);
      else events.push(change);
    });
  }
  if (concerned.size === 0) return;
  const revision = changes[0]?.kv.modRevision ?? 0;
  const { raft } = server;
  for (const [watch, events] of [...concerned].sort(([a], [b]) => a.watch - b.watch)) {
    // A crash point may strike as a response leaves.
    if (server.raft !== raft) return;
    if (!hasRoom(watch)) {
      // Its receiver has not taken what was sent before: it is caught up when it has.
      watch.nextRevision = revision;
      const why = reason("watch-behind-slow", revision, watch.sequence - watch.arrived);
      server.watches.unsync(watch, { why, event: cause });
      continue;
    }
    watch.nextRevision = revision + 1;
    const wanted = asWanted(server, watch, events);
    if (wanted.length === 0) continue;
    watch.told = true;
    respond(kernel, server, watch, { revision, events: wanted }, cause, null);
  }
}

/** A snapshot replaced the store, which was at `revision`: synced watches are caught up with what came since. */
export function unsyncAll(kernel: Kernel, server: SimServer, revision: number, event: number): void {
  const { watches, machine } = server;
  for (const watch of watches.list()) {
    if (watch.behind !== null) continue;
    watch.nextRevision = Math.max(watch.nextRevision, revision + 1);
    const why = reason("watch-behind-snapshot", watch.nextRevision, machine.store.revision);
    watches.unsync(watch, { why, event });
  }
  queueSync(kernel, server);
}

/** The receiver of a watch has taken a response. What waited for that is caught up by the next turn of the loop. */
export function responseArrived(
  kernel: Kernel,
  server: SimServer | undefined,
  response: {
    readonly watch: number;
    readonly stream: number;
    readonly incarnation: number;
    readonly sequence: number;
  },
): void {
  if (server === undefined || server.incarnation !== response.incarnation) return;
  const watch = server.watches.get(response.watch);
  if (watch === undefined || watch.stream !== response.stream || watch.arrived >= response.sequence) return;
  watch.arrived = response.sequence;
  if (watch.behind !== null) queueSync(kernel, server);
}

/** Has the loop take its next turn, if it does not already, and if there is somebody to catch up who takes something. */
export function queueSync(kernel: Kernel, server: SimServer): void {
  const { watches } = server;
  if (watches.syncQueued || !watches.unsynced().some(hasRoom)) return;
  watches.syncQueued = true;
  queueTask(kernel, server, (Math.floor(kernel.nowUs / SYNC_INTERVAL) + 1) * SYNC_INTERVAL, { kind: "sync" });
}

/** Puts something to do for watches in the queue. */
export function queueTask(kernel: Kernel, server: SimServer, timeUs: Micros, task: WatchTask): void {
  const { id, incarnation } = server;
  kernel.queue.push({
    kind: "watch-server",
    timeUs,
    order: kernel.queue.nextOrder(),
    server: id,
    incarnation,
    task,
  });
}

/** A turn of the loop: each watch that is behind gets at most one response, or is synced, or ends where history is gone. */
export function syncWatches(kernel: Kernel, server: SimServer): void {
  const { watches, raft } = server;
  watches.syncQueued = false;
  let turns = 0;
  for (const watch of watches.unsynced()) {
    if (server.raft !== raft) return;
    if (turns >= WATCHES_PER_TURN) break;
    if (!hasRoom(watch)) continue;
    turns += 1;
    catchUp(kernel, server, watch);
  }
  if (server.raft === raft) queueSync(kernel, server);
}

function catchUp(kernel: Kernel, server: SimServer, watch: ServerWatch): void {
  const { watches } = server;
  const { store } = server.machine;
  const { behind, nextRevision: first } = watch;
  if (behind === null) return;
  if (first < store.compactRevision) {
    watches.remove(watch);
    const why = reason("watch-compacted", first, store.compactRevision);
    const { compactRevision } = store;
    respond(
      kernel,
      server,
      watch,
      { revision: 0, canceled: true, error: "compacted", compactRevision },
      behind.event,
      why,
    );
    return;
  }
  if (first > store.revision) {
    watches.sync(watch);
    return;
  }
  const { events, more } = nextBatch(server, watch, first);
  watch.nextRevision = more > 0 ? more : store.revision + 1;
  if (more > 0) watches.unsync(watch, behind);
  else watches.sync(watch);
  const wanted = asWanted(server, watch, events);
  if (wanted.length === 0) return;
  watch.told = true;
  const { recorder, nowUs } = kernel;
  const event = recorder.record(
    nowUs,
    EVENT_CODE["watch-catch-up"],
    server.id,
    behind.event,
    behind.why,
    5,
    watch.watch,
    first,
    store.revision,
    wanted.length,
    more > 0 ? 1 : 0,
  );
  respond(kernel, server, watch, { revision: store.revision, events: wanted }, event, null);
}

/** Events from `first` on, of so many revisions at the most; `more`: the first revision that is left, 0 for none. */
function nextBatch(
  server: SimServer,
  { options: { key, rangeEnd = "" } }: ServerWatch,
  first: number,
): { readonly events: readonly KvEvent[]; readonly more: number } {
  const { store } = server.machine;
  const range = { key: key === "" ? "\0" : key, rangeEnd };
  const events: KvEvent[] = [];
  let revisions = 0;
  // What is far ahead is not read yet, unless few of the revisions concern the watch.
  let window = REVISIONS_PER_RESPONSE;
  for (let from = first; from <= store.revision; from += window, window *= 2) {
    for (const event of store.eventsSince(from, range, from + window - 1)) {
      const { modRevision } = event.kv;
      if (modRevision !== events.at(-1)?.kv.modRevision) revisions += 1;
      if (revisions > REVISIONS_PER_RESPONSE) return { events, more: modRevision };
      events.push(event);
    }
  }
  return { events, more: 0 };
}
