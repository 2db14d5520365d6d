/** The servers of two clusters side by side, and what differs about each. */
import { t } from "../../l10n/text.js";
import type { ClusterView, ServerView } from "../../protocol/cluster-view.js";
import type { Side } from "./frame.js";

/** One server of one of two clusters, in words. */
export interface ServerCell {
  readonly role: string;
  readonly term: number;
  readonly commit: number;
  readonly lastIndex: number;
  /** Drawn as in the lanes. */
  readonly look: ServerView["role"] | "down" | "paused";
}

/** A server in both. */
export interface ServerRow {
  readonly server: string;
  readonly left: ServerCell | null;
  readonly right: ServerCell | null;
  /** Which of its parts differ, each with its name; empty where the two are alike. */
  readonly differences: readonly ServerDifference[];
}

/** A part of a server. */
export type ServerDifference = "role" | "term" | "commit" | "lastIndex";

/** The servers of two clusters, those of the left one first. */
export function serverRows(clusters: Readonly<Record<Side, ClusterView | null>>): readonly ServerRow[] {
  const { left, right } = clusters;
  const names = [...new Set([...(left?.servers ?? []), ...(right?.servers ?? [])].map(({ name }) => name))];
  return names.map((server) => {
    const [a, b] = [cellOf(left, server), cellOf(right, server)];
    return { server, left: a, right: b, differences: differencesOf(a, b) };
  });
}

function cellOf(view: ClusterView | null, name: string): ServerCell | null {
  const server = view?.servers.find((each) => each.name === name);
  if (server === undefined) return null;
  const look = server.status === "up" ? server.role : server.status;
  return { role: roleText(look), term: server.term, commit: server.commitIndex, lastIndex: server.lastIndex, look };
}

function differencesOf(a: ServerCell | null, b: ServerCell | null): readonly ServerDifference[] {
  if (a === null || b === null) return [];
  const parts: readonly ServerDifference[] = ["role", "term", "commit", "lastIndex"];
  return parts.filter((part) => a[part] !== b[part]);
}

/** What a server is, in a word of the reader's language. */
export function roleText(look: ServerCell["look"]): string {
  switch (look) {
    case "leader":
      return t("leader");
    case "follower":
      return t("follower");
    case "candidate":
      return t("candidate");
    case "pre-candidate":
      return t("pre-candidate");
    case "down":
      return t("down");
    case "paused":
      return t("paused");
  }
}

/** A part of a server by its name. */
export function partText(part: ServerDifference): string {
  switch (part) {
    case "role":
      return t("role");
    case "term":
      return t("term");
    case "commit":
      return t("commit index");
    case "lastIndex":
      return t("last index");
  }
}
