/** What may follow `=>`, and etcd's errors by their names in kebab-case. */

/** One result word. */
export interface ResultEntry {
  readonly name: string;
  readonly says: string;
  readonly example: string;
}

/** The words that state a result. */
export const RESULTS: readonly ResultEntry[] = [
  { name: "ok", says: "The operation took effect.", example: 'put color "red" => ok' },
  { name: "none", says: "There is no such key.", example: "get color => none" },
  {
    name: "failed",
    says: "A compare did not hold, and nothing was changed. A definite answer, unlike a timeout.",
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

/** The errors that `error NAME` can state. */
export const ERRORS: readonly ErrorEntry[] = [
  { name: "compacted", says: "The revision asked for has been compacted away." },
  { name: "future-revision", says: "The revision asked for does not exist yet." },
  { name: "lease-not-found", says: "There is no such lease, or it has expired." },
  { name: "lease-exists", says: "A lease of that name has already been granted." },
  { name: "unavailable", says: "The server asked cannot serve the request: it is down, or it knows no leader." },
  { name: "no-leader", says: "The server asked knows no leader." },
  { name: "not-leader", says: "The server asked is not the leader." },
  { name: "key-not-found", says: "An operation that needs an existing key found none." },
  { name: "key-empty", says: "A key cannot be empty." },
  {
    name: "request-superseded",
    says: "The client has already sent a later request; this one is not applied (dissertation §6.3).",
  },
  { name: "duplicate-key", says: "A transaction changes one key twice." },
  { name: "too-many-operations", says: "A transaction has more than 128 operations." },
  { name: "session-expired", says: "The client's session no longer exists (dissertation §6.3)." },
];

/** What each operation can answer, besides a timeout or an error. */
export const POSSIBLE_RESULTS: ReadonlyMap<string, readonly string[]> = new Map([
  ["put", ["ok"]],
  ["get", ["value", "values", "none"]],
  ["delete", ["ok", "none"]],
  ["cas", ["ok", "failed"]],
  ["watch", ["ok"]],
  ["unwatch", ["ok"]],
]);
