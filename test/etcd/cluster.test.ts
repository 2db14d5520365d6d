/** The recordings of a real etcd, sent by a client through a simulated cluster whose leader changes in the middle. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type LeaderChange, RecordedCluster } from "./cluster.js";
import { readRecording, type Step } from "./translate.js";

const CORPUS = join(import.meta.dirname, "../../../shared/data/etcd-oracle/corpus");
const recordings = existsSync(CORPUS) ? readdirSync(CORPUS).filter((name) => name.endsWith(".jsonl")) : [];

const numbered = recordings.map((name, index) => ({ name, index }));

describe.skipIf(recordings.length === 0)(
  "a recorded etcd and a simulated cluster give the same (needs the recordings, shared/data/etcd-oracle)",
  () => {
    it.each(numbered)("$name", ({ name, index }) => {
      const how: LeaderChange = index % 2 === 0 ? "crash" : "transfer";
      replay(readRecording(readFileSync(join(CORPUS, name), "utf8")), how, index + 1);
    });
  },
);

/** Sends the steps; the leadership changes after half of them, and who lost it is back after three quarters. */
function replay(steps: readonly Step[], how: LeaderChange, seed: number): void {
  const cluster = new RecordedCluster(seed);
  const { term } = cluster;
  for (const [position, step] of steps.entries()) {
    if (position === steps.length >> 1) cluster.changeLeader(how);
    if (position === (steps.length * 3) >> 2) cluster.bringBack();
    const { i, op, req, res, err } = step;
    const expected = res === undefined ? { err } : { res };
    expect({ i, op, req, ...cluster.answer(step) }).toEqual({ i, op, req, ...expected });
  }
  expect(cluster.term).toBeGreaterThan(term);
  expect(new Set(cluster.hashes())).toHaveLength(1);
}
