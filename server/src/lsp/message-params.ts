/** The parameters of the requests in `protocol/messages-under-way.ts` and `protocol/log-entry.ts`, checked where they enter the server. */
import type { ParamsOf } from "../lab/contract.js";
import type { entryRequest } from "../protocol/log-entry.js";
import type { liveMessageRequest, MessageFate } from "../protocol/messages-under-way.js";
import type { Fields } from "./fields.js";

/** A delay that is longer than this is a mistake: an hour of virtual time. */
const MOST_US = 3_600_000_000;

/** `raftlab/live/message` */
export function readLiveMessage(f: Fields): ParamsOf<typeof liveMessageRequest> {
  return {
    sessionId: f.string("sessionId"),
    eventId: f.integer("eventId", 0),
    copy: f.integer("copy", 0),
    fate: f.object("fate", readFate),
  };
}

function readFate(f: Fields): MessageFate {
  const kind = f.oneOf("kind", ["deliver", "lose", "duplicate", "delay"]);
  return kind === "delay" ? { kind, byUs: Math.min(f.integer("byUs", 1), MOST_US) } : { kind };
}

/** `raftlab/entry` */
export function readEntry(f: Fields): ParamsOf<typeof entryRequest> {
  return {
    sessionId: f.string("sessionId"),
    eventId: f.integerOrNull("eventId", -1),
    server: f.string("server"),
    index: f.integer("index", 1),
  };
}
