import { randomUUID } from "node:crypto";
import { t } from "../l10n/text.js";
import type { EventId, SessionInfo } from "../protocol/session.js";
import type { Lab } from "./contract.js";
import { liveCluster } from "./live-cluster.js";
import type { LivePlace, SessionRecord } from "./record.js";
import { findRunnable } from "./runnable.js";

/** The record of a run about to begin, or why it cannot. */
export function newRun({ source, scenario, seed, settings = [] }: Parameters<Lab["run"]>[0]): SessionRecord | string {
  const found = findRunnable(source.text, scenario, settings);
  if (typeof found === "string") return found;
  const info = newInfo("run", source.uri, scenario, seed ?? found.config.seed, null);
  return { info: settings.length === 0 ? info : { ...info, settings }, text: source.text, scenario, live: null };
}

/** The record of a live cluster about to begin, or why it cannot. `pace`: virtual seconds per real second. */
export function newLive(
  { source, scenario, seed }: Parameters<Lab["startLive"]>[0],
  pace: number,
): SessionRecord | string {
  const info = newInfo("live", source?.uri ?? null, scenario ?? t("Live cluster"), seed ?? 1, pace);
  const record: SessionRecord = { info, text: source?.text ?? null, scenario: scenario ?? null, live: null };
  const cluster = liveCluster(record);
  if (typeof cluster === "string") return cluster;
  return seed === undefined ? { ...record, info: { ...info, seed: cluster.config.seed } } : record;
}

/** The record of a live cluster that goes on from a moment of a run or of another one, paused there. `pace`: where that has none. */
export function newBranch(
  { info: origin, text, scenario }: SessionRecord,
  eventId: EventId,
  live: LivePlace,
  pace: number,
): SessionRecord {
  const title = t("{0}, from event {1}", origin.title, eventId);
  const info = newInfo("live", origin.uri, title, origin.seed, origin.kind === "live" ? origin.pace : pace);
  const settings = origin.settings === undefined ? {} : { settings: origin.settings };
  return { info: { ...info, ...settings, state: { kind: "paused" }, timeUs: live.timeUs }, text, scenario, live };
}

function newInfo(
  kind: SessionInfo["kind"],
  uri: string | null,
  title: string,
  seed: number,
  pace: number | null,
): SessionInfo {
  return {
    id: randomUUID(),
    kind,
    uri,
    title,
    seed,
    startedAt: new Date().toISOString(),
    state: { kind: "running" },
    timeUs: 0,
    events: 0,
    traceHash: null,
    cursor: null,
    pace,
    leader: null,
    term: 0,
    servers: [],
    clients: [],
  };
}

/** A record as a lab finds it that has just started: nothing runs any more. */
export function afterRestart(record: SessionRecord): SessionRecord {
  if (record.info.state.kind !== "running") return record;
  const state: SessionInfo["state"] =
    record.info.kind === "live" ? { kind: "paused" } : { kind: "failed", message: interrupted() };
  return { ...record, info: { ...record.info, state } };
}

/** What is said of a run that did not reach its end when the server, or the simulation in it, ended. */
export function interrupted(): string {
  return t("Raft Lab ended during this run. Run the scenario again.");
}
