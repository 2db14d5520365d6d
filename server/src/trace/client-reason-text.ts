import { t } from "../l10n/text.js";
import type { ReasonCode } from "../raft/reason.js";
import { WATCH_ERRORS } from "../sim/watch-options.js";
import type { Names } from "./reason-text.js";

/** The reasons of what clients do, and of what servers do for their watches. */
type ClientReason = Extract<ReasonCode, `watch-${string}` | `retry-${string}` | `client-${string}`>;

/** A sentence for each of them, with the part of etcd that it follows. See `reason-text.ts`. */
export const CLIENT_SENTENCES: Readonly<Record<ClientReason, (a: number, b: number, name: Names) => string>> = {
  "watch-from-now": (first) => t("it is to get what happens from now on: revision {0} and later", first),
  "watch-from-future": (first, revision) =>
    t("it is to begin at revision {0}, and this server's store is at {1}: it stays silent until then", first, revision),
  "watch-behind-past": (first, revision) =>
    t(
      "it wants what happened from revision {0} on, and this server's store is at {1}: the loop that runs every 100 ms catches it up (etcd: watchable_store.go, unsynced)",
      first,
      revision,
    ),
  "watch-behind-slow": (first, underWay) =>
    t(
      "{0} responses were under way to it and had not arrived, so revision {1} and later waited until it took some (etcd: watchable_store.go, victims)",
      underWay,
      first,
    ),
  "watch-behind-snapshot": (first, revision) =>
    t(
      "a snapshot took this server's store to revision {0} at once: what came from {1} on is sent afterwards (etcd: watchable_store.go, Restore)",
      revision,
      first,
    ),
  "watch-compacted": (first, compacted) =>
    t(
      "it wants revision {0}, and history begins at {1} since the compaction: what it would get has a gap (etcd: watchable_store.go)",
      first,
      compacted,
    ),
  "watch-range-empty": () => t("its range ends where it begins or before, so that no key is in it"),
  "watch-refused-no-leader": () =>
    t("it asked for a server that knows a leader, and this one knows none (etcd: interceptor.go, hasleader)"),
  "watch-refused-learner": () => t("a learner serves no watches (etcd: interceptor.go)"),
  "watch-ended-no-leader": (looks) =>
    t(
      "it asked for a server that knows a leader, and this one has known none for {0} election timeouts (etcd: interceptor.go, monitorLeader)",
      looks,
    ),
  "watch-progress-due": (revision) =>
    t("it asked to be told now and then: everything up to revision {0} has been sent, nothing is missing", revision),
  "watch-progress-asked": (revision) =>
    t("its client asked, and all its watches here are synced: everything up to revision {0} has been sent", revision),
  "watch-progress-unsynced": (watch) =>
    t(
      "no answer: watch {0} of this client is still being caught up, and for that one it would be wrong (etcd issue 15220)",
      watch,
    ),
  "watch-cancel-unknown": () => t("no answer: this server has no such watch"),
  "watch-known": () => t("the watch is open already: the request is a copy, or older than the connection"),
  "watch-gap": (expected, came) =>
    t(
      "response {0} came where {1} was expected: the connection broke, so it asks again from what it has seen",
      came,
      expected,
    ),
  "watch-lost-tail": (seen, sent) =>
    t(
      "it has seen response {0}, and {1} were sent: the connection broke, so it asks again from what it has seen",
      seen,
      sent,
    ),
  "watch-silent": (server, _b, name) =>
    t("nothing was heard from {0} for a whole client-timeout, so it is taken for lost", name(server)),
  "watch-forgotten": (server, _b, name) => t("{0} does not know the connection any more", name(server)),
  "watch-other-life": (server, _b, name) =>
    t("{0} has crashed and started again since: what it sends belongs to another connection", name(server)),
  "watch-refused": (server, error, name) =>
    t("{0} does not serve it (error {1}): another server may", name(server), WATCH_ERRORS[error] ?? "unknown"),
  "watch-unexpected": (server, _b, name) =>
    t("it has given this connection to {0} up, and tells {0} so (etcd: clientv3/watch.go)", name(server)),
  "retry-silent": (server, _b, name) =>
    t("{0} has not answered for a quarter of client-timeout: the same request goes to the next server", name(server)),
  "retry-silent-pinned": (server, _b, name) =>
    t("{0} has not answered for a quarter of client-timeout, and only {0} may be asked", name(server)),
  "retry-no-leader": (server, _b, name) =>
    t("{0} knew no leader, so nothing was proposed: it is safe to ask the next server", name(server)),
  "retry-learner": (server, _b, name) =>
    t("{0} is a learner and did nothing: it is safe to ask the next server", name(server)),
  "retry-withheld": (server, _b, name) =>
    t(
      "{0} has not answered, and a write may have been executed all the same: asked again it could take effect twice (etcd: clientv3/retry.go)",
      name(server),
    ),
  "client-crashed": () => t("its client crashed: nobody knows whether it took effect"),
};
