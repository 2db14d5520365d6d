/** What may follow `=>`, and etcd's errors by their names in kebab-case. */

import { t } from "../../l10n/text.js";
import type { Operation } from "../program.js";

/** One result word. */
export interface ResultEntry {
  readonly name: string;
  readonly says: string;
  readonly example: string;
}

/** The words that state a result. */
export const RESULTS: readonly ResultEntry[] = [
  {
    name: "ok",
    says: "The operation took effect; of a transaction, its compares held. `ok rev 5`: the store's revision was that.",
    example: 'put color "red" => ok',
  },
  { name: "none", says: "There is no such key, or no such lease.", example: "get color => none" },
  {
    name: "failed",
    says: "A compare did not hold: a `cas` changed nothing, a transaction took `else`. A definite answer, unlike a timeout.",
    example: 'cas color "red" -> "blue" => failed',
  },
  {
    name: "timeout",
    says: "No answer within `client-timeout`. The outcome is unknown: the operation may have taken effect, or still may.",
    example: 'put color "red" => timeout',
  },
  { name: "error", says: "One of etcd's errors, named after the word.", example: "get color rev 3 => error compacted" },
];

/** One of etcd's errors. */
export interface ErrorEntry {
  readonly name: string;
  readonly says: string;
}

/** The errors that `error NAME` can state: those that a client can read. Their codes and texts are in kv/error.ts. */
export const ERRORS: readonly ErrorEntry[] = [
  {
    name: "compacted",
    says: "The revision asked for has been compacted away. Read without a revision, and watch from the one that is answered.",
  },
  {
    name: "future-revision",
    says: "The revision asked for does not exist yet, at least not on the server that was asked.",
  },
  {
    name: "key-empty",
    says: "A key cannot be empty. Only with `prefix` or `from-key` does the empty key stand for the whole store.",
  },
  {
    name: "key-not-found",
    says: "An operation that needs an existing key (`ignore-value`, `ignore-lease`) found none.",
  },
  { name: "lease-provided", says: "A put that keeps the key's lease (`ignore-lease`) named one." },
  {
    name: "duplicate-key",
    says: "A transaction writes one key twice: all its changes have one revision, in which a key has one value.",
  },
  {
    name: "too-many-operations",
    says: "A transaction has more compares, or operations in a branch, than `max-txn-ops`.",
  },
  { name: "request-too-large", says: "The request is larger than `max-request-bytes`." },
  { name: "no-space", says: "The store has reached its `quota`: the alarm NOSPACE is on." },
  {
    name: "too-many-requests",
    says: "Too many entries are committed and not yet applied: the server takes no more until it has caught up.",
  },
  { name: "lease-not-found", says: "There is no such lease, or it has expired." },
  { name: "lease-exists", says: "A lease of that id has already been granted and has not ended." },
  { name: "lease-ttl-too-large", says: "A lease cannot live longer than 9,000,000,000 seconds." },
  {
    name: "unavailable",
    says: "The server that was asked got no answer in time: it is cut off, or there is no leader.",
  },
  { name: "no-leader", says: "The server that was asked knows no leader: an election is under way, or it is cut off." },
  { name: "leader-changed", says: "The leader changed while the request was under way: a read may be asked again." },
  { name: "not-leader", says: "The server that was asked is not the leader, and only the leader can answer this." },
  { name: "member-not-found", says: "The cluster has no such member: it was removed, or was never added." },
  { name: "learner", says: "A learner answers serializable reads and `status` only." },
  { name: "corrupt", says: "The alarm CORRUPT is on: the stores of the servers differ." },
  { name: "watch-canceled", says: "The watch was canceled: it tells nothing more." },
  {
    name: "empty-watcher-range",
    says: "The range of a watch holds no key: its end does not come behind its beginning.",
  },
  {
    name: "election-no-leader",
    says: "Nobody leads the election: nobody stands, or who led has resigned or lost its lease.",
  },
  { name: "election-not-leader", says: "The candidacy does not lead the election, or does no longer." },
  {
    name: "session-expired",
    says: "The session's lease ended while its client waited for a lock or an election; or the client's Raft session no longer exists (dissertation §6.3).",
  },
  { name: "unimplemented", says: "etcd has this request, and the lab does not." },
  {
    name: "request-superseded",
    says: "The client has already sent a later request; this one is not applied (dissertation §6.3).",
  },
];

/** Kinds of answers besides a timeout or an error. */
export type ResultKind = "value" | "number" | "values" | "ok" | "none" | "failed" | "ttl";

const TEXTS: Readonly<Record<ResultKind, () => string>> = {
  value: () => t("a value"),
  number: () => t("a number"),
  values: () => t("a list of values"),
  ok: () => "`ok`",
  none: () => "`none`",
  failed: () => "`failed`",
  ttl: () => t("a time such as `4s`"),
};

/** How messages call a kind of answer. */
export function resultText(kind: ResultKind): string {
  return TEXTS[kind]();
}

/** What an operation can answer, besides a timeout or an error. */
export function possibleResults(operation: Operation): readonly ResultKind[] {
  switch (operation.kind) {
    case "put":
      return operation.prevKv ? ["value", "none", "ok"] : ["ok"];
    case "get":
      return operation.countOnly ? ["number"] : ["value", "values", "none"];
    case "delete":
      return operation.prevKv ? ["value", "values", "number", "ok", "none"] : ["ok", "number", "none"];
    case "cas":
      return ["ok", "failed"];
    case "txn":
      return ["ok", "failed", "value", "values", "none"];
    case "lease-keepalive":
      return ["ok", "ttl"];
    case "lease-ttl":
      return operation.keys ? ["ttl", "values", "value", "none", "ok"] : ["ttl", "none", "ok"];
    case "lease-list":
    case "members":
    case "alarm-list":
      return ["ok", "number", "values", "none"];
    case "hashkv":
      return ["number", "ok"];
    case "elected":
      return ["value"];
    default:
      return ["ok"];
  }
}
