import type { SessionId } from "../protocol/session.js";
import { LiveSession } from "./live-session.js";
import type { OpenSession } from "./open-session.js";
import { RunSession } from "./run-session.js";

/** What the traces of finished runs in memory may amount to, in events. */
const KEPT_EVENTS = 4_000_000;
/** Each trace, however short, has its world and checkpoints. */
const KEPT_RUNS = 50;

/** The sessions in memory. Finished runs that nobody looked at for longest are let go: they can be run anew. */
export class OpenSessions {
  /** Least recently used first. */
  readonly #sessions = new Map<SessionId, OpenSession>();

  /** The session, which counts as being used. */
  get(id: SessionId): OpenSession | undefined {
    const session = this.#sessions.get(id);
    if (session === undefined) return undefined;
    this.#sessions.delete(id);
    this.#sessions.set(id, session);
    return session;
  }

  /** All live clusters. */
  get live(): readonly LiveSession[] {
    return [...this.#sessions.values()].filter((session) => session instanceof LiveSession);
  }

  /** Adds a session, in the place of one with the same id. */
  add(session: OpenSession): void {
    this.remove(session.id);
    this.#sessions.set(session.id, session);
    this.trim(session.id);
  }

  /** Ends and forgets a session. */
  remove(id: SessionId): void {
    const session = this.#sessions.get(id);
    if (session instanceof LiveSession) session.dispose();
    this.#sessions.delete(id);
  }

  /** Lets finished runs go until the rest fits; never the one just used. */
  trim(keep: SessionId): void {
    const finished = [...this.#sessions.values()].filter((session) => session instanceof RunSession && session.ended);
    let events = finished.reduce((sum, { recording }) => sum + recording.log.count, 0);
    let count = finished.length;
    for (const { id, recording } of finished) {
      if (events <= KEPT_EVENTS && count <= KEPT_RUNS) return;
      if (id === keep) continue;
      this.#sessions.delete(id);
      events -= recording.log.count;
      count -= 1;
    }
  }
}
