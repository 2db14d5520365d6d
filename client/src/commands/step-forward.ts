/** `Raft Lab: Step Forward`: the views show one event later. */
import * as vscode from "vscode";
import { moveCursorRequest } from "../../../server/src/protocol/requests.js";
import { count, members } from "../arguments.js";
import { ExpectedError, unwrap } from "../errors.js";
import type { Services } from "../services.js";

/** Moves the cursor of the current session. Argument: `events`, how many at once. Resolves with the number of the event that is shown. */
export async function stepForward(services: Services, argument: unknown): Promise<number | null> {
  await services.sessions.whenReady();
  const session = services.sessions.current;
  if (!session) throw new ExpectedError(vscode.l10n.t("Nothing has run yet. Run a scenario first."));
  const move = { kind: "by", events: Math.max(1, count(members(argument), "events") ?? 1) } as const;
  return unwrap(await services.server.request(moveCursorRequest, { sessionId: session.id, move })).cursor;
}
