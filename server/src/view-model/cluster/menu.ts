/** What can be done with a part of the cluster's picture, and asked about it: its context menu. */
import { t } from "../../l10n/text.js";
import type { ClusterView } from "../../protocol/cluster-view.js";
import type { EventView } from "../../protocol/event-view.js";
import type { WhyQuestion } from "../../protocol/why.js";
import { questionsOf } from "../questions.js";
import { formatTime } from "../time.js";
import { type Menu, type MenuItem, type MenuParts, type MenuTarget, whyItem } from "./menu-item.js";
import { clientMenu, entryMenu, keyMenu, linkMenu, messageMenu } from "./menu-parts.js";
import { serverMenu } from "./menu-server.js";

/** Whether steps can be done: on a live cluster; not on one that was stopped; not on a run. */
export type Ability = "live" | "stopped" | "run";

/** The menu of what was pointed at; `null` when it is not there any more. `event`: the one at the moment shown. */
export function menuOf(
  target: MenuTarget,
  view: ClusterView,
  ability: Ability,
  event: EventView | null = null,
): Menu | null {
  const parts = partsOf(target, view, event);
  if (parts === null) return null;
  const { title, deeds } = parts;
  const why = { title: t("Why?"), items: askedOf(target, view, event).map((question) => whyItem(question)) };
  const asked = [...parts.questions, why].filter(({ items }) => items.length > 0);
  if (ability === "live")
    return { title, groups: [...deeds.filter(({ items }) => items.length > 0), ...asked], note: null };
  const startAnew: MenuItem = { label: t("Start it as a live cluster"), hint: null, deed: { kind: "startLive" } };
  return {
    title,
    groups: [{ title: t("Break and use"), items: ability === "run" ? [goOn(), startAnew] : [goOn()] }, ...asked],
    note:
      ability === "run"
        ? t("A recorded run cannot be changed. A live cluster can go on from this moment, or start anew.")
        : t("This cluster has been stopped. A live cluster can go on from this moment."),
  };
}

/** What can be asked about it: the same as everywhere else. */
function askedOf(target: MenuTarget, view: ClusterView, event: EventView | null): readonly WhyQuestion[] {
  if (target.kind === "server") {
    const counts = view.servers.some(({ name, timers }) => name === target.server && timers.length > 0);
    const timer = counts ? questionsOf({ kind: "field", server: target.server, field: "timer" }, view) : [];
    return [...questionsOf(target, view), ...timer];
  }
  if (target.kind !== "moment") return questionsOf(target, view);
  const own = event === null ? [] : questionsOf({ kind: "event", eventId: event.id, title: event.title }, view);
  return [...own, ...questionsOf({ kind: "cluster" }, view)];
}

function momentMenu({ timeUs }: ClusterView, event: EventView | null): MenuParts {
  return {
    title: event === null ? formatTime(timeUs) : `${formatTime(timeUs)} · ${event.title}`,
    deeds: [{ title: t("This moment"), items: [goOn()] }],
    questions: [],
  };
}

function goOn(): MenuItem {
  return { label: t("Continue live from here"), hint: null, deed: { kind: "branch" } };
}

function partsOf(target: MenuTarget, view: ClusterView, event: EventView | null): MenuParts | null {
  switch (target.kind) {
    case "moment":
      return momentMenu(view, event);
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
