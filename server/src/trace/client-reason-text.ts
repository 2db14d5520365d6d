import type { ReasonCode } from "../raft/reason.js";
import { WATCH_ERRORS } from "../sim/watch-options.js";
import type { Names } from "./reason-text.js";

/** The reasons of what clients do, and of what servers do for their watches. */
type ClientReason = Extract<ReasonCode, `watch-${string}` | `retry-${string}` | `client-${string}`>;

/** A sentence for each of them, with the part of etcd that it follows. See `reason-text.ts`. */
export const CLIENT_SENTENCES: Readonly<Record<ClientReason, (a: number, b: number, name: Names) => string>> = {
  "watch-from-now": (first) => `it is to get what happens from now on: revision ${first} and later`,
  "watch-from-future": (first, revision) =>
    `it is to begin at revision ${first}, and this server's store is at ${revision}: it stays silent until then`,
  "watch-behind-past": (first, revision) =>
    `it wants what happened from revision ${first} on, and this server's store is at ${revision}: the loop that runs every 100 ms catches it up (etcd: watchable_store.go, unsynced)`,
  "watch-behind-slow": (first, underWay) =>
    `${underWay} responses were under way to it and had not arrived, so revision ${first} and later waited until it took some (etcd: watchable_store.go, victims)`,
  "watch-behind-snapshot": (first, revision) =>
    `a snapshot took this server's store to revision ${revision} at once: what came from ${first} on is sent afterwards (etcd: watchable_store.go, Restore)`,
  "watch-compacted": (first, compacted) =>
    `it wants revision ${first}, and history begins at ${compacted} since the compaction: what it would get has a gap (etcd: watchable_store.go)`,
  "watch-range-empty": () => "its range ends where it begins or before, so that no key is in it",
  "watch-refused-no-leader": () =>
    "it asked for a server that knows a leader, and this one knows none (etcd: interceptor.go, hasleader)",
  "watch-refused-learner": () => "a learner serves no watches (etcd: interceptor.go)",
  "watch-ended-no-leader": (looks) =>
    `it asked for a server that knows a leader, and this one has known none for ${looks} election timeouts (etcd: interceptor.go, monitorLeader)`,
  "watch-progress-due": (revision) =>
    `it asked to be told now and then: everything up to revision ${revision} has been sent, nothing is missing`,
  "watch-progress-asked": (revision) =>
    `its client asked, and all its watches here are synced: everything up to revision ${revision} has been sent`,
  "watch-progress-unsynced": (watch) =>
    `no answer: watch ${watch} of this client is still being caught up, and for that one it would be wrong (etcd issue 15220)`,
  "watch-cancel-unknown": () => "no answer: this server has no such watch",
  "watch-known": () => "the watch is open already: the request is a copy, or older than the connection",
  "watch-gap": (expected, came) =>
    `response ${came} came where ${expected} was expected: the connection broke, so it asks again from what it has seen`,
  "watch-lost-tail": (seen, sent) =>
    `it has seen response ${seen}, and ${sent} were sent: the connection broke, so it asks again from what it has seen`,
  "watch-silent": (server, _b, name) =>
    `nothing was heard from ${name(server)} for a whole client-timeout, so it is taken for lost`,
  "watch-forgotten": (server, _b, name) => `${name(server)} does not know the connection any more`,
  "watch-other-life": (server, _b, name) =>
    `${name(server)} has crashed and started again since: what it sends belongs to another connection`,
  "watch-refused": (server, error, name) =>
    `${name(server)} does not serve it (error ${WATCH_ERRORS[error] ?? "unknown"}): another server may`,
  "watch-unexpected": (server, _b, name) =>
    `it has given this connection to ${name(server)} up, and tells ${name(server)} so (etcd: clientv3/watch.go)`,
  "retry-silent": (server, _b, name) =>
    `${name(server)} has not answered for a quarter of client-timeout: the same request goes to the next server`,
  "retry-silent-pinned": (server, _b, name) =>
    `${name(server)} has not answered for a quarter of client-timeout, and only ${name(server)} may be asked`,
  "retry-no-leader": (server, _b, name) =>
    `${name(server)} knew no leader, so nothing was proposed: it is safe to ask the next server`,
  "retry-learner": (server, _b, name) =>
    `${name(server)} is a learner and did nothing: it is safe to ask the next server`,
  "retry-withheld": (server, _b, name) =>
    `${name(server)} has not answered, and a write may have been executed all the same: asked again it could take effect twice (etcd: clientv3/retry.go)`,
  "client-crashed": () => "its client crashed: nobody knows whether it took effect",
};
