/** Many servers as rows: what each is, and how far it has come. */
import { t } from "../../l10n/text.js";
import type { ClusterView, ServerView } from "../../protocol/cluster-view.js";
import { badgesOf } from "./badges.js";
import { leaderOf } from "./log-columns.js";
import type { Side } from "./sides.js";
import { standing } from "./words.js";

/** What rows can be put in order by; `role`: who leads first, then who wants to, who follows, who is paused, who is down. */
export const MATRIX_ORDERS = ["server", "role", "term", "last", "commit", "applied", "match"] as const;

/** One of {@link MATRIX_ORDERS}. */
export type MatrixOrder = (typeof MATRIX_ORDERS)[number];

/** One server. */
export interface MatrixRow {
  readonly server: ServerView;
  readonly standing: string;
  /** What the leader knows it to hold; `null` at the leader itself, and without one. */
  readonly match: number | null;
  /** Messages on their way to it. */
  readonly coming: number;
  readonly side: string | null;
  /** Its faults and what else is special about it, in words. */
  readonly special: readonly string[];
  /** How much of the longest log it holds, has committed and applied, from 0 to 1. */
  readonly share: { readonly last: number; readonly commit: number; readonly applied: number };
}

/** The rows in an order, and by number within it. */
export function matrixRows(view: ClusterView, order: MatrixOrder, sides: readonly Side[]): readonly MatrixRow[] {
  const coming = new Map<string, number>();
  for (const { to } of view.messages) coming.set(to, (coming.get(to) ?? 0) + 1);
  const progress = new Map(leaderOf(view)?.progress.map((each) => [each.server, each.match]));
  const longest = Math.max(1, ...view.servers.map(({ lastIndex }) => lastIndex));
  const rows = view.servers.map(
    (server): MatrixRow => ({
      server,
      standing: standing(server),
      match: progress.get(server.name) ?? null,
      coming: coming.get(server.name) ?? 0,
      side: sides.find(({ servers }) => servers.includes(server.name))?.letter ?? null,
      special: badgesOf(server).map(({ text }) => text),
      share: {
        last: server.lastIndex / longest,
        commit: server.commitIndex / longest,
        applied: server.appliedIndex / longest,
      },
    }),
  );
  return order === "server" ? rows : [...rows].sort((a, b) => rank(b, order) - rank(a, order));
}

function rank({ server, match }: MatrixRow, order: Exclude<MatrixOrder, "server">): number {
  switch (order) {
    case "role":
      return roleRank(server);
    case "term":
      return server.term;
    case "last":
      return server.lastIndex;
    case "commit":
      return server.commitIndex;
    case "applied":
      return server.appliedIndex;
    case "match":
      return match ?? -1;
  }
}

function roleRank({ status, role }: ServerView): number {
  if (status === "down") return 0;
  if (status === "paused") return 1;
  switch (role) {
    case "leader":
      return 5;
    case "candidate":
      return 4;
    case "pre-candidate":
      return 3;
    case "follower":
      return 2;
  }
}

/** How many are what, the most telling first: `1 leader, 96 followers, 4 down`. */
export function censusOf(servers: readonly ServerView[]): readonly { readonly what: string; readonly count: number }[] {
  const counts = new Map<string, number>();
  for (const server of [...servers].sort((a, b) => roleRank(b) - roleRank(a))) {
    const what = standing(server);
    counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  return [...counts].map(([what, count]) => ({ what, count }));
}

/** The title of an order, for its column's head. */
export function orderTitle(order: MatrixOrder): string {
  switch (order) {
    case "server":
      return t("server");
    case "role":
      return t("role");
    case "term":
      return t("term");
    case "last":
      return t("last");
    case "commit":
      return t("commit");
    case "applied":
      return t("applied");
    case "match":
      return t("match");
  }
}
