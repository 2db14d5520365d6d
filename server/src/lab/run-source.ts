import type { RunSource } from "../protocol/exports.js";
import type { SessionInfo } from "../protocol/session.js";
import type { LivePlace, SessionRecord } from "./record.js";

/** How a session stands: what its record does not tell. */
export interface Standing {
  readonly session: SessionInfo;
  /** Of its trace as far as it has come. */
  readonly hash: string;
  /** Of a live session. */
  readonly live: LivePlace | null;
}

/** What gives a session again, from what is kept of it and how it stands. */
export function runSource({ text, scenario }: SessionRecord, { session, hash, live }: Standing): RunSource {
  const { kind, title, uri, seed, state, events, cursor } = session;
  return {
    kind,
    title,
    file: uri === null ? null : fileName(uri),
    text,
    scenario,
    seed,
    settings: session.settings ?? [],
    live: live === null ? null : livePart(live),
    state,
    events,
    traceHash: live?.hash ?? hash,
    cursor,
  };
}

function livePart({ steps, timeUs, position, storyUpTo }: LivePlace): RunSource["live"] {
  return { storyUpTo: storyUpTo ?? null, steps, timeUs, position };
}

/** The last part of a document's URI, as a person writes it. */
export function fileName(uri: string): string {
  const name = uri.slice(uri.lastIndexOf("/") + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
