/** `Raft Lab: Show Why`: the chain of causes of an event, to read and to follow. */
import * as vscode from "vscode";
import { moveCursorRequest, whyRequest } from "../../../server/src/protocol/requests.js";
import type { SessionInfo } from "../../../server/src/protocol/session.js";
import type { WhyView } from "../../../server/src/protocol/why.js";
import { count, members, text } from "../arguments.js";
import { ExpectedError, unwrap } from "../errors.js";
import type { Services } from "../services.js";
import { formatTime } from "../time.js";

/** Shows why the given event, or the one at the cursor, happened. Resolves with the chain before a link is chosen. */
export async function showWhy(services: Services, argument: unknown): Promise<WhyView> {
  const given = members(argument);
  await services.sessions.whenReady();
  const id = text(given, "sessionId");
  const session = id === undefined ? services.sessions.current : (services.sessions.get(id) ?? undefined);
  if (!session) throw new ExpectedError(vscode.l10n.t("Nothing has run yet. Run a scenario first."));
  const eventId = count(given, "eventId") ?? session.cursor ?? session.events - 1;
  if (eventId < 0) throw new ExpectedError(vscode.l10n.t("The cursor stands before the first event."));
  const { why } = unwrap(await services.server.request(whyRequest, { sessionId: session.id, eventId }));
  services.results.write(vscode.l10n.t("Why event {0}:", eventId));
  for (const link of why.links) {
    const reason = link.reason === null ? "" : `: ${link.reason}`;
    services.results.write(`  ${link.title}${reason}`, link.timeUs);
  }
  offer(services, session, why);
  return why;
}

function offer(services: Services, session: SessionInfo, why: WhyView): void {
  const items = why.links.map((link) => ({
    label: link.title,
    description: formatTime(link.timeUs),
    ...(link.reason === null ? {} : { detail: link.reason }),
    eventId: link.id,
  }));
  const placeHolder = vscode.l10n.t("Each line is the cause of the one above. Choose one to go there.");
  void vscode.window.showQuickPick(items, { title: vscode.l10n.t("Why?"), placeHolder, matchOnDetail: true }).then(
    async (chosen) => {
      if (!chosen) return;
      const move = { kind: "event", eventId: chosen.eventId } as const;
      unwrap(await services.server.request(moveCursorRequest, { sessionId: session.id, move }));
      services.panels.open("cluster", false);
    },
    (error: unknown) => services.errors.show("while going to a cause", error),
  );
}
