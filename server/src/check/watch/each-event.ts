import type { Revision } from "../../kv/request.js";
import type { KeyValue, KvEvent } from "../../kv/response.js";
import type { WantedChanges } from "./changes.js";
import { violationOf, type WatchRequest, type WatchViolation } from "./watch.js";

/** What is wrong with one event by itself: nobody asked for it, it never happened, or it is told wrongly. */
export function checkEvent(
  event: KvEvent,
  position: number,
  wanted: WantedChanges,
  { prevKv }: WatchRequest,
  compactRevision: Revision,
): WatchViolation[] {
  if (!wanted.wants(event)) return [violationOf("filter", position, event, "was received and not asked for")];
  const place = wanted.placeOf(event);
  const original = place === undefined ? undefined : wanted.events[place];
  if (original === undefined) return [violationOf("genuine", position, event, "was received and never happened")];
  const found: WatchViolation[] = [];
  const created = isCreate(event);
  if (created !== isCreate(original)) {
    const what = created
      ? "was received as a creation, and the key was there"
      : "was not received as the creation it is";
    found.push(violationOf("created-flag", position, event, what));
  } else if (event.kv.createRevision !== original.kv.createRevision && event.type === "put") {
    const { createRevision } = original.kv;
    const what = `was received with create revision ${event.kv.createRevision}, not ${createRevision}`;
    found.push(violationOf("genuine", position, event, what));
  }
  const { value, version, lease } = original.kv;
  if (event.type === "put" && (event.kv.value !== value || event.kv.version !== version || event.kv.lease !== lease)) {
    const what = `was received as ${pairText(event.kv)}, and it was ${pairText(original.kv)}`;
    found.push(violationOf("genuine", position, event, what));
  }
  const wrong = previousFault(event, original, prevKv && event.kv.modRevision > compactRevision);
  if (wrong !== null) found.push(violationOf("previous-value", position, event, wrong));
  return found;
}

/** etcd: clientv3/watch.go, IsCreate. */
function isCreate({ type, kv }: KvEvent): boolean {
  return type === "put" && kv.createRevision === kv.modRevision;
}

function previousFault({ previous }: KvEvent, { previous: right }: KvEvent, needed: boolean): string | null {
  if (previous === null) {
    return needed && right !== null ? `was received without the pair before, ${pairText(right)}` : null;
  }
  if (right === null) return `was received with a pair before, ${pairText(previous)}, and there was none`;
  const same =
    previous.key === right.key &&
    previous.value === right.value &&
    previous.createRevision === right.createRevision &&
    previous.modRevision === right.modRevision &&
    previous.version === right.version &&
    previous.lease === right.lease;
  return same ? null : `was received with ${pairText(previous)} as the pair before, which was ${pairText(right)}`;
}

function pairText({ value, createRevision, modRevision, version, lease }: KeyValue): string {
  const leased = lease === 0 ? "" : `, lease ${lease}`;
  return `${JSON.stringify(value)} (create ${createRevision}, mod ${modRevision}, version ${version}${leased})`;
}
