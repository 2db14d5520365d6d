/** A cluster and the states it begins with, written as in a file. */

import { CHUNK, DEFAULTS, KEEP, usualRetries } from "../checker/defaults.js";
import { runOfNames } from "../checker/names.js";
import type { ClusterConfig, GivenEntry, GivenNode, MicrosRange } from "../program.js";
import { formatDuration } from "../vocabulary/durations.js";
import { stringText } from "./string-text.js";

/**
 * The settings of a cluster that differ from the defaults, each as a line of a `cluster` block; `seed` is left out. Reading
 * them gives the same cluster.
 */
export function clusterSettings(config: ClusterConfig): readonly string[] {
  const lines = [`nodes ${namesText(config.nodes)}`];
  const set = (line: string, differs: boolean): void => {
    if (differs) lines.push(line);
  };
  const range = (word: string, key: "electionTimeout" | "latency" | "fsync"): void => {
    const { min, max } = DEFAULTS[key];
    set(`${word} ${rangeText(config[key])}`, config[key].min !== min || config[key].max !== max);
  };
  const word = (name: string, key: "reads" | "membership" | "network" | "timers"): void => {
    set(`${name} ${config[key]}`, config[key] !== DEFAULTS[key]);
  };
  const number = (name: string, key: "appendLimit" | "inflight" | "maxTxnOps"): void => {
    set(`${name} ${config[key]}`, config[key] !== DEFAULTS[key]);
  };
  const onOff = (name: string, key: "preVote" | "checkQuorum" | "sessions"): void => {
    set(`${name} ${config[key] ? "on" : "off"}`, config[key] !== DEFAULTS[key]);
  };
  set(`learners ${namesText(config.learners)}`, config.learners.length > 0);
  set(`spares ${namesText(config.spares)}`, config.spares.length > 0);
  set(`clients ${namesText(config.clients)}`, config.clients.join(" ") !== DEFAULTS.clients.join(" "));
  range("election-timeout", "electionTimeout");
  set(`heartbeat ${formatDuration(config.heartbeat)}`, config.heartbeat !== DEFAULTS.heartbeat);
  range("latency", "latency");
  for (const chance of ["loss", "duplicate", "reorder"] as const) {
    set(`${chance} ${percentText(config[chance])}`, config[chance] !== DEFAULTS[chance]);
  }
  range("fsync", "fsync");
  onOff("pre-vote", "preVote");
  onOff("check-quorum", "checkQuorum");
  word("reads", "reads");
  set(`clock-drift-bound ${percentText(config.clockDriftBound)}`, config.clockDriftBound !== DEFAULTS.clockDriftBound);
  onOff("sessions", "sessions");
  word("membership", "membership");
  const snapshot = snapshotText(config.snapshot);
  set(`snapshot ${snapshot}`, snapshot !== snapshotText(DEFAULTS.snapshot));
  number("append-limit", "appendLimit");
  number("inflight", "inflight");
  set(`client-timeout ${formatDuration(config.clientTimeout)}`, config.clientTimeout !== DEFAULTS.clientTimeout);
  set(`retries ${config.retries}`, config.retries !== usualRetries(config));
  set(`quota ${sizeText(config.quota)}`, config.quota !== DEFAULTS.quota);
  number("max-txn-ops", "maxTxnOps");
  set(`max-request-bytes ${sizeText(config.maxRequestBytes)}`, config.maxRequestBytes !== DEFAULTS.maxRequestBytes);
  if (config.leaseCheckpoint !== null) lines.push(`lease-checkpoint ${formatDuration(config.leaseCheckpoint)}`);
  set(`watch-progress ${formatDuration(config.watchProgress)}`, config.watchProgress !== DEFAULTS.watchProgress);
  word("network", "network");
  word("timers", "timers");
  for (const rule of config.rulesOff) lines.push(`rule ${rule} off`);
  return lines;
}

/** The lines of a `given` block. */
export function givenLines(given: readonly GivenNode[]): readonly string[] {
  return given.map(({ node, term, vote, log, commit }) =>
    [
      `${node} term ${term}`,
      ...(vote === null ? [] : [`vote ${vote}`]),
      `log [${log.map(entryText).join(" ")}]`,
      ...(commit === 0 ? [] : [`commit ${commit}`]),
    ].join(" "),
  );
}

function entryText({ term, put }: GivenEntry): string {
  return put === null ? String(term) : `${term}:${keyText(put.key)}=${stringText(put.value)}`;
}

function keyText(key: string): string {
  return /^[A-Za-z][A-Za-z0-9-]*$/.test(key) ? key : stringText(key);
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

function rangeText({ min, max }: MicrosRange): string {
  return min === max ? formatDuration(min) : `${formatDuration(min)}..${formatDuration(max)}`;
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
