/** How prefixes, keys and revisions look in the Keys view. */
import * as vscode from "vscode";
import type { KeyChildView, KeyRevisionView } from "../../../server/src/protocol/kv-views.js";
import type { SessionInfo } from "../../../server/src/protocol/session.js";
import { quote } from "../../../server/src/protocol/steps/step-words.js";
import { isLive } from "../sessions.js";
import { formatTime } from "../time.js";
import type { KeyNode } from "./keys-tree.js";

type Of<K extends KeyNode["kind"]> = Extract<KeyNode, { readonly kind: K }>;

/** All keys below a prefix. */
export function prefixItem(
  node: Of<"prefix">,
  child: KeyChildView | undefined,
  session: SessionInfo | undefined,
): vscode.TreeItem {
  const item = new vscode.TreeItem(node.key, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `${node.sessionId} prefix ${node.key}`;
  item.iconPath = new vscode.ThemeIcon("folder");
  item.contextValue = `${liveness(session)}.prefix`;
  if (child?.kind !== "prefix") return item;
  item.description = child.count === 1 ? vscode.l10n.t("1 key") : vscode.l10n.t("{0} keys", child.count);
  return item;
}

/** A key with its value. */
export function keyItem(
  node: Of<"key">,
  child: KeyChildView | undefined,
  session: SessionInfo | undefined,
): vscode.TreeItem {
  const name = node.key.slice(node.parent.length);
  // The key that is the prefix itself has no rest.
  const item = new vscode.TreeItem(name === "" ? node.key : name, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `${node.sessionId} key ${node.key}`;
  item.iconPath = new vscode.ThemeIcon("key");
  item.contextValue = `${liveness(session)}.key`;
  if (child?.kind !== "key") return item;
  const lease = child.lease === null ? "" : ` · ${vscode.l10n.t("lease {0}", child.lease)}`;
  if (child.lease !== null) item.iconPath = new vscode.ThemeIcon("watch");
  item.description = `${valueText(child)}${lease}`;
  item.tooltip = [
    `${node.key} = ${valueText(child)}`,
    vscode.l10n.t(
      "created at revision {0}, modified at {1}, version {2}",
      child.createRevision,
      child.modRevision,
      child.version,
    ),
    ...(child.lease === null ? [] : [vscode.l10n.t("lease {0}", child.lease)]),
  ].join("\n");
  item.accessibilityInformation = { label: `${node.key}, ${item.description}` };
  return item;
}

/** A change of a key; going there is what a click does. */
export function revisionItem(node: Of<"revision">, revision: KeyRevisionView | undefined): vscode.TreeItem {
  const item = new vscode.TreeItem(`rev ${node.revision}`);
  item.id = `${node.sessionId} revision ${node.revision} ${node.key}`;
  item.contextValue = "revision";
  if (revision === undefined) return item;
  const { type, version, lease, timeUs, line, eventId } = revision;
  const what = type === "delete" ? vscode.l10n.t("deleted") : valueText(revision);
  const when = timeUs === null ? [] : [formatTime(timeUs)];
  const where = line === null ? [] : [vscode.l10n.t("line {0}", line)];
  item.description = [what, ...when, ...where].join(" · ");
  item.iconPath = new vscode.ThemeIcon(type === "delete" ? "trash" : version === 1 ? "add" : "edit");
  item.tooltip = [
    item.description,
    ...(type === "put" ? [vscode.l10n.t("version {0}", version)] : []),
    ...(lease === null ? [] : [vscode.l10n.t("lease {0}", lease)]),
  ].join("\n");
  if (eventId === null) return item;
  item.command = { command: "raftlab.openKeyRow", title: vscode.l10n.t("Go to the Event That Wrote It") };
  return item;
}

/** The end of a level that goes on. */
export function moreItem(node: Of<"more">): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t("More…"));
  item.id = `${node.sessionId} more ${node.of} ${node.below}`;
  item.iconPath = new vscode.ThemeIcon("ellipsis");
  item.command = { command: "raftlab.openKeyRow", title: vscode.l10n.t("More…") };
  return item;
}

function liveness(session: SessionInfo | undefined): string {
  return session !== undefined && isLive(session) ? "live" : "kept";
}

function valueText({ value, moreCharacters }: { readonly value: string; readonly moreCharacters: number }): string {
  return value.length > 80 || moreCharacters > 0 ? `${quote(value.slice(0, 80))}…` : quote(value);
}
