import type { EventKind } from "../sim/recorder.js";
import { categoryOf } from "./event-category.js";
import type { EventLog } from "./event-log.js";

/** What an event is drawn as where there is room for each; the order is that of the codes in a view. */
export const EVENT_SIGNS = [
  "send",
  "deliver",
  "lost",
  "timer",
  "role",
  "commit",
  "log",
  "disk",
  "client",
  "watch",
  "fault",
  "step",
  "note",
] as const;

/** One of {@link EVENT_SIGNS}. */
export type EventSign = (typeof EVENT_SIGNS)[number];

/** The sign of an event. */
export function signOf(log: EventLog, id: number): EventSign {
  const kind: EventKind = log.kind(id);
  switch (kind) {
    case "send":
    case "held":
      return "send";
    case "deliver":
    case "deliver-asked":
      return "deliver";
    case "drop":
      return "lost";
    case "commit":
      return "commit";
    default: {
      const category = categoryOf(kind);
      return category === "message" ? "send" : category === "violation" ? "fault" : category;
    }
  }
}
