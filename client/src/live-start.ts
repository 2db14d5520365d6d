/** Starting a live cluster so that it moves. */
import { liveControlRequest, liveStartRequest, type Outcome } from "../../server/src/protocol/requests.js";
import type { SessionInfo } from "../../server/src/protocol/session.js";
import { members, text } from "./arguments.js";
import type { LabServer } from "./server.js";

/**
 * Starts a live cluster and lets it run: the lab starts one at rest, and whoever presses Start wants to see it move.
 * The lab checks the parameters, which may come from a webview.
 */
export async function startRunning(
  server: LabServer,
  parameters: unknown,
): Promise<Outcome<{ readonly session: SessionInfo }>> {
  const given = members(parameters);
  const uri = text(given, "uri");
  const scenario = text(given, "scenario");
  const seed = given["seed"];
  const started = await server.request(liveStartRequest, {
    ...(uri === undefined ? {} : { uri }),
    ...(scenario === undefined ? {} : { scenario }),
    ...(typeof seed === "number" ? { seed } : {}),
  });
  if (!started.ok || started.session.state.kind !== "paused") return started;
  return server.request(liveControlRequest, { sessionId: started.session.id, control: { kind: "run" } });
}
