import { MESSAGE_TYPES as TYPES } from "../sim/message.js";

/** The types of messages as the scenario language filters them; their positions are the codes of {@link DiagramItems.type}. */
export const SELECTORS = [...TYPES, "Heartbeat", "HeartbeatReply"] as const;

/** A type of messages as it is filtered. */
export type Selector = (typeof SELECTORS)[number];

const HEARTBEAT = SELECTORS.indexOf("Heartbeat");
const HEARTBEAT_REPLY = SELECTORS.indexOf("HeartbeatReply");

/** The type in the trace behind a selector's code. */
export function typeOfSelector(code: number): (typeof TYPES)[number] {
  if (code === HEARTBEAT) return "AppendEntries";
  if (code === HEARTBEAT_REPLY) return "AppendEntriesReply";
  return TYPES[code] ?? "AppendEntries";
}

const OF_CLIENTS = SELECTORS.map((selector) => selector.startsWith("Client") || selector.startsWith("Watch"));

/** Whether messages of a type, by its code, go from or to a client. */
export function isOfClient(code: number): boolean {
  return OF_CLIENTS[code] ?? false;
}
