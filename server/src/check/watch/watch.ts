import type { KeyRange, Revision } from "../../kv/request.js";
import type { KvEvent } from "../../kv/response.js";
import { t } from "../../l10n/text.js";

/**
 * What etcd promises a watch (documentation, "API guarantees"; tests/robustness/validate/watch.go). Besides, what goes without saying:
 * `filter`, it gets only what it asked for, and `genuine`, only what happened.
 *
 * - ordered: events come by revision, and within one in the order of the changes;
 * - unique: none comes twice;
 * - reliable: none is left out before a later one, and a watch is not given up whose past is still there;
 * - atomic: those of one revision come together;
 * - resumable: after a reconnection the events go on with the first one wanted from the revision asked for;
 * - bookmarkable: after a notification of progress no event up to its revision is still to come;
 * - previous-value: a previous pair is the one that was replaced, and is there where it was asked for and existed;
 * - created-flag: a put is a creation (its create revision is its own) if and only if the key was not there.
 */
export const WATCH_GUARANTEES = [
  "ordered",
  "unique",
  "reliable",
  "atomic",
  "resumable",
  "bookmarkable",
  "filter",
  "previous-value",
  "created-flag",
  "genuine",
] as const;

/** The name of one of them. */
export type WatchGuarantee = (typeof WATCH_GUARANTEES)[number];

/** What a watch asked for. */
export interface WatchRequest extends KeyRange {
  /** The first revision wanted. */
  readonly from: Revision;
  /** Events of this type are left out (etcd: NOPUT, NODELETE). */
  readonly without: "put" | "delete" | null;
  /** Whether events are to carry the pair before. */
  readonly prevKv: boolean;
}

/** What happened to a watch, as its client saw it, in order. */
export type WatchStep =
  /** It was opened, or taken up again elsewhere: `from` is the first revision asked for this time. */
  | { readonly kind: "connected"; readonly from: Revision }
  /** A response, or one part of it: parts of one response have one `batch` number, which no other response has. */
  | { readonly kind: "events"; readonly batch: number; readonly events: readonly KvEvent[] }
  /** A notification of progress, or another response that promises that all events up to `revision` were sent. */
  | { readonly kind: "progress"; readonly revision: Revision }
  /** The server ended it; `compactRevision` is 0 unless what it wanted next is compacted. */
  | { readonly kind: "canceled"; readonly compactRevision: Revision };

/** A broken promise. */
export interface WatchViolation {
  readonly guarantee: WatchGuarantee;
  /** Position of the step at which it shows, from 0. */
  readonly position: number;
  /** The event concerned; of one that is missing, the change that was not told. */
  readonly revision: Revision;
  /** Empty where no one event is concerned. */
  readonly key: string;
  /** One sentence without its end: what is wrong, with key and revision. */
  readonly message: string;
}

/** The words of a violation that concerns an event. */
export function violationOf(
  guarantee: WatchGuarantee,
  position: number,
  { type, kv }: KvEvent,
  what: string,
): WatchViolation {
  const { key, modRevision: revision } = kv;
  return {
    guarantee,
    position,
    revision,
    key,
    message:
      type === "put"
        ? t("the put of {0} at revision {1} {2}", JSON.stringify(key), revision, what)
        : t("the delete of {0} at revision {1} {2}", JSON.stringify(key), revision, what),
  };
}
