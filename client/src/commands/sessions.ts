/** Panels and kept sessions. */
import * as vscode from "vscode";
import { eventOfLineRequest, moveCursorRequest } from "../../../server/src/protocol/requests.js";
import type { SessionId, SessionInfo } from "../../../server/src/protocol/session.js";
import type { PanelKind } from "../../../server/src/protocol/webview.js";
import { members, text } from "../arguments.js";
import { activeScenarioEditor, scenarioAtCaret, scenariosOf } from "../documents.js";
import { ExpectedError, unwrap } from "../errors.js";
import { choose } from "../inputs.js";
import type { Services } from "../services.js";
import { sessionDescription, sessionTitle } from "../views/words.js";
import { sessionOf } from "./run.js";

/** Opens a panel on the session named by the argument, or on the current one. */
export async function openPanel(services: Services, argument: unknown, kind: PanelKind): Promise<void> {
  await sessionOf(services, argument);
  services.panels.open(kind, false);
}

/** `Raft Lab: Open Run`: shows a kept session in the panels. Argument: `sessionId`. */
export async function openRun(services: Services, argument: unknown): Promise<SessionInfo | undefined> {
  const id = text(members(argument), "sessionId") ?? (await chooseSession(services, vscode.l10n.t("Open which run?")));
  if (id === undefined) return undefined;
  const session = await services.sessions.open(id, true);
  services.panels.open("cluster", false);
  return session;
}

/** Lets the person choose one of the kept sessions. */
export async function chooseSession(services: Services, title: string): Promise<SessionId | undefined> {
  await services.sessions.refresh();
  const all = services.sessions.all;
  if (all.length === 0) throw new ExpectedError(vscode.l10n.t("Nothing has run yet. Run a scenario first."));
  return choose(
    title,
    all.map((session) => ({
      label: sessionTitle(session),
      description: sessionDescription(session),
      value: session.id,
    })),
  );
}

/** `Raft Lab: Show in Cluster Panel`: from the caret's line to the first event it caused. */
export async function showInPanel(services: Services): Promise<number> {
  const editor = activeScenarioEditor();
  if (!editor) throw new ExpectedError(vscode.l10n.t("Put the caret on a step of a scenario first."));
  const uri = editor.document.uri.toString();
  const title = scenarioAtCaret(editor, await scenariosOf(services, uri))?.title;
  const current = services.sessions.current;
  const isMeant = current?.uri === uri && (title === undefined || current.title === title);
  const session = isMeant ? current : services.sessions.latestOf(uri, title);
  if (!session) throw new ExpectedError(vscode.l10n.t("This scenario has not run yet. Run it first."));
  const available = await services.sessions.open(session.id, true);
  const line = editor.selection.active.line + 1;
  const { eventId } = unwrap(await services.server.request(eventOfLineRequest, { sessionId: available.id, line }));
  const move = { kind: "event", eventId } as const;
  unwrap(await services.server.request(moveCursorRequest, { sessionId: available.id, move }));
  services.panels.open("cluster", false);
  return eventId;
}
