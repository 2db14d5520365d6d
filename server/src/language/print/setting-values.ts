/** What each setting of a cluster is, written as in a file. */

import { CHUNK, KEEP } from "../checker/defaults.js";
import { runOfNames } from "../checker/names.js";
import type { ClusterConfig, MicrosRange } from "../program.js";
import { formatDuration } from "../vocabulary/durations.js";

/**
 * The value of every setting but `seed`, by the setting's word, in the order of a `cluster` block; empty for names where there are none.
 * A rule that is off has the word `rule NAME` and the value `off`; one that is on is left out.
 */
export function settingValues(config: ClusterConfig): ReadonlyMap<string, string> {
  return new Map([
    ["nodes", namesText(config.nodes)],
    ["learners", namesText(config.learners)],
    ["spares", namesText(config.spares)],
    ["clients", namesText(config.clients)],
    ["election-timeout", rangeText(config.electionTimeout)],
    ["heartbeat", formatDuration(config.heartbeat)],
    ["latency", rangeText(config.latency)],
    ["loss", percentText(config.loss)],
    ["duplicate", percentText(config.duplicate)],
    ["reorder", percentText(config.reorder)],
    ["fsync", rangeText(config.fsync)],
    ["pre-vote", onOff(config.preVote)],
    ["check-quorum", onOff(config.checkQuorum)],
    ["reads", config.reads],
    ["clock-drift-bound", percentText(config.clockDriftBound)],
    ["sessions", onOff(config.sessions)],
    ["membership", config.membership],
    ["snapshot", snapshotText(config.snapshot)],
    ["append-limit", String(config.appendLimit)],
    ["inflight", String(config.inflight)],
    ["client-timeout", formatDuration(config.clientTimeout)],
    ["retries", config.retries],
    ["quota", sizeText(config.quota)],
    ["max-txn-ops", String(config.maxTxnOps)],
    ["max-request-bytes", sizeText(config.maxRequestBytes)],
    ["lease-checkpoint", config.leaseCheckpoint === null ? "off" : formatDuration(config.leaseCheckpoint)],
    ["watch-progress", formatDuration(config.watchProgress)],
    ["network", config.network],
    ["timers", config.timers],
    ...config.rulesOff.map((rule) => [`rule ${rule}`, "off"] as const),
  ]);
}

/** A range of durations: `150ms..300ms`, or one where both ends are the same. */
export function rangeText({ min, max }: MicrosRange): string {
  return min === max ? formatDuration(min) : `${formatDuration(min)}..${formatDuration(max)}`;
}

function onOff(on: boolean): string {
  return on ? "on" : "off";
}

/** Names, with runs such as `s1..s5` where three or more follow each other. */
function namesText(names: readonly string[]): string {
  const written: string[] = [];
  for (let at = 0; at < names.length; ) {
    const first = names[at] ?? "";
    let end = at + 1;
    while (end < names.length && isRun(names.slice(at, end + 1))) end += 1;
    const last = names[end - 1] ?? "";
    if (end - at >= 3) {
      written.push(`${first}..${last}`);
      at = end;
    } else {
      written.push(first);
      at += 1;
    }
  }
  return written.join(" ");
}

function isRun(names: readonly string[]): boolean {
  const [first] = names;
  const last = names.at(-1);
  if (first === undefined || last === undefined) return false;
  return runOfNames(first, last)?.join(" ") === names.join(" ");
}

/** Twelve digits tell apart whatever a person wrote, and hide how a fraction is stored. */
function percentText(share: number): string {
  return `${Number((share * 100).toPrecision(12))}%`;
}

function sizeText(bytes: number): string {
  if (bytes % (1024 * 1024) === 0) return `${bytes / (1024 * 1024)}MiB`;
  return bytes % 1024 === 0 ? `${bytes / 1024}KiB` : `${bytes}B`;
}

function snapshotText(snapshot: ClusterConfig["snapshot"]): string {
  if (snapshot === null) return "off";
  const { every, keep, chunk } = snapshot;
  const kept = keep === KEEP ? "" : ` keep ${keep}`;
  return `every ${every} entries${kept}${chunk === CHUNK ? "" : ` chunk ${sizeText(chunk)}`}`;
}
