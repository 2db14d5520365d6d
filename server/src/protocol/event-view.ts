/** One event of a run in words. */
import type { EventId } from "./session.js";

/** What an event is about; filters and icons go by it. */
export type EventCategory =
  | "message"
  | "timer"
  | "role"
  | "log"
  | "disk"
  | "client"
  | "watch"
  | "fault"
  | "step"
  | "note"
  | "violation";

/** One event in words. */
export interface EventView {
  readonly id: EventId;
  readonly timeUs: number;
  readonly category: EventCategory;
  /** The server or client it happened at; `null` for the lab itself. */
  readonly at: string | null;
  /** `s3 becomes leader of term 2` */
  readonly title: string;
  /** `3 of 5 votes: a majority (§5.2)`; `null` where there was nothing to decide. */
  readonly reason: string | null;
  readonly cause: EventId | null;
  /** 1-based scenario line, or `null`. */
  readonly line: number | null;
  /** Message or state fields, as name and text, in a fixed order. */
  readonly fields: readonly { readonly name: string; readonly value: string }[];
}
