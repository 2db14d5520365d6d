/** What a person does with one message under way in a live cluster: picked in a view, named there by the event that sent it. */
import type { Outcome, RequestDefinition } from "./requests.js";
import type { EventId, SessionId, StepOutcome } from "./session.js";

const request = <P, R>(method: string): RequestDefinition<P, R> => ({ method });

/** What becomes of a message under way. `deliver`: it arrives now, `duplicate`: a copy comes right behind it. */
export type MessageFate =
  | { readonly kind: "deliver" | "lose" | "duplicate" }
  /** It arrives so many microseconds later; not in a manual network, where it waits anyway. */
  | { readonly kind: "delay"; readonly byUs: number };

/**
 * Client to server. Does something with one message under way. The lab names it in a step of the scenario language by its place on its
 * link, at the very instant at which it does that step: so the step means this message and no other, however far the cluster has
 * gone on since the view was made, and the session saved as a scenario tells of it like of any other. A failure when the message is no
 * longer under way. Otherwise answers as `raftlab/live/act`.
 */
export const liveMessageRequest = request<
  {
    readonly sessionId: SessionId;
    /** The event that sent it. */
    readonly eventId: EventId;
    /** Which of several copies that are under way, from 0, in the order of {@link MessageInFlight.copy}. */
    readonly copy: number;
    readonly fate: MessageFate;
  },
  Outcome<{ readonly step: string; readonly outcome: StepOutcome }>
>("raftlab/live/message");
