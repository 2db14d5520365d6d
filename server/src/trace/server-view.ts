import type { Command } from "../kv/command.js";
import { membersOf } from "../raft/configuration.js";
import type { RaftLog } from "../raft/log.js";
import { TRUE_RATE } from "../sim/clock.js";
import type { EndpointId } from "../sim/config.js";
import type { MachineFault } from "../sim/machine-fault.js";
import { faultsOf } from "../sim/machine-faults.js";
import type { SimServer } from "../sim/server.js";
import { localNow } from "../sim/timers.js";
import type { World } from "../sim/world.js";
import { type ConfigurationPicture, configurationPicture } from "./configuration-view.js";
import { alarmsOf, type KeyPicture, keyPicture, type LeasePicture, leasesOf } from "./kv-view.js";
import { entryText } from "./operation-text.js";
import type { Names } from "./reason-text.js";
import type { RoleText } from "./view.js";

/** Keys of a server that a picture holds. */
const KEYS = 100;

/** One log entry. */
export interface EntryPicture {
  readonly index: number;
  readonly term: number;
  readonly text: string;
  readonly durable: boolean;
  /** Where it is: in memory alone; on its way to the disk; reported as durable by a disk that lies; durable. */
  readonly stored: "memory" | "written" | "unsynced" | "durable";
  readonly committed: boolean;
  readonly applied: boolean;
}

/** A running timer. */
export interface TimerPicture {
  readonly kind: "election" | "heartbeat";
  readonly startUs: number;
  readonly deadlineUs: number;
}

/** What a leader knows of a follower. */
export interface ProgressPicture {
  readonly server: string;
  readonly next: number;
  readonly match: number;
  readonly state: "probe" | "replicate" | "snapshot";
}

/** A snapshot: its last included index and term, and its size. */
export interface SnapshotPicture {
  readonly index: number;
  readonly term: number;
  readonly bytes: number;
}

/** A fault of a server's clock or disk that is in force, or a crash that waits for it. */
export interface ServerFaultPicture {
  readonly kind: MachineFault["kind"];
  /** In the words of the language. */
  readonly text: string;
}

/** One server. One that is down shows what its disk holds. */
export interface ServerPicture {
  readonly name: string;
  readonly status: "up" | "down" | "paused";
  /** It is down because its disk failed. */
  readonly diskFailed: boolean;
  readonly role: RoleText;
  readonly term: number;
  readonly vote: string | null;
  readonly leader: string | null;
  readonly votes: readonly string[];
  readonly configuration: ConfigurationPicture;
  /** Leader only: whom it hands its leadership to. */
  readonly transferee: string | null;
  readonly commitIndex: number;
  readonly appliedIndex: number;
  readonly durableIndex: number;
  readonly lastIndex: number;
  /** The first index that the log still holds; `lastIndex + 1` when it holds none. */
  readonly firstIndex: number;
  /** The newest snapshot; `null` before the first. */
  readonly snapshot: SnapshotPicture | null;
  readonly log: readonly EntryPicture[];
  readonly timers: readonly TimerPicture[];
  readonly progress: readonly ProgressPicture[];
  readonly revision: number;
  readonly kv: readonly KeyPicture[];
  readonly moreKeys: number;
  /** The revision that history was compacted at; -1 before the first compaction. */
  readonly compactRevision: number;
  /** By id, at most 50. */
  readonly leases: readonly LeasePicture[];
  readonly moreLeases: number;
  /** The alarms that are on: `nospace at s1`. */
  readonly alarms: readonly string[];
  readonly pendingWrites: number;
  /** Entries in these writes. */
  readonly pendingEntries: number;
  /** When the last of these writes is to be durable; `null` while there is none. */
  readonly writesDoneUs: number | null;
  /** Faults of its clock and disk and crashes that wait for it, oldest first. */
  readonly faults: readonly ServerFaultPicture[];
  /** How far its own clock is ahead of virtual time; `null` where timers are driven by hand. */
  readonly clockOffsetUs: number | null;
  /** How fast its own clock runs, 1 for a right one; `null` where timers are driven by hand. */
  readonly clockRate: number | null;
  /** The first damaged entry on its disk; `null` for none. */
  readonly damagedIndex: number | null;
}

/** A range of log indices, both inclusive. */
export interface LogRange {
  readonly from: number;
  readonly to: number;
}

/** `window` indices up to `end`, or the newest of the longest log, so that the logs of all servers stand side by side. */
export function logRange(world: World, window: number, end?: number): LogRange & { readonly last: number } {
  let last = 0;
  for (const server of world.servers) if (server !== undefined) last = Math.max(last, logOf(server).lastIndex);
  const size = Math.max(1, window);
  const to = end === undefined ? last : Math.min(last, Math.max(end, Math.min(last, size)));
  return { from: Math.max(1, to - size + 1), to, last };
}

/** A server as it stands in `world`. */
export function serverPicture(
  world: World,
  server: SimServer,
  range: LogRange & { readonly last: number },
  keysAfter?: string,
): ServerPicture {
  const { raft, disk } = server;
  const name = (id: EndpointId): string | null => (id === 0 ? null : world.nameOf(id));
  const log = logOf(server);
  const durableIndex = raft?.durableIndex ?? log.lastIndex;
  const { store } = server.machine;
  const keys = store.entries(KEYS, keysAfter);
  const before = keysAfter === undefined ? 0 : store.count({ key: "", rangeEnd: `${keysAfter}\0` });
  return {
    name: server.name,
    status: server.status,
    diskFailed: server.stoppedByDisk,
    role: raft?.role ?? "follower",
    term: raft?.term ?? disk.hardState.term,
    vote: name(raft?.vote ?? disk.hardState.vote),
    leader: name(raft?.leader ?? 0),
    votes: (raft?.votesGranted ?? []).map((id) => world.nameOf(id)),
    configuration: configurationPicture(world, server),
    transferee: name(raft?.transferee ?? 0),
    commitIndex: raft?.commitIndex ?? 0,
    appliedIndex: raft?.appliedIndex ?? 0,
    durableIndex,
    lastIndex: log.lastIndex,
    firstIndex: log.firstIndex,
    snapshot: snapshotPicture(server),
    log: entries(server, range, durableIndex, (id) => world.nameOf(id)),
    timers: timersOf(server, world.config.timers === "manual" ? world.nowUs : 0),
    progress: progressOf(world, server),
    revision: store.revision,
    kv: keys.map(keyPicture),
    moreKeys: store.size - before - keys.length,
    compactRevision: store.compactRevision,
    ...leasesOf(world, server),
    alarms: alarmsOf(world, server),
    pendingWrites: disk.pendingWrites,
    pendingEntries: disk.pendingEntries,
    writesDoneUs: disk.doneUs,
    faults: faultsOf(world, server).map(({ fault, text }) => ({ kind: fault.kind, text })),
    clockOffsetUs: world.config.timers === "manual" ? null : localNow(world, server) - world.nowUs,
    clockRate: world.config.timers === "manual" ? null : server.clock.rate / TRUE_RATE,
    damagedIndex: disk.damagedIndex === 0 ? null : disk.damagedIndex,
  };
}

function snapshotPicture({ raft, disk }: SimServer): SnapshotPicture | null {
  const snapshot = raft === null ? disk.snapshot : raft.snapshot;
  if (snapshot === null) return null;
  const { lastIncludedIndex: index, lastIncludedTerm: term, data } = snapshot;
  return { index, term, bytes: data.bytes };
}

function logOf(server: SimServer): RaftLog<Command> {
  return server.raft?.log ?? server.disk.log;
}

/** A log that ends before the newest entries of the others shows its own end. */
function entries(
  server: SimServer,
  range: LogRange & { readonly last: number },
  durable: number,
  names: Names,
): EntryPicture[] {
  const { raft, disk } = server;
  const log = logOf(server);
  const to = Math.min(range.to, log.lastIndex);
  const behind = range.to === range.last && log.lastIndex < range.from;
  const from = behind ? log.lastIndex - (range.to - range.from) : range.from;
  const first = Math.max(log.firstIndex, from);
  const { writtenIndex, syncedIndex } = disk;
  const storedAt = (index: number): EntryPicture["stored"] => {
    if (index > durable) return index <= writtenIndex ? "written" : "memory";
    return syncedIndex !== null && index > syncedIndex ? "unsynced" : "durable";
  };
  return log.slice(first, to).map((entry, position) => {
    const index = first + position;
    return {
      index,
      term: entry.term,
      text: entryText(entry, names),
      durable: index <= durable,
      stored: storedAt(index),
      committed: index <= (raft?.commitIndex ?? 0),
      applied: index <= (raft?.appliedIndex ?? 0),
    };
  });
}

/** `shiftUs`: the timers of a manual world count from the present instant. */
function timersOf(server: SimServer, shiftUs: number): TimerPicture[] {
  const running: TimerPicture[] = [];
  for (const kind of ["election", "heartbeat"] as const) {
    const { startUs, deadlineUs } = server.timers[kind];
    if (deadlineUs !== null) running.push({ kind, startUs: startUs + shiftUs, deadlineUs: deadlineUs + shiftUs });
  }
  return running;
}

function progressOf(world: World, server: SimServer): ProgressPicture[] {
  const { raft } = server;
  if (raft === null || raft.role !== "leader") return [];
  const all: ProgressPicture[] = [];
  for (const voter of membersOf(raft.configuration)) {
    const progress = raft.progressOf(voter);
    if (progress === null) continue;
    const { next, match, state } = progress;
    all.push({ server: world.nameOf(voter), next, match, state });
  }
  return all;
}
