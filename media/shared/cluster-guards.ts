/** Guards of the cluster's view, and of one entry of its log. */

import type { ClusterView, NetworkFaultView, RoleView, ServerView } from "../../server/src/protocol/cluster-view.js";
import type { WatchView } from "../../server/src/protocol/kv-views.js";
import type { EntryDetailsView, Moment } from "../../server/src/protocol/log-entry.js";
import type { Guard } from "./guard.js";
import { arrayOf, isBoolean, isNumber, isString, literal, nullable, object } from "./guard.js";

const isRole: Guard<RoleView> = literal("follower", "pre-candidate", "candidate", "leader");

const isServerView: Guard<ServerView> = object<ServerView>({
  name: isString,
  status: literal("up", "down", "paused"),
  diskFailed: isBoolean,
  role: isRole,
  term: isNumber,
  vote: nullable(isString),
  leader: nullable(isString),
  votes: arrayOf(isString),
  configuration: object({
    index: isNumber,
    voters: arrayOf(isString),
    outgoing: arrayOf(isString),
    learners: arrayOf(isString),
  }),
  transferee: nullable(isString),
  commitIndex: isNumber,
  appliedIndex: isNumber,
  durableIndex: isNumber,
  lastIndex: isNumber,
  firstIndex: isNumber,
  snapshot: nullable(object({ index: isNumber, term: isNumber, bytes: isNumber })),
  log: arrayOf(
    object({
      index: isNumber,
      term: isNumber,
      text: isString,
      durable: isBoolean,
      stored: literal("memory", "written", "unsynced", "durable"),
      committed: isBoolean,
      applied: isBoolean,
    }),
  ),
  timers: arrayOf(object({ kind: literal("election", "heartbeat"), startUs: isNumber, deadlineUs: isNumber })),
  progress: arrayOf(
    object({ server: isString, next: isNumber, match: isNumber, state: literal("probe", "replicate", "snapshot") }),
  ),
  revision: isNumber,
  kv: arrayOf(
    object({
      key: isString,
      value: isString,
      createRevision: isNumber,
      modRevision: isNumber,
      version: isNumber,
      lease: nullable(isString),
    }),
  ),
  moreKeys: isNumber,
  compactRevision: isNumber,
  leases: arrayOf(
    object({
      id: isString,
      ttl: isNumber,
      remainingUs: nullable(isNumber),
      keys: arrayOf(isString),
      moreKeys: isNumber,
    }),
  ),
  moreLeases: isNumber,
  alarms: arrayOf(isString),
  pendingWrites: isNumber,
  pendingEntries: isNumber,
  writesDoneUs: nullable(isNumber),
  faults: arrayOf(
    object({
      kind: literal(
        "clock-drift",
        "clock-jump",
        "disk-slow",
        "disk-ignore-fsync",
        "disk-tear",
        "disk-corrupt",
        "disk-fail",
        "crash-point",
      ),
      text: isString,
    }),
  ),
  clockOffsetUs: nullable(isNumber),
  clockRate: nullable(isNumber),
  damagedIndex: nullable(isNumber),
});

const isLink = object<{ readonly from: string; readonly to: string }>({ from: isString, to: isString });

const isNetworkFault: Guard<NetworkFaultView> = object<NetworkFaultView>({
  effect: literal("block", "loss", "duplicate", "reorder", "latency", "drop", "delay", "hold"),
  message: nullable(isString),
  links: nullable(arrayOf(isLink)),
  chance: nullable(isNumber),
  us: nullable(object({ min: isNumber, max: isNumber })),
  struck: nullable(isNumber),
  left: nullable(isNumber),
});

const isWatchView: Guard<WatchView> = object<WatchView>({
  number: isNumber,
  name: isString,
  client: isString,
  keys: isString,
  request: isString,
  state: literal("connecting", "active", "ended"),
  server: nullable(isString),
  eventId: isNumber,
  revision: isNumber,
  end: nullable(object({ error: nullable(isString), compactRevision: isNumber, timeUs: isNumber, eventId: isNumber })),
  received: isNumber,
  changes: arrayOf(
    object({
      type: literal("put", "delete"),
      key: isString,
      value: isString,
      revision: isNumber,
      version: isNumber,
      lease: nullable(isString),
      previous: nullable(isString),
      timeUs: isNumber,
      eventId: isNumber,
      writtenBy: nullable(isNumber),
    }),
  ),
});

/** The cluster at one event. */
export const isClusterView: Guard<ClusterView> = object<ClusterView>({
  sessionId: isString,
  eventId: isNumber,
  timeUs: isNumber,
  servers: arrayOf(isServerView),
  clients: arrayOf(
    object({
      name: isString,
      status: literal("up", "down", "paused"),
      target: nullable(isString),
      pending: nullable(isString),
      operations: arrayOf(
        object({
          number: isNumber,
          text: isString,
          eventId: isNumber,
          sinceUs: isNumber,
          givesUpUs: isNumber,
          attempts: isNumber,
          server: nullable(isString),
          only: isBoolean,
          pause: nullable(isString),
        }),
      ),
      moreOperations: isNumber,
    }),
  ),
  messages: arrayOf(
    object({
      eventId: isNumber,
      copy: isNumber,
      type: isString,
      from: isString,
      to: isString,
      term: isNumber,
      sentUs: isNumber,
      arrivesUs: nullable(isNumber),
      text: isString,
      positive: nullable(isBoolean),
      entries: isNumber,
      byHand: isBoolean,
      nameable: isBoolean,
    }),
  ),
  moreMessages: isNumber,
  faults: arrayOf(
    object({
      id: isNumber,
      text: isString,
      sinceUs: isNumber,
      untilUs: nullable(isNumber),
      network: nullable(isNetworkFault),
    }),
  ),
  blocked: arrayOf(isLink),
  logRange: object({ from: isNumber, to: isNumber, last: isNumber }),
  watches: arrayOf(isWatchView),
  moreWatches: isNumber,
});

const isMoment: Guard<Moment> = object<Moment>({ eventId: isNumber, timeUs: isNumber });

/** An entry as all servers have it. */
export const isEntryDetails: Guard<EntryDetailsView> = object<EntryDetailsView>({
  index: isNumber,
  term: isNumber,
  text: isString,
  operation: nullable(object({ number: isNumber, client: isString, began: isMoment })),
  revision: nullable(isNumber),
  servers: arrayOf(
    object({
      server: isString,
      holds: literal("entry", "snapshot", "other", "nothing"),
      term: nullable(isNumber),
      appended: nullable(isMoment),
      durable: nullable(isMoment),
      committed: nullable(isMoment),
    }),
  ),
  truncated: isBoolean,
});
