import { t } from "../l10n/text.js";
import type { Reason } from "../raft/reason.js";
import type { Action, ActionResult } from "./action.js";
import { EVENT_CODE } from "./recorder.js";
import { settle } from "./server-input.js";
import { statusText } from "./status-text.js";
import { readClock } from "./timers.js";
import type { World } from "./world.js";

/** What is asked of a server about its cluster, by somebody who runs it: a change of its members, a transfer of leadership. */
export type ClusterWork = Extract<Action, { readonly kind: "membership" | "transfer" }>;

/** Asks it. The event says why the server does not do it, or that it has begun; nothing is waited for. */
export function clusterWork(world: World, action: ClusterWork, line: number, cause: number): ActionResult {
  const server = world.server(action.server);
  const { raft } = server;
  const code = EVENT_CODE[action.kind];
  const record = (why: Reason | null): number =>
    world.recorder.record(world.nowUs, code, server.id, cause, why, 1, line);
  if (raft === null || server.status !== "up") {
    return { eventId: record(null), number: 0, refused: statusText(server.name, server.status) };
  }
  readClock(world, server, raft);
  let refused: Reason | null;
  if (action.kind === "transfer") {
    refused = raft.transferLeadership(action.target);
  } else {
    const outcome = raft.changeMembership(action.change);
    refused = outcome.kind === "appended" ? null : outcome.reason;
  }
  const eventId = record(refused ?? raft.output.reason);
  settle(world, server, raft, eventId);
  return { eventId, number: 0, refused: refused === null ? null : t("{0} refuses: {1}", server.name, refused.code) };
}
