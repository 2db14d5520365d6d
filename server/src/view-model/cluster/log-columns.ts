/** Which indexes the table of logs shows. */
import type { ClusterView, ServerView } from "../../protocol/cluster-view.js";
import { logChanges } from "./log-changes.js";

/**
 * The indexes to show: the windows of all servers together, and one more where a leader will send next. Where the logs are
 * far apart, the indexes between them that nobody shows are left out. Entries that are gone since the view before have their columns.
 */
export function columnsOf(view: ClusterView, before: ClusterView | null = null): readonly number[] {
  const shown = new Set<number>();
  for (const server of view.servers) {
    for (const entry of server.log) shown.add(entry.index);
    // The newest entry that is gone shows that there were some.
    if (server.firstIndex > 1 && server.firstIndex - 1 >= view.logRange.from) shown.add(server.firstIndex - 1);
    const old = before?.servers.find(({ name }) => name === server.name);
    for (const index of logChanges(server, old).removed.keys()) shown.add(index);
  }
  const columns = [...shown].sort((a, b) => a - b);
  const last = columns.at(-1);
  if (last === undefined) return [];
  // A page of older entries ends where it ends.
  if (view.logRange.to < view.logRange.last) return columns;
  if (leaderOf(view)?.progress.some((each) => each.next > last) === true) columns.push(last + 1);
  return columns;
}

/** The newest leader there is; its next and match indexes are shown. */
export function leaderOf(view: ClusterView): ServerView | null {
  return view.servers
    .filter((server) => server.role === "leader" && server.status !== "down")
    .reduce<ServerView | null>((best, server) => (best === null || server.term > best.term ? server : best), null);
}
