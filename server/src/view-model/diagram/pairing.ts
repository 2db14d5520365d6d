/** Which request a reply answers, and the other way. What decides is the chain of causes; the rows only say where to look. */
import type { PlacedRow } from "../../protocol/diagram-rows.js";
import type { EventView } from "../../protocol/event-view.js";
import { isReply, type PlacedMessage } from "./arrows.js";

/** Replies of a kind that come first after a request and may answer it are not looked at beyond. */
const CANDIDATES = 4;

/** The request that a reply answers: the newest one among its causes, which `chain` holds, the reply first. */
export function requestOf(
  reply: PlacedMessage,
  chain: readonly EventView[],
  rows: readonly PlacedRow[],
): PlacedMessage | null {
  const causes = new Set(chain.map(({ id }) => id));
  let newest: PlacedMessage | null = null;
  for (const row of rows) {
    if (row.kind !== "message" || row.deliveredId === null || !answers(reply, row)) continue;
    if (!causes.has(row.deliveredId)) continue;
    if (newest === null || row.deliveredId > (newest.deliveredId ?? -1)) newest = row;
  }
  return newest;
}

/** The replies that may answer a request, the most likely first; empty for replies and for what did not arrive. */
export function repliesAfter(request: PlacedMessage, rows: readonly PlacedRow[]): readonly PlacedMessage[] {
  const { deliveredId } = request;
  if (deliveredId === null || isReply(request.type)) return [];
  const found: PlacedMessage[] = [];
  for (const row of rows) {
    if (row.kind !== "message" || row.eventId <= deliveredId || !answers(row, request)) continue;
    found.push(row);
    if (found.length === CANDIDATES) break;
  }
  return found;
}

function answers(reply: PlacedMessage, request: PlacedMessage): boolean {
  if (!isReply(reply.type) || isReply(request.type) || reply.from !== request.to || reply.to !== request.from) {
    return false;
  }
  return reply.type.startsWith("Watch") ? request.type.startsWith("Watch") : reply.type === `${request.type}Reply`;
}
