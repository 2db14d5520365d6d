/** Commands of the Test Explorer's context menus. */
import * as vscode from "vscode";
import type { SessionInfo } from "../../../server/src/protocol/session.js";
import type { PanelKind } from "../../../server/src/protocol/webview.js";
import { members, text } from "../arguments.js";
import { ExpectedError } from "../errors.js";
import type { Services } from "../services.js";

/** Shows the last run of a scenario in a panel. The argument is the test's item. */
export async function showTest(
  services: Services,
  argument: unknown,
  kind: PanelKind,
): Promise<SessionInfo | undefined> {
  const given = members(argument);
  const title = text(given, "label");
  const uri = members(given["uri"]);
  if (title === undefined || uri["path"] === undefined) {
    throw new ExpectedError(vscode.l10n.t("Choose a scenario in the Test Explorer first."));
  }
  const last = services.sessions.latestOf(String(given["uri"]), title);
  if (!last) throw new ExpectedError(vscode.l10n.t("This scenario has not run yet. Run it first."));
  const session = await services.sessions.open(last.id, true);
  services.panels.open(kind, false);
  return session;
}
