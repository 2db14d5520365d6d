/** What leaves the lab as a file for others: a run's source, from which a player makes the run anew, and a report of it. */
import type { Outcome, RequestDefinition } from "./requests.js";
import type { EventId, SessionId, SessionState } from "./session.js";

const request = <P, R>(method: string): RequestDefinition<P, R> => ({ method });

/** A step that was typed at a live cluster, with its place: virtual time, and how many queue items had been processed before it. */
export interface SourceStep {
  readonly text: string;
  readonly timeUs: number;
  readonly position: number;
}

/** How a live cluster got where it stands. */
export interface SourcePlace {
  /** Where it goes on from the middle of its scenario's run: the last event taken from that; `null`: it began from nothing. */
  readonly storyUpTo: EventId | null;
  readonly steps: readonly SourceStep[];
  readonly timeUs: number;
  readonly position: number;
}

/**
 * What gives a run again, event by event, and what it must give. It is as small for a run of a million events as for one of ten, since a run
 * is decided by its text, its seed and what was done to it.
 */
export interface RunSource {
  readonly kind: "run" | "live";
  /** As lists show it: the scenario's title, or the live cluster's name. */
  readonly title: string;
  /** The scenario file's name without its folder; `null` for a live cluster started from nothing. */
  readonly file: string | null;
  /** The file's text as it ran; `null` for a live cluster started from nothing. */
  readonly text: string | null;
  /** The scenario's title in the text; `null` for a live cluster of a file without scenario. */
  readonly scenario: string | null;
  readonly seed: number;
  /** Settings other than the text's, each as a line of a `cluster` block: `heartbeat 20ms`. */
  readonly settings: readonly string[];
  /** Live: the steps typed, and the place up to which it went. */
  readonly live: SourcePlace | null;
  /** How it ended. One that was cancelled has no more than {@link events}. */
  readonly state: SessionState;
  readonly events: number;
  /** The hash of its trace, 16 hexadecimal digits. */
  readonly traceHash: string;
  /** The event that views showed when it was exported; `null`: the last one. */
  readonly cursor: EventId | null;
}

/** Client to server. The source of a session as it stands now. A run that is still under way is refused. */
export const runSourceRequest = request<{ readonly sessionId: SessionId }, Outcome<{ readonly source: RunSource }>>(
  "raftlab/export/source",
);

/** Client to server. A session as it stands now, told as a report: Markdown, in the display language. */
export const reportRequest = request<{ readonly sessionId: SessionId }, Outcome<{ readonly markdown: string }>>(
  "raftlab/export/report",
);
