import { describe, expect, it } from "vitest";
import { write } from "../../../test/sim/disk-write.js";
import type { Command } from "../kv/command.js";
import { RaftLog } from "../raft/log.js";
import type { Write } from "../raft/output.js";
import type { Snapshot } from "../raft/types.js";
import { Disk } from "./disk.js";
import { type DiskFaults, NO_DISK_FAULTS } from "./machine-fault.js";
import { RandomStream } from "./random.js";

function disk(faults: Partial<DiskFaults> = {}): Disk {
  const made = new Disk(
    { min: 1_000, max: 1_000 },
    RandomStream.of(1, "disk"),
    { term: 0, vote: 0 },
    new RaftLog<Command>(),
  );
  made.faults = { ...NO_DISK_FAULTS, ...faults };
  return made;
}

/** Writes that are durable as soon as they are issued. */
function written(to: Disk, ...writes: readonly Write<Command>[]): Disk {
  for (const each of writes) {
    to.submit(each, 0);
    to.complete(each.id);
  }
  return to;
}

const terms = ({ log }: Disk): number[] => log.slice(1, log.lastIndex).map(({ term }) => term);

describe("a slow disk", () => {
  it("takes so much longer for each write, in their order all the same", () => {
    const slow = disk({ slowUs: 5_000 });
    expect([slow.submit(write(1, 1), 0), slow.submit(write(2, 1), 10)]).toEqual([6_000, 6_010]);
    slow.faults = NO_DISK_FAULTS;
    expect([slow.timeOf(1), slow.timeOf(2)]).toEqual([1_000, 1_010]);
    slow.complete(1);
    expect([slow.timeOf(1), slow.timeOf(2)]).toEqual([null, 1_010]);
  });
});

describe("a disk that ignores fsync", () => {
  it("reports what a crash then loses, term and vote included", () => {
    const lying = written(disk(), write(1, 1, 2));
    lying.faults = { ...NO_DISK_FAULTS, ignoresFsync: true };
    written(lying, write(2, 2), write(3, 3));
    expect([terms(lying), lying.hardState.term, lying.hasUnsynced]).toEqual([[1, 1, 2, 3], 3, true]);
    expect(lying.crash()).toEqual({ what: "unsynced", entries: 2 });
    expect([terms(lying), lying.hardState.term, lying.hasUnsynced]).toEqual([[1, 1], 1, false]);
    expect(lying.crash()).toBeNull();
  });

  it("has everything once a write is durable that was not ignored", () => {
    const lying = written(disk({ ignoresFsync: true }), write(1, 1));
    lying.faults = NO_DISK_FAULTS;
    expect(lying.hasUnsynced).toBe(true);
    written(lying, write(2, 1));
    expect([lying.crash(), terms(lying)]).toEqual([null, [1, 1]]);
  });
});

describe("a torn record", () => {
  it("that is under way loses nothing that was reported", () => {
    const torn = written(disk({ tears: true }), write(1, 1));
    torn.submit(write(2, 2), 0);
    expect([torn.crash(), terms(torn)]).toEqual([null, [1]]);
    expect(torn.recover(true)).toEqual({ kind: "starts", losses: [{ what: "torn", entries: 0 }] });
    expect(torn.recover(true)).toEqual({ kind: "starts", losses: [] });
  });

  it("that was reported is taken back whole, with what it had removed", () => {
    const torn = written(disk({ tears: true }), write(1, 1, 3), write(2, 2, 1, 2));
    expect(terms(torn)).toEqual([1, 2]);
    torn.crash();
    expect([terms(torn), torn.hardState.term]).toEqual([[1, 1, 1], 1]);
    expect(torn.recover(true)).toEqual({ kind: "starts", losses: [{ what: "torn", entries: 1 }] });
  });

  it("is not found where nothing was ever written", () => {
    const torn = disk({ tears: true });
    torn.crash();
    expect(torn.recover(true)).toEqual({ kind: "starts", losses: [] });
  });
});

describe("a damaged record", () => {
  it("is refused by its checksum, time and again, until the disk is wiped", () => {
    const damaged = written(disk(), write(1, 1, 4));
    damaged.damage(3);
    damaged.damage(4);
    for (let attempt = 1; attempt <= 2; attempt += 1) {
      damaged.crash();
      expect(damaged.recover(true)).toEqual({ kind: "damaged", index: 3 });
    }
    damaged.wipe();
    expect(damaged.recover(true)).toEqual({ kind: "starts", losses: [] });
  });

  it("is taken for the end of the log without checksums", () => {
    const damaged = written(disk(), write(1, 7, 4));
    damaged.damage(3);
    expect(damaged.recover(false)).toEqual({ kind: "starts", losses: [{ what: "damaged", entries: 2 }] });
    expect([terms(damaged), damaged.hardState, damaged.damagedIndex]).toEqual([[7, 7], { term: 7, vote: 1 }, 0]);
  });

  it("is gone when its entry is replaced", () => {
    const damaged = written(disk(), write(1, 1, 4));
    damaged.damage(3);
    written(damaged, write(2, 2, 1, 3));
    expect([damaged.damagedIndex, damaged.recover(true).kind]).toEqual([0, "starts"]);
  });
});

describe("damage to an entry that was replaced only in a write that is lost", () => {
  it("is there again when a disk that ignores fsync loses that write", () => {
    const lying = written(disk(), write(1, 1, 4));
    lying.damage(3);
    lying.faults = { ...NO_DISK_FAULTS, ignoresFsync: true };
    written(lying, write(2, 2, 1, 3));
    expect(lying.damagedIndex).toBe(0);
    lying.crash();
    expect([terms(lying), lying.recover(true)]).toEqual([[1, 1, 1, 1], { kind: "damaged", index: 3 }]);
  });

  it("is there again when that write's record is torn", () => {
    const torn = written(disk({ tears: true }), write(1, 1, 4));
    torn.damage(3);
    written(torn, write(2, 2, 1, 3));
    torn.crash();
    expect([terms(torn), torn.recover(true)]).toEqual([[1, 1, 1, 1], { kind: "damaged", index: 3 }]);
  });
});

describe("a log that contradicts its snapshot", () => {
  const snapshot = (lastIncludedIndex: number, lastIncludedTerm: number): Snapshot => ({
    lastIncludedIndex,
    lastIncludedTerm,
    configuration: { voters: [1], outgoing: [], learners: [], autoLeave: false },
    data: { bytes: 1 },
  });
  const place = ({ log }: Disk): number[] => [log.firstIndex, log.lastIndex, log.lastTerm];

  it("begins anew behind it where damage took what the snapshot covers, so that the next entry finds its place", () => {
    const covered = written(disk(), write(1, 1, 6), { ...write(2, 1, 0), snapshot: snapshot(5, 1), compactTo: 2 });
    covered.damage(4);
    expect(covered.recover(false)).toEqual({ kind: "starts", losses: [{ what: "damaged", entries: 3 }] });
    expect(place(covered)).toEqual([6, 5, 1]);
    expect(place(written(covered, write(3, 2)))).toEqual([6, 6, 2]);
  });

  it("begins anew behind it where it was rewritten since, as with snapshot-only-committed off", () => {
    const rewritten = written(
      disk(),
      write(1, 1, 4),
      { ...write(2, 1, 0), snapshot: snapshot(4, 1), compactTo: 2 },
      write(3, 2, 3, 4),
    );
    expect(place(rewritten)).toEqual([3, 6, 2]);
    rewritten.crash();
    expect(rewritten.recover(true)).toEqual({ kind: "starts", losses: [] });
    expect(place(rewritten)).toEqual([5, 4, 1]);
  });
});

describe("a copy of a disk", () => {
  it("has its faults and what is really on it", () => {
    const original = written(disk({ ignoresFsync: true, tears: true }), write(1, 1));
    original.damage(1);
    const copy = original.clone();
    original.faults = NO_DISK_FAULTS;
    written(original, write(2, 1));
    expect([copy.faults.ignoresFsync, copy.hasUnsynced, copy.damagedIndex]).toEqual([true, true, 1]);
    expect(copy.crash()).toEqual({ what: "unsynced", entries: 1 });
    expect(original.crash()).toBeNull();
  });
});
