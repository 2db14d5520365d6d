/** What lecture mode needs of a session: its notes, one after another. */
import type { Outcome, RequestDefinition } from "./requests.js";
import type { EventId, SessionId } from "./session.js";

const request = <P, R>(method: string): RequestDefinition<P, R> => ({ method });

/** A note of a scenario, at the moment it speaks of. */
export interface NoteView {
  readonly eventId: EventId;
  readonly timeUs: number;
  readonly text: string;
  /** 1-based scenario line, or `null`. */
  readonly line: number | null;
}

/** Client to server. A session's notes in their order, at most 1,000. */
export const notesRequest = request<
  { readonly sessionId: SessionId },
  Outcome<{ readonly notes: readonly NoteView[]; readonly more: number }>
>("raftlab/notes");
