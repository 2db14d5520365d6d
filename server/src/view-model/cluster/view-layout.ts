/** The ring's layout of a view, with the room that its badges take. */
import type { ClusterView } from "../../protocol/cluster-view.js";
import { badgesOf } from "./badges.js";
import { badgeRows, type RingLayout, ringLayout } from "./geometry.js";

/** Where everything of a view stands on the ring. */
export function layoutOf({ servers, clients }: Pick<ClusterView, "servers" | "clients">): RingLayout {
  const rows = Math.min(badgeRows(servers.length), Math.max(0, ...servers.map((server) => badgesOf(server).length)));
  return ringLayout(
    servers.map(({ name }) => name),
    clients.map(({ name }) => name),
    rows,
  );
}
