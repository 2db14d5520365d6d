import { t } from "../l10n/text.js";
import type { Bookmark } from "../protocol/bookmarks.js";
import type { SessionInfo, SessionState } from "../protocol/session.js";
import type { LiveStep } from "../scenario/live-run.js";
import type { LivePlace, SessionRecord } from "./record.js";

/** The store's file. */
export interface StoreData {
  readonly version: 1;
  /** Newest last. */
  readonly sessions: readonly SessionRecord[];
}

/** What could be read of a store file. */
export interface ParsedStore {
  readonly data: StoreData;
  /** What is wrong with each session that could not be read. */
  readonly damaged: readonly string[];
}

/** Reads the text of a store file, leaving out damaged sessions. Throws an error that says what is wrong with the file. */
export function parseStore(source: string): ParsedStore {
  const data = object(parseJson(source), "the file");
  const { version } = data;
  if (version !== 1)
    throw new Error(t("it is of version {0}, this program reads 1", JSON.stringify(version) ?? "unknown"));
  const sessions = new Map<string, SessionRecord>();
  const damaged: string[] = [];
  for (const value of list(data["sessions"], "sessions")) {
    try {
      const record = sessionRecord(value);
      sessions.set(record.info.id, record);
    } catch (error) {
      damaged.push(error instanceof Error ? error.message : String(error));
    }
  }
  return { data: { version: 1, sessions: [...sessions.values()] }, damaged };
}

function parseJson(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    throw new Error(source.trim() === "" ? t("the file is empty") : t("it is not JSON"));
  }
}

function sessionRecord(value: unknown): SessionRecord {
  const data = object(value, "a session");
  return {
    info: sessionInfo(data["info"]),
    text: nullable(data["text"], text, "text"),
    scenario: nullable(data["scenario"], text, "scenario"),
    live: nullable(data["live"], livePlace, "live"),
    // Stores of earlier versions have none.
    ...(data["bookmarks"] === undefined ? {} : { bookmarks: list(data["bookmarks"], "bookmarks").map(bookmark) }),
  };
}

function bookmark(value: unknown): Bookmark {
  const data = object(value, "a bookmark");
  return {
    eventId: number(data["eventId"], "eventId"),
    timeUs: number(data["timeUs"], "timeUs"),
    name: text(data["name"], "name"),
  };
}

function sessionInfo(value: unknown): SessionInfo {
  const data = object(value, "info");
  const kind = data["kind"];
  if (kind !== "run" && kind !== "live") throw new Error(t("a session is of no known kind"));
  return {
    id: text(data["id"], "id"),
    kind,
    uri: nullable(data["uri"], text, "uri"),
    title: text(data["title"], "title"),
    seed: number(data["seed"], "seed"),
    ...(data["settings"] === undefined
      ? {}
      : { settings: list(data["settings"], "settings").map((setting) => text(setting, "a setting")) }),
    startedAt: text(data["startedAt"], "startedAt"),
    state: sessionState(data["state"]),
    timeUs: number(data["timeUs"], "timeUs"),
    events: number(data["events"], "events"),
    traceHash: nullable(data["traceHash"], text, "traceHash"),
    cursor: nullable(data["cursor"], number, "cursor"),
    pace: nullable(data["pace"], number, "pace"),
    ...(data["tookMs"] === undefined ? {} : { tookMs: number(data["tookMs"], "tookMs") }),
    leader: nullable(data["leader"], text, "leader"),
    term: number(data["term"], "term"),
    servers: list(data["servers"], "servers").map((name) => text(name, "server")),
    clients: list(data["clients"], "clients").map((name) => text(name, "client")),
  };
}

function sessionState(value: unknown): SessionState {
  const data = object(value, "state");
  switch (data["kind"]) {
    case "running":
    case "cancelled":
      return { kind: data["kind"] };
    case "paused": {
      const { because } = data;
      return because === undefined ? { kind: "paused" } : { kind: "paused", because: text(because, "because") };
    }
    case "finished": {
      const verdict = data["verdict"];
      if (verdict !== "pass" && verdict !== "fail" && verdict !== "unproven") throw new Error(t("an unknown verdict"));
      return { kind: "finished", verdict };
    }
    case "failed":
      return { kind: "failed", message: text(data["message"], "message") };
    default:
      throw new Error(t("a session is in no known state"));
  }
}

function livePlace(value: unknown): LivePlace {
  const data = object(value, "live");
  return {
    // Only what goes on from the middle of a run has one.
    ...(data["storyUpTo"] === undefined ? {} : { storyUpTo: number(data["storyUpTo"], "storyUpTo") }),
    steps: list(data["steps"], "steps").map(liveStep),
    timeUs: number(data["timeUs"], "timeUs"),
    position: number(data["position"], "position"),
    hash: text(data["hash"], "hash"),
    running: data["running"] === true,
  };
}

function liveStep(value: unknown): LiveStep {
  const data = object(value, "a step");
  return {
    text: text(data["text"], "text"),
    timeUs: number(data["timeUs"], "timeUs"),
    position: number(data["position"], "position"),
  };
}

function object(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Error(t("{0} is no object", what));
  return Object.fromEntries(Object.entries(value));
}

function list(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error(t("{0} is no list", what));
  return value;
}

function text(value: unknown, what: string): string {
  if (typeof value !== "string") throw new Error(t("{0} is no text", what));
  return value;
}

function number(value: unknown, what: string): number {
  if (typeof value !== "number" || !Number.isFinite(value)) throw new Error(t("{0} is no number", what));
  return value;
}

function nullable<T>(value: unknown, read: (value: unknown, what: string) => T, what: string): T | null {
  return value === null ? null : read(value, what);
}
