/** What the status bar tells of the current session: leader, term, pace. */
import * as vscode from "vscode";
import type { SessionInfo } from "../../../server/src/protocol/session.js";
import type { LabServer, ServerStatus } from "../server.js";
import { isLive, type Sessions } from "../sessions.js";
import { formatPace } from "../time.js";
import { sessionDescription, sessionTitle, stateText } from "./words.js";

/** Shows the current session in the status bar and keeps the context keys that menus go by. */
export function createStatus(server: LabServer, sessions: Sessions): vscode.Disposable {
  const bar = vscode.window.createStatusBarItem("raftlab.session", vscode.StatusBarAlignment.Left, 50);
  bar.name = vscode.l10n.t("Raft Lab: leader, term and pace");
  bar.command = "raftlab.openClusterPanel";
  const setServer = (status: ServerStatus): void => {
    setContext("raftlab.server", status.kind);
    setSession(sessions.current);
  };
  const setSession = (session: SessionInfo | undefined): void => {
    setContext("raftlab.hasSession", session !== undefined);
    setContext("raftlab.live", session !== undefined && isLive(session) ? session.state.kind : "none");
    if (!session) {
      bar.hide();
      return;
    }
    bar.text = server.status.kind === "running" ? barText(session) : `$(warning) ${vscode.l10n.t("Lab not running")}`;
    bar.tooltip = `${sessionTitle(session)}\n${sessionDescription(session)}\n${server.status.message}`;
    bar.accessibilityInformation = { label: barLabel(session) };
    bar.show();
  };
  setServer(server.status);
  return vscode.Disposable.from(
    bar,
    server.onDidChangeStatus(setServer),
    sessions.onDidChangeCurrent(setSession),
    sessions.onDidBecomeReady(() => setSession(sessions.current)),
  );
}

/** `$(star-full) s3 · term 2 · 1/20x` */
function barText(session: SessionInfo): string {
  const leader = session.leader ?? vscode.l10n.t("no leader");
  const parts = [`$(star-full) ${leader}`, vscode.l10n.t("term {0}", session.term)];
  if (!isLive(session)) parts.push(stateText(session));
  else if (session.state.kind === "paused") parts.push(`$(debug-pause) ${stateText(session)}`);
  else parts.push(formatPace(session.pace));
  return parts.join(" · ");
}

function barLabel(session: SessionInfo): string {
  const leader = session.leader ?? vscode.l10n.t("no leader");
  return vscode.l10n.t("Raft Lab: leader {0}, term {1}, {2}", leader, session.term, stateText(session));
}

const known = new Map<string, string | boolean>();

/** Context keys cross a process boundary: only changes are sent. */
function setContext(key: string, value: string | boolean): void {
  if (known.get(key) === value) return;
  known.set(key, value);
  void vscode.commands.executeCommand("setContext", key, value);
}
