/** What can be done with a part of the cluster's picture, and asked about it: its context menu. */
import { t } from "../../l10n/text.js";
import type { ClusterView } from "../../protocol/views.js";
import type { Menu, MenuItem, MenuParts, MenuTarget } from "./menu-item.js";
import { clientMenu, entryMenu, keyMenu, linkMenu, messageMenu } from "./menu-parts.js";
import { serverMenu } from "./menu-server.js";

/** Whether steps can be done: on a live cluster; not on one that was stopped; not on a run. */
export type Ability = "live" | "stopped" | "run";

/** The menu of what was pointed at; `null` when it is not there any more. */
export function menuOf(target: MenuTarget, view: ClusterView, ability: Ability): Menu | null {
  const parts = partsOf(target, view);
  if (parts === null) return null;
  const { title, deeds, questions } = parts;
  const asked = questions.filter(({ items }) => items.length > 0);
  if (ability === "live")
    return { title, groups: [...deeds.filter(({ items }) => items.length > 0), ...asked], note: null };
  const goOn: MenuItem = { label: t("Continue live from here"), hint: null, deed: { kind: "branch" } };
  const startAnew: MenuItem = { label: t("Start it as a live cluster"), hint: null, deed: { kind: "startLive" } };
  return {
    title,
    groups: [{ title: t("Break and use"), items: ability === "run" ? [goOn, startAnew] : [goOn] }, ...asked],
    note:
      ability === "run"
        ? t("A recorded run cannot be changed. A live cluster can go on from this moment, or start anew.")
        : t("This cluster has been stopped. A live cluster can go on from this moment."),
  };
}

function partsOf(target: MenuTarget, view: ClusterView): MenuParts | null {
  switch (target.kind) {
    case "server":
      return serverMenu(target.server, view);
    case "link":
      return linkMenu(target.from, target.to, view);
    case "message":
      return messageMenu(target.eventId, target.copy, view);
    case "client":
      return clientMenu(target.client, view);
    case "entry":
      return entryMenu(target.server, target.index, view);
    case "key":
      return keyMenu(target.server, target.key, view);
  }
}
