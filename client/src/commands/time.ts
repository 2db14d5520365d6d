/** Moving the time cursor by keys. */

import * as vscode from "vscode";
import { moveCursorRequest } from "../../../server/src/protocol/requests.js";
import { count, members } from "../arguments.js";
import { ExpectedError, unwrap } from "../errors.js";
import type { Services } from "../services.js";

/** `Raft Lab: Next Event` and `Raft Lab: Previous Event`. Argument: `events`, how many at once. Resolves with the event that is shown. */
export function moveBy(direction: 1 | -1): (services: Services, argument: unknown) => Promise<number | null> {
  return async (services, argument) => {
    await services.sessions.whenReady();
    const session = services.sessions.current;
    if (!session) throw new ExpectedError(vscode.l10n.t("Nothing has run yet. Run a scenario first."));
    const events = direction * Math.max(1, count(members(argument), "events") ?? 1);
    const move = { kind: "by", events } as const;
    return unwrap(await services.server.request(moveCursorRequest, { sessionId: session.id, move })).cursor;
  };
}
