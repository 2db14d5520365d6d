import type { Bookmark } from "../protocol/bookmarks.js";
import type { EventId, SessionInfo } from "../protocol/session.js";
import type { LiveStep } from "../scenario/live-run.js";

/**
 * What is kept of a session: not its trace, but what gives the same trace again, since a run is decided by its text,
 * seed and steps.
 */
export interface SessionRecord {
  readonly info: SessionInfo;
  /** The scenario file as it stood; `null` for a live cluster started from nothing. */
  readonly text: string | null;
  /** The scenario's title; `null` for a live cluster of a file without scenario. */
  readonly scenario: string | null;
  /** Live sessions: how to get back to where it was. `null` before the first event. */
  readonly live: LivePlace | null;
  /** In the order of their events; left out: none. */
  readonly bookmarks?: readonly Bookmark[];
}

/** Where a live session stands. */
export interface LivePlace {
  /** Of one that goes on from the middle of a run: the last event taken from that. Text, scenario, seed and settings are the run's. */
  readonly storyUpTo?: EventId;
  readonly steps: readonly LiveStep[];
  readonly timeUs: number;
  readonly position: number;
  /** Of the trace up to here: tells whether it was brought back exactly. */
  readonly hash: string;
  /** Whether it goes on by itself when it is brought back. */
  readonly running: boolean;
}
