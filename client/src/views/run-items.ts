/** The rows of the Runs view. */
import * as vscode from "vscode";
import type { Bookmark } from "../../../server/src/protocol/bookmarks.js";
import type { SessionInfo } from "../../../server/src/protocol/session.js";
import { isLive } from "../sessions.js";
import { formatTime } from "../time.js";
import type { RunNode } from "./runs-model.js";
import { durationText, sessionDescription, sessionIcon, sessionTitle, stateText } from "./words.js";

type Of<K extends RunNode["kind"]> = RunNode & { readonly kind: K };

/** A run or a live cluster: what came of it, and what gives it again. */
export function sessionRow(session: SessionInfo | undefined, isShown: boolean, bookmarks: number): vscode.TreeItem {
  const item = new vscode.TreeItem(session === undefined ? "" : sessionTitle(session));
  if (session === undefined) return item;
  const shown = isShown ? ` • ${vscode.l10n.t("shown")}` : "";
  item.id = session.id;
  item.description = `${sessionDescription(session)}${hashPart(session)}${shown}`;
  item.iconPath = sessionIcon(session);
  item.contextValue = contextOf(session);
  item.tooltip = tooltip(session);
  item.accessibilityInformation = { label: `${sessionTitle(session)}, ${sessionDescription(session)}${shown}` };
  item.command = { command: "raftlab.openRunRow", title: vscode.l10n.t("Open Run") };
  if (bookmarks > 0) item.collapsibleState = vscode.TreeItemCollapsibleState.Collapsed;
  return item;
}

/** A marked moment of a session. */
export function bookmarkRow({ sessionId, eventId }: Of<"bookmark">, bookmark: Bookmark | undefined): vscode.TreeItem {
  const item = new vscode.TreeItem(bookmark?.name ?? "");
  item.id = `bookmark ${sessionId} ${eventId}`;
  if (bookmark === undefined) return item;
  const where = vscode.l10n.t("{0}, event {1}", formatTime(bookmark.timeUs), eventId);
  item.description = where;
  item.iconPath = new vscode.ThemeIcon("bookmark");
  item.contextValue = "bookmark";
  item.tooltip = `${bookmark.name}\n${where}`;
  item.accessibilityInformation = { label: vscode.l10n.t("Bookmark {0}, {1}", bookmark.name, where) };
  item.command = { command: "raftlab.openRunRow", title: vscode.l10n.t("Go to Bookmark") };
  return item;
}

/** A file, with its sessions below it. */
export function fileRow({ uri }: Of<"file">, sessions: number): vscode.TreeItem {
  const label = uri === null ? vscode.l10n.t("From nothing") : pathOf(uri);
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Expanded);
  item.id = `file ${uri ?? ""}`;
  item.description = vscode.l10n.t("{0} kept", sessions);
  item.iconPath = vscode.ThemeIcon.File;
  item.contextValue = "file";
  if (uri === null) item.iconPath = new vscode.ThemeIcon("broadcast");
  else item.resourceUri = vscode.Uri.parse(uri);
  return item;
}

/** The end of a level that goes on. */
export function moreRow(node: Of<"more">): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t("More…"));
  item.id = `more ${node.level}`;
  item.iconPath = new vscode.ThemeIcon("ellipsis");
  item.contextValue = "more";
  item.command = { command: "raftlab.openRunRow", title: vscode.l10n.t("More…") };
  return item;
}

/** What the menus go by: `live.running`, `live.paused`, `live.stopped`; `run.running`, `run.finished`, `run.cancelled`, `run.failed`. */
function contextOf(session: SessionInfo): string {
  if (session.kind === "run") return `run.${session.state.kind}`;
  return isLive(session) ? `live.${session.state.kind}` : "live.stopped";
}

function hashPart({ traceHash }: SessionInfo): string {
  return traceHash === null ? "" : `, ${traceHash.slice(0, 8)}`;
}

function tooltip(session: SessionInfo): string {
  const { uri, startedAt, traceHash, events, seed, tookMs, state } = session;
  const started = new Date(startedAt);
  const when = Number.isNaN(started.getTime()) ? startedAt : started.toLocaleString(vscode.env.language);
  const cause = state.kind === "failed" ? [state.message] : [];
  return [
    sessionTitle(session),
    ...(uri === null ? [] : [pathOf(uri)]),
    `${stateText(session)} · ${vscode.l10n.t("seed {0}", seed)} · ${vscode.l10n.t("{0} events", events)}`,
    ...cause,
    vscode.l10n.t("started {0}", when),
    ...(tookMs === undefined ? [] : [vscode.l10n.t("took {0}", durationText(tookMs))]),
    ...(traceHash === null ? [] : [vscode.l10n.t("trace {0}", traceHash)]),
  ].join("\n");
}

function pathOf(uri: string): string {
  const parsed = vscode.Uri.parse(uri);
  return parsed.scheme === "untitled" ? parsed.path : vscode.workspace.asRelativePath(parsed);
}
