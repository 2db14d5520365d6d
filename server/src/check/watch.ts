import { inRange } from "../kv/key-range.js";
import type { Revision } from "../kv/request.js";
import type { KvEvent } from "../kv/response.js";

/**
 * What etcd promises a watch (documentation, "API guarantees"). `filter` and `genuine` go without saying there: a watch
 * gets only what it asked for, and only what happened.
 */
export type WatchGuarantee = "ordered" | "unique" | "reliable" | "atomic" | "filter" | "genuine";

/** An event as a watch received it. Events with one `batch` number came together. */
export interface WatchedEvent {
  readonly event: KvEvent;
  readonly batch: number;
}

/** What a watch asked for. */
export interface WatchRequest {
  readonly key: string;
  readonly rangeEnd?: string;
  /** The first revision wanted. */
  readonly from: Revision;
}

/** A broken promise. */
export interface WatchViolation {
  readonly guarantee: WatchGuarantee;
  /** Position in what was received at which it shows, from 0. */
  readonly position: number;
  /** The event concerned: its revision and key. For `reliable` and `atomic` the one that is missing or apart. */
  readonly revision: Revision;
  readonly key: string;
}

/**
 * Compares what a watch received with all changes of the store, in order. What it has not received yet, after the last
 * revision received, is no violation. At most one violation of each kind for each event.
 */
export function checkWatch(
  received: readonly WatchedEvent[],
  changes: readonly KvEvent[],
  request: WatchRequest,
): WatchViolation[] {
  const wanted = changes.filter((event) => isWanted(event, request));
  const places = new Map(wanted.map((event, place) => [nameOf(event), place]));
  return [
    ...checkEach(received, wanted, places, request),
    ...checkOrder(received, places),
    ...checkComplete(received, wanted),
  ];
}

/** Says what a violation means. */
export function watchViolationText(violation: WatchViolation): string {
  const event = `the change of ${JSON.stringify(violation.key)} at revision ${violation.revision}`;
  switch (violation.guarantee) {
    case "ordered":
      return `${event} was received after a later one`;
    case "unique":
      return `${event} was received twice`;
    case "reliable":
      return `${event} was never received, though later ones were`;
    case "atomic":
      return `${event} was not received together with the others of its revision`;
    case "filter":
      return `${event} was received and not asked for`;
    case "genuine":
      return `${event} was received as it never happened`;
  }
}

function isWanted(event: KvEvent, request: WatchRequest): boolean {
  return event.kv.modRevision >= request.from && inRange(event.kv.key, request);
}

/** A key changes at most once in a revision, but for transactions that delete and put; the type tells these apart. */
function nameOf(event: KvEvent): string {
  return `${event.kv.modRevision} ${event.type} ${event.kv.key}`;
}

function violation(guarantee: WatchGuarantee, position: number, event: KvEvent): WatchViolation {
  return { guarantee, position, revision: event.kv.modRevision, key: event.kv.key };
}

function checkEach(
  received: readonly WatchedEvent[],
  wanted: readonly KvEvent[],
  places: ReadonlyMap<string, number>,
  request: WatchRequest,
): WatchViolation[] {
  const seen = new Set<string>();
  return received.flatMap(({ event }, position) => {
    const name = nameOf(event);
    const found: WatchViolation[] = [];
    if (seen.has(name)) found.push(violation("unique", position, event));
    seen.add(name);
    const place = places.get(name);
    const original = place === undefined ? undefined : wanted[place];
    if (!isWanted(event, request)) found.push(violation("filter", position, event));
    else if (original === undefined || !sameEvent(original, event)) found.push(violation("genuine", position, event));
    return found;
  });
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

/** Reliable: no revision is missing before the last one received. Atomic: of each one received, all at once. */
function checkComplete(received: readonly WatchedEvent[], wanted: readonly KvEvent[]): WatchViolation[] {
  const batches = new Map<Revision, number>();
  const names = new Map<string, number>();
  const firstAt = new Map<Revision, number>();
  let last = 0;
  received.forEach(({ event, batch }, position) => {
    const revision = event.kv.modRevision;
    last = Math.max(last, revision);
    if (!batches.has(revision)) batches.set(revision, batch);
    if (!firstAt.has(revision)) firstAt.set(revision, position);
    const name = nameOf(event);
    if (!names.has(name)) names.set(name, batch);
  });
  return wanted.flatMap((event) => {
    const revision = event.kv.modRevision;
    if (revision > last) return [];
    const batch = batches.get(revision);
    if (batch === undefined) {
      const next = received.findIndex((later) => later.event.kv.modRevision > revision);
      return [violation("reliable", next, event)];
    }
    return names.get(nameOf(event)) === batch ? [] : [violation("atomic", firstAt.get(revision) ?? 0, event)];
  });
}

function sameEvent(a: KvEvent, b: KvEvent): boolean {
  if (a === b) return true;
  if (a.type !== b.type || !samePair(a.kv, b.kv)) return false;
  return a.previous === null || b.previous === null ? a.previous === b.previous : samePair(a.previous, b.previous);
}

function samePair(a: KvEvent["kv"], b: KvEvent["kv"]): boolean {
  return (
    a.key === b.key &&
    a.value === b.value &&
    a.createRevision === b.createRevision &&
    a.modRevision === b.modRevision &&
    a.version === b.version
  );
}
