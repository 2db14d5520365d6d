import { inRange } from "../../kv/key-range.js";
import type { Revision } from "../../kv/request.js";
import type { KeyValue, KvEvent } from "../../kv/response.js";
import type { WatchedEvent, WatchedStore, WatchedStream, WatchGuarantee, WatchMark, WatchViolation } from "./watch.js";

/**
 * Compares what a watch received with all changes of the store, in order. What it has not received yet, after the last
 * revision received, is no violation. At most one violation of each kind for each event. Linear in both.
 */
export function checkWatch(stream: WatchedStream, store: WatchedStore): WatchViolation[] {
  const wanted = store.changes.filter((event) => isWanted(event, stream));
  const places = new Map(wanted.map((event, place) => [nameOf(event), place]));
  return [
    ...checkEach(stream, store, wanted, places),
    ...checkOrder(stream.received, places),
    ...checkComplete(stream, wanted),
    ...checkBookmarks(stream, wanted),
  ];
}

function isWanted(event: KvEvent, { keys, from, without }: WatchedStream): boolean {
  return event.kv.modRevision >= from && event.type !== without && inRange(event.kv.key, keys);
}

/** A key changes at most once in a revision, but for transactions that delete and put; the type tells these apart. */
function nameOf(event: KvEvent): string {
  return `${event.kv.modRevision} ${event.type} ${event.kv.key}`;
}

function violation(guarantee: WatchGuarantee, position: number, event: KvEvent): WatchViolation {
  return { guarantee, position, revision: event.kv.modRevision, key: event.kv.key };
}

/** Filter, Unique, PrevKV, IsCreate, and that it happened at all. */
function checkEach(
  stream: WatchedStream,
  { compactRevision }: WatchedStore,
  wanted: readonly KvEvent[],
  places: ReadonlyMap<string, number>,
): WatchViolation[] {
  const seen = new Set<string>();
  return stream.received.flatMap(({ event }, position) => {
    const name = nameOf(event);
    const found: WatchViolation[] = [];
    if (seen.has(name)) found.push(violation("unique", position, event));
    seen.add(name);
    const place = places.get(name);
    const original = place === undefined ? undefined : wanted[place];
    if (!isWanted(event, stream)) return [...found, violation("filter", position, event)];
    if (original === undefined) return [...found, violation("genuine", position, event)];
    if (isCreation(event) !== isCreation(original)) found.push(violation("created-flag", position, event));
    else if (!samePair(event.kv, original.kv)) found.push(violation("genuine", position, event));
    const mayBeAbsent = !stream.prevKv || original.kv.modRevision <= compactRevision;
    if (!rightPrevious(event.previous, original.previous, stream.prevKv, mayBeAbsent)) {
      found.push(violation("previous-value", position, event));
    }
    return found;
  });
}

function isCreation({ type, kv }: KvEvent): boolean {
  return type === "put" && kv.createRevision === kv.modRevision;
}

function rightPrevious(seen: KeyValue | null, there: KeyValue | null, asked: boolean, mayBeAbsent: boolean): boolean {
  if (seen === null) return there === null || mayBeAbsent;
  return asked && there !== null && samePair(seen, there);
}

/** Ordered by revision, and within one as the store changed. An event received again is not also out of order. */
function checkOrder(received: readonly WatchedEvent[], places: ReadonlyMap<string, number>): WatchViolation[] {
  const found: WatchViolation[] = [];
  const seen = new Set<string>();
  let latestRevision = 0;
  let latestPlace = -1;
  received.forEach(({ event }, position) => {
    const name = nameOf(event);
    if (seen.has(name)) return;
    seen.add(name);
    const place = places.get(name) ?? latestPlace;
    if (event.kv.modRevision < latestRevision || place < latestPlace) found.push(violation("ordered", position, event));
    latestRevision = Math.max(latestRevision, event.kv.modRevision);
    latestPlace = Math.max(latestPlace, place);
  });
  return found;
}

/**
 * Reliable: no revision is missing before the last one received; Resumable, where the gap is at a connection's beginning. Atomic: of each one
 * received, all at once.
 */
function checkComplete({ received, resumed }: WatchedStream, wanted: readonly KvEvent[]): WatchViolation[] {
  const batches = new Map<Revision, number>();
  const names = new Map<string, number>();
  const firstAt = new Map<Revision, number>();
  const starts = new Set(resumed.map((mark) => mark.received));
  let last = 0;
  received.forEach(({ event, batch }, position) => {
    const revision = event.kv.modRevision;
    last = Math.max(last, revision);
    if (!batches.has(revision)) batches.set(revision, batch);
    if (!firstAt.has(revision)) firstAt.set(revision, position);
    const name = nameOf(event);
    if (!names.has(name)) names.set(name, batch);
  });
  // Positions and revisions of received events that are later than all before them: where a missing one would have stood.
  const ahead: { readonly position: number; readonly revision: Revision }[] = [];
  received.forEach(({ event }, position) => {
    const { modRevision: revision } = event.kv;
    if (revision > (ahead.at(-1)?.revision ?? 0)) ahead.push({ position, revision });
  });
  let next = 0;
  return wanted.flatMap((event) => {
    const revision = event.kv.modRevision;
    if (revision > last) return [];
    const batch = batches.get(revision);
    if (batch !== undefined) {
      return names.get(nameOf(event)) === batch ? [] : [violation("atomic", firstAt.get(revision) ?? 0, event)];
    }
    while ((ahead[next]?.revision ?? Number.POSITIVE_INFINITY) <= revision) next += 1;
    const position = ahead[next]?.position ?? received.length;
    return [violation(starts.has(position) ? "resumable" : "reliable", position, event)];
  });
}

/** Bookmarkable: what was said to have been sent had been, and nothing of it comes after. */
function checkBookmarks({ received, progress }: WatchedStream, wanted: readonly KvEvent[]): WatchViolation[] {
  const names = new Map<string, number>();
  received.forEach(({ event }, position) => {
    const name = nameOf(event);
    if (!names.has(name)) names.set(name, position);
  });
  const told = new Set<string>();
  const found: WatchViolation[] = [];
  let checked = 0;
  for (const mark of risingMarks(progress)) {
    for (; checked < wanted.length; checked += 1) {
      const event = wanted[checked];
      if (event === undefined || event.kv.modRevision > mark.revision) break;
      const name = nameOf(event);
      const position = names.get(name);
      if ((position !== undefined && position < mark.received) || told.has(name)) continue;
      told.add(name);
      found.push(violation("bookmarkable", mark.received, event));
    }
  }
  return found;
}

/** Marks that say more than those before them. */
function risingMarks(marks: readonly WatchMark[]): WatchMark[] {
  const rising: WatchMark[] = [];
  for (const mark of marks) if (mark.revision > (rising.at(-1)?.revision ?? 0)) rising.push(mark);
  return rising;
}

function samePair(a: KeyValue, b: KeyValue): boolean {
  return (
    a === b ||
    (a.key === b.key &&
      a.value === b.value &&
      a.createRevision === b.createRevision &&
      a.modRevision === b.modRevision &&
      a.version === b.version &&
      a.lease === b.lease)
  );
}
