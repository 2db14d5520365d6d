import type { EventKind } from "../sim/recorder.js";
import { categoryOf } from "./event-category.js";
import type { EventLog } from "./event-log.js";
import type { EventCategory } from "./view.js";

/** What an event is drawn as where there is room for each. */
export type EventSign = Exclude<EventCategory, "message" | "violation"> | "send" | "deliver" | "lost" | "commit";

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
