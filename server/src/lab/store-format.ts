import type { SessionInfo, SessionState } from "../protocol/session.js";
import type { LiveStep } from "../scenario/live-run.js";
import type { LivePlace, SessionRecord } from "./record.js";

/** The store's file. */
export interface StoreData {
  readonly version: 1;
  /** Newest last. */
  readonly sessions: readonly SessionRecord[];
}

/** Reads the text of a store file. Throws an error that says what is wrong with it. */
export function parseStore(text: string): StoreData {
  const data = object(JSON.parse(text), "the file");
  if (data["version"] !== 1) throw new Error(`unknown version ${JSON.stringify(data["version"])}`);
  return { version: 1, sessions: list(data["sessions"], "sessions").map(sessionRecord) };
}

function sessionRecord(value: unknown): SessionRecord {
  const data = object(value, "a session");
  return {
    info: sessionInfo(data["info"]),
    text: nullable(data["text"], text, "text"),
    scenario: nullable(data["scenario"], text, "scenario"),
    live: nullable(data["live"], livePlace, "live"),
  };
}

function sessionInfo(value: unknown): SessionInfo {
  const data = object(value, "info");
  const kind = data["kind"];
  if (kind !== "run" && kind !== "live") throw new Error("a session is of no known kind");
  return {
    id: text(data["id"], "id"),
    kind,
    uri: nullable(data["uri"], text, "uri"),
    title: text(data["title"], "title"),
    seed: number(data["seed"], "seed"),
    startedAt: text(data["startedAt"], "startedAt"),
    state: sessionState(data["state"]),
    timeUs: number(data["timeUs"], "timeUs"),
    events: number(data["events"], "events"),
    traceHash: nullable(data["traceHash"], text, "traceHash"),
    cursor: nullable(data["cursor"], number, "cursor"),
    pace: nullable(data["pace"], number, "pace"),
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
    case "paused":
    case "cancelled":
      return { kind: data["kind"] };
    case "finished": {
      const verdict = data["verdict"];
      if (verdict !== "pass" && verdict !== "fail" && verdict !== "unproven") throw new Error("an unknown verdict");
      return { kind: "finished", verdict };
    }
    case "failed":
      return { kind: "failed", message: text(data["message"], "message") };
    default:
      throw new Error("a session is in no known state");
  }
}

function livePlace(value: unknown): LivePlace {
  const data = object(value, "live");
  return {
    steps: list(data["steps"], "steps").map(liveStep),
    timeUs: number(data["timeUs"], "timeUs"),
    position: number(data["position"], "position"),
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
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Error(`${what} is no object`);
  return Object.fromEntries(Object.entries(value));
}

function list(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error(`${what} is no list`);
  return value;
}

function text(value: unknown, what: string): string {
  if (typeof value !== "string") throw new Error(`${what} is no text`);
  return value;
}

function number(value: unknown, what: string): number {
  if (typeof value !== "number" || !Number.isFinite(value)) throw new Error(`${what} is no number`);
  return value;
}

function nullable<T>(value: unknown, read: (value: unknown, what: string) => T, what: string): T | null {
  return value === null ? null : read(value, what);
}
