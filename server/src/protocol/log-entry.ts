/** One entry of the replicated log, as all servers have it: what the cluster panel shows of a picked one. */
import type { Outcome, RequestDefinition } from "./requests.js";
import type { EventId, SessionId } from "./session.js";

const request = <P, R>(method: string): RequestDefinition<P, R> => ({ method });

/** An event with its time, to go there. */
export interface Moment {
  readonly eventId: EventId;
  readonly timeUs: number;
}

/** What one server has at the entry's index. */
export interface EntryAtServerView {
  readonly server: string;
  /** `other`: an entry of another term stands there. */
  readonly holds: "entry" | "snapshot" | "other" | "nothing";
  /** The term of what stands there; `null` for nothing or a snapshot. */
  readonly term: number | null;
  /** What brought it into the log; `null` where that was not found. */
  readonly appended: Moment | null;
  /** When its disk reported it; `null` while it has not, and where that was not found. */
  readonly durable: Moment | null;
  /** When the server learnt that it is committed, and applied it; `null` likewise. */
  readonly committed: Moment | null;
}

/** An entry as a server has it at an event. */
export interface EntryDetailsView {
  readonly index: number;
  readonly term: number;
  readonly text: string;
  /** The client's operation, where it was one: its name, its client, the event that began it. */
  readonly operation: { readonly number: number; readonly client: string; readonly began: Moment } | null;
  /** The revision that it made, where its client has been told; otherwise `null`. */
  readonly revision: number | null;
  readonly servers: readonly EntryAtServerView[];
  /** Its beginnings lie further back than was looked. */
  readonly truncated: boolean;
}

/** Client to server. The entry of `server` at `index`, at an event (`null`: at the cursor), and what the others have there. */
export const entryRequest = request<
  { readonly sessionId: SessionId; readonly eventId: EventId | null; readonly server: string; readonly index: number },
  Outcome<{ readonly entry: EntryDetailsView }>
>("raftlab/entry");
