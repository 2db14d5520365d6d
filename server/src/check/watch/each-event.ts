import type { Revision } from "../../kv/request.js";
import type { KeyValue, KvEvent } from "../../kv/response.js";
import { t } from "../../l10n/text.js";
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
  if (!wanted.wants(event)) return [violationOf("filter", position, event, t("was received and not asked for"))];
  const place = wanted.placeOf(event);
  const original = place === undefined ? undefined : wanted.events[place];
  if (original === undefined) return [violationOf("genuine", position, event, t("was received and never happened"))];
  const found: WatchViolation[] = [];
  const created = isCreate(event);
  if (created !== isCreate(original)) {
    const what = created
      ? t("was received as a creation, and the key was there")
      : t("was not received as the creation it is");
    found.push(violationOf("created-flag", position, event, what));
  } else if (event.kv.createRevision !== original.kv.createRevision && event.type === "put") {
    const { createRevision } = original.kv;
    const what = t("was received with create revision {0}, not {1}", event.kv.createRevision, createRevision);
    found.push(violationOf("genuine", position, event, what));
  }
  const { value, version, lease } = original.kv;
  if (event.type === "put" && (event.kv.value !== value || event.kv.version !== version || event.kv.lease !== lease)) {
    const what = t("was received as {0}, and it was {1}", pairText(event.kv), pairText(original.kv));
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
    return needed && right !== null ? t("was received without the pair before, {0}", pairText(right)) : null;
  }
  if (right === null) return t("was received with a pair before, {0}, and there was none", pairText(previous));
  const same =
    previous.key === right.key &&
    previous.value === right.value &&
    previous.createRevision === right.createRevision &&
    previous.modRevision === right.modRevision &&
    previous.version === right.version &&
    previous.lease === right.lease;
  return same
    ? null
    : t("was received with {0} as the pair before, which was {1}", pairText(previous), pairText(right));
}

function pairText({ value, createRevision, modRevision, version, lease }: KeyValue): string {
  const text = JSON.stringify(value);
  return lease === 0
    ? t("{0} (create {1}, mod {2}, version {3})", text, createRevision, modRevision, version)
    : t("{0} (create {1}, mod {2}, version {3}, lease {4})", text, createRevision, modRevision, version, lease);
}
