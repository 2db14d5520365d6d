/**
 * What is made of a recording for people: plain data. The shapes are those of the protocol's views, which the lab sends
 * on as they are; the engine does not import the protocol.
 */

/** What an event is about; filters and icons go by it. */
export const EVENT_CATEGORIES = [
  "message",
  "timer",
  "role",
  "log",
  "disk",
  "client",
  "watch",
  "fault",
  "step",
  "note",
  "violation",
] as const;

/** One of {@link EVENT_CATEGORIES}. */
export type EventCategory = (typeof EVENT_CATEGORIES)[number];

/** A name and its text. */
export interface Field {
  readonly name: string;
  readonly value: string;
}

/** One event in words. */
export interface EventText {
  readonly id: number;
  readonly timeUs: number;
  readonly category: EventCategory;
  /** The server or client it happened at; `null` for the lab itself. */
  readonly at: string | null;
  readonly title: string;
  /** Why, in words; `null` where there was nothing to decide. */
  readonly reason: string | null;
  readonly cause: number | null;
  /** 1-based scenario line, or `null`. */
  readonly line: number | null;
  readonly fields: readonly Field[];
}

/**
 * A property that broke, or anything else found beside the trace, pinned to an event. The scenario runner's violations
 * have this shape.
 */
export interface Mark {
  readonly eventId: number;
  readonly property: string;
  readonly message: string;
}

/** How a role is shown. */
export type RoleText = "follower" | "pre-candidate" | "candidate" | "leader";
