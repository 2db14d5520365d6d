/** The stores side by side: which keys, and what the last move of the cursor changed. */
import { t } from "../../l10n/text.js";
import type { ClusterView, ServerView } from "../../protocol/cluster-view.js";
import type { KeyValueView } from "../../protocol/kv-views.js";

/** What became of a key at a server. */
export type KeyChange = "added" | "changed" | "removed" | null;

/** All keys of all servers in the order of their code units; those that are gone since the view before among them. */
export function keysOf(view: ClusterView, before: ClusterView | null = null): readonly string[] {
  const keys = new Set(view.servers.flatMap((server) => server.kv.map((each) => each.key)));
  const last = [...keys].reduce((most, key) => (key > most ? key : most), "");
  const whole = view.servers.every(({ moreKeys }) => moreKeys === 0);
  for (const server of view.servers) {
    for (const { key } of oldServer(before, server)?.kv ?? []) {
      // What lies behind this page has not gone.
      if (!keys.has(key) && (whole || key < last)) keys.add(key);
    }
  }
  return [...keys].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** The server in the view before. */
export function oldServer(before: ClusterView | null, { name }: ServerView): ServerView | undefined {
  return before?.servers.find((each) => each.name === name);
}

/** What the last move did to a key at a server. */
export function keyChange(now: KeyValueView | undefined, was: KeyValueView | undefined, hasBefore: boolean): KeyChange {
  if (!hasBefore) return null;
  if (now === undefined) return was === undefined ? null : "removed";
  if (was === undefined) return "added";
  return was.modRevision === now.modRevision ? null : "changed";
}

/** The change in a word. */
export function changeWords(change: Exclude<KeyChange, null>): string {
  switch (change) {
    case "added":
      return t("new");
    case "changed":
      return t("changed");
    case "removed":
      return t("removed");
  }
}

/** A sign for it. */
export function changeSign(change: Exclude<KeyChange, null>): string {
  switch (change) {
    case "added":
      return "+";
    case "changed":
      return "●";
    case "removed":
      return "−";
  }
}
