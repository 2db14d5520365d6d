/** Live sessions that become files, or go on from an earlier moment. */
import * as vscode from "vscode";
import { liveBranchRequest, liveSaveRequest } from "../../../server/src/protocol/requests.js";
import type { SessionInfo } from "../../../server/src/protocol/session.js";
import { count, members, text } from "../arguments.js";
import { ExpectedError, unwrap } from "../errors.js";
import { withSlowProgress } from "../progress.js";
import type { Services } from "../services.js";
import { liveSession } from "./live.js";
import { shownSession } from "./moments.js";

/** What saving a session gave. */
export interface SavedFile {
  /** Of the document that holds it. */
  readonly uri: string;
  readonly scenario: string;
  readonly traceHash: string;
  /** Whether the server has run it and found the same trace; `null`: that would have taken too long. */
  readonly exact: boolean | null;
}

/**
 * `Raft Lab: Save Session as Scenario`. Opens an untitled document beside, to be kept where the person likes; with the argument's
 * `file`, a URI, it is written there. Argument also: `sessionId`.
 */
export async function saveSession(services: Services, argument: unknown): Promise<SavedFile | undefined> {
  const given = members(argument);
  const session = await savableSession(services, given);
  if (!session) return undefined;
  const title = vscode.l10n.t("Saving “{0}” as a scenario", session.title);
  const saved = unwrap(
    await withSlowProgress(title, (token) =>
      services.server.request(liveSaveRequest, { sessionId: session.id }, token),
    ),
  );
  const document = await opened(saved.text, text(given, "file"));
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: false });
  tell(saved.exact, saved.traceHash);
  return { uri: document.uri.toString(), scenario: saved.scenario, traceHash: saved.traceHash, exact: saved.exact };
}

/** The session named, live or stopped; else the live one. */
async function savableSession(services: Services, given: ReturnType<typeof members>): Promise<SessionInfo | undefined> {
  await services.sessions.whenReady();
  const id = text(given, "sessionId");
  const named = (id === undefined ? undefined : services.sessions.get(id)) ?? services.sessions.current;
  return named?.kind === "live" ? named : liveSession(services, given);
}

async function opened(content: string, file: string | undefined): Promise<vscode.TextDocument> {
  if (file === undefined) return vscode.workspace.openTextDocument({ language: "raftlab", content });
  const uri = vscode.Uri.parse(file);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(content));
  return vscode.workspace.openTextDocument(uri);
}

function tell(exact: boolean | null, traceHash: string): void {
  if (exact === false) {
    throw new ExpectedError(
      vscode.l10n.t(
        "The session was written down, but its run does not give the trace {0}. Please report this.",
        traceHash,
      ),
    );
  }
  const message =
    exact === null
      ? vscode.l10n.t("Saved as a scenario. It is too long to be run now to compare the traces.")
      : vscode.l10n.t("Saved as a scenario. Its run gives the same trace, {0}.", traceHash);
  vscode.window.setStatusBarMessage(`$(check) ${message}`, 8_000);
}

/**
 * `Raft Lab: Continue from Here`: a new live cluster that goes on from the cursor's moment of a run or of another live cluster.
 * Argument: `sessionId`, `eventId`.
 */
export async function continueFromHere(services: Services, argument: unknown): Promise<SessionInfo | undefined> {
  const given = members(argument);
  const session = await shownSession(services, argument);
  const eventId = count(given, "eventId");
  const asked = { sessionId: session.id, ...(eventId === undefined ? {} : { eventId }) };
  const title = vscode.l10n.t("Going back in “{0}”", session.title);
  const { session: branch } = unwrap(
    await withSlowProgress(title, (token) => services.server.request(liveBranchRequest, asked, token)),
  );
  services.sessions.select(branch);
  services.results.write(vscode.l10n.t("“{0}” goes on from there, paused; the other one stays as it is", branch.title));
  return branch;
}
