import { describe, expect, it } from "vitest";
import { write } from "../../../test/sim/disk-write.js";
import type { Command } from "../kv/command.js";
import { RaftLog } from "../raft/log.js";
import { Disk } from "./disk.js";
import { RandomStream } from "./random.js";

function disk(): Disk {
  return new Disk({ min: 1_000, max: 9_000 }, RandomStream.of(1, "disk"), { term: 0, vote: 0 }, new RaftLog<Command>());
}

describe("a disk", () => {
  it("makes writes durable in the order of issue", () => {
    const it = disk();
    let last = 0;
    for (let id = 1; id <= 50; id += 1) {
      const durableUs = it.submit(write(id, 1), id * 10);
      expect(durableUs).toBeGreaterThanOrEqual(Math.max(last, id * 10 + 1_000));
      last = durableUs;
    }
  });

  it("holds nothing before a write is durable", () => {
    const it = disk();
    it.submit(write(1, 3), 0);
    expect([it.hardState, it.log.lastIndex, it.pendingWrites]).toEqual([{ term: 0, vote: 0 }, 0, 1]);
    it.complete(1);
    expect([it.hardState, it.log.lastIndex, it.pendingWrites]).toEqual([{ term: 3, vote: 1 }, 1, 0]);
  });

  it("has with a write also all before it, and does nothing twice", () => {
    const it = disk();
    for (const id of [1, 2, 3]) it.submit(write(id, id), 0);
    it.complete(2);
    it.complete(1);
    it.complete(2);
    expect([it.log.lastIndex, it.pendingWrites]).toEqual([2, 1]);
  });

  it("loses in a crash exactly what was not durable", () => {
    const it = disk();
    for (const id of [1, 2, 3]) it.submit(write(id, id), 0);
    it.complete(1);
    it.crash();
    it.complete(3);
    expect([it.hardState.term, it.log.lastIndex, it.pendingWrites]).toEqual([1, 1, 0]);
  });

  it("removes and adds entries in one write", () => {
    const it = disk();
    it.submit(write(1, 1, 3), 0);
    it.submit(write(2, 2, 1, 2), 0);
    it.complete(2);
    expect(it.log.slice(1, it.log.lastIndex).map(({ term }) => term)).toEqual([1, 2]);
  });

  it("forgets everything when it is wiped", () => {
    const it = disk();
    it.submit(write(1, 4), 0);
    it.complete(1);
    it.wipe();
    expect([it.hardState, it.log.lastIndex]).toEqual([{ term: 0, vote: 0 }, 0]);
  });
});
