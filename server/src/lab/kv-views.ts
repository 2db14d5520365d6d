import type { KeyHistoryView, KeysView, WatchesView } from "../protocol/kv-views.js";
import type { Failure, keyHistoryRequest, keysRequest, Outcome, watchesRequest } from "../protocol/requests.js";
import type { EventId } from "../protocol/session.js";
import type { World } from "../sim/world.js";
import { keyPast, keysPage } from "../trace/keys-view.js";
import { watchesAt } from "../trace/watches-view.js";
import type { ParamsOf } from "./contract.js";
import { type OpenSession, shownEvent } from "./open-session.js";
import { unknownEvent } from "./session-views.js";

/** Children of a page of keys, revisions of a key, and changes of a watch: unless asked otherwise, and at the most. */
const CHILDREN = 100;
const REVISIONS = 20;
const CHANGES = 20;
const MOST = 500;
const MOST_CHANGES = 200;

/** The key-value views of a session at a position. */
export class KvViews {
  /** One level of a server's keys. */
  keys(session: OpenSession, params: ParamsOf<typeof keysRequest>): Outcome<{ view: KeysView }> {
    const world = worldAt(session, params.eventId);
    if ("ok" in world) return world;
    const { server, prefix, after, limit = CHILDREN } = params;
    const view = keysPage(world, { server, prefix, after, limit: within(limit, MOST) });
    return typeof view === "string" ? { ok: false, message: view } : { ok: true, view };
  }

  /** What is kept of a key's past. */
  history(session: OpenSession, params: ParamsOf<typeof keyHistoryRequest>): Outcome<{ view: KeyHistoryView }> {
    const world = worldAt(session, params.eventId);
    if ("ok" in world) return world;
    const { server, key, before, limit = REVISIONS } = params;
    const to = before === undefined ? undefined : before - 1;
    const view = keyPast(session.recording, world, { server, key, to, limit: within(limit, MOST) });
    if (typeof view === "string") return { ok: false, message: view };
    if (session.info().kind === "run") return { ok: true, view };
    // Steps typed on a live cluster stand in no file.
    return { ok: true, view: { ...view, revisions: view.revisions.map((each) => ({ ...each, line: null })) } };
  }

  /** The watches with their newest changes. */
  watches(session: OpenSession, params: ParamsOf<typeof watchesRequest>): Outcome<{ view: WatchesView }> {
    const world = worldAt(session, params.eventId);
    if ("ok" in world) return world;
    return { ok: true, view: watchesAt(session.recording, world, within(params.changes ?? CHANGES, MOST_CHANGES)) };
  }
}

/** The state at an event, or at the cursor. The newest one is there already: nothing is replayed for it. */
function worldAt(session: OpenSession, asked: EventId | null): World | Failure {
  const { recording } = session;
  const eventId = asked ?? shownEvent(session);
  const unknown = eventId === -1 ? null : unknownEvent(session, eventId);
  if (unknown !== null) return unknown;
  return eventId === recording.log.count - 1 ? recording.world : recording.stateAt(eventId);
}

function within(asked: number, most: number): number {
  return Math.min(Math.max(1, Math.floor(asked)), most);
}
