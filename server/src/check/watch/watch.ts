import type { KeyRange, Revision } from "../../kv/request.js";
import type { KvEvent } from "../../kv/response.js";

/**
 * What etcd promises a watch: the nine of its robustness tests (tests/robustness/validate/watch.go; documentation, "API
 * guarantees"), and `genuine`, which goes without saying there: nothing is told that never happened.
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

/** The name of a guarantee. */
export type WatchGuarantee = (typeof WATCH_GUARANTEES)[number];

/** An event as a watch received it. Events with one `batch` number came in one response, of whatever many parts. */
export interface WatchedEvent {
  readonly event: KvEvent;
  readonly batch: number;
}

/** Something else that happened to a watch, after so many events had been received. */
export interface WatchMark {
  /** The first revision that was asked for, or up to which everything was said to have been sent. */
  readonly revision: Revision;
  readonly received: number;
}

/** What a watch asked for, and what it received. */
export interface WatchedStream {
  readonly keys: KeyRange;
  /** The first revision wanted. */
  readonly from: Revision;
  readonly without: "put" | "delete" | null;
  readonly prevKv: boolean;
  readonly received: readonly WatchedEvent[];
  /** Connections after the first one, each with the revision from which it was resumed. */
  readonly resumed: readonly WatchMark[];
  /** Progress notifications. */
  readonly progress: readonly WatchMark[];
}

/** What really happened. */
export interface WatchedStore {
  /** All changes in order, each with the pair before it. */
  readonly changes: readonly KvEvent[];
  /** The newest compacted revision; pairs before events up to it may be absent. */
  readonly compactRevision: Revision;
}

/** A broken promise. */
export interface WatchViolation {
  readonly guarantee: WatchGuarantee;
  /** Position in what was received at which it shows, from 0; the number received where it shows at the end. */
  readonly position: number;
  /** The event concerned: its revision and key. For what is missing or apart, that one. */
  readonly revision: Revision;
  readonly key: string;
}

/** Says what a violation means. */
export function watchViolationText({ guarantee, key, revision }: WatchViolation): string {
  const event = `the change of ${JSON.stringify(key)} at revision ${revision}`;
  switch (guarantee) {
    case "ordered":
      return `${event} was received after a later one`;
    case "unique":
      return `${event} was received twice`;
    case "reliable":
      return `${event} was never received, though later ones were`;
    case "atomic":
      return `${event} was not received together with the others of its revision`;
    case "resumable":
      return `${event} was left out when the watch was resumed`;
    case "bookmarkable":
      return `${event} had not been received when everything up to its revision was said to have been sent`;
    case "filter":
      return `${event} was received and not asked for`;
    case "previous-value":
      return `${event} was received with another pair before it than there was, or with one that was not asked for`;
    case "created-flag":
      return `${event} does not say rightly whether it created its key`;
    case "genuine":
      return `${event} was received as it never happened`;
  }
}
