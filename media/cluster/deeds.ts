/** Does what an entry of a context menu stands for. */
import type { MenuDeed, MenuTarget } from "../../server/src/view-model/cluster/menu-item.js";
import type { Actions } from "./actions.js";

/** What deeds need besides the actions of the panel. */
export interface DeedHost {
  copy(text: string): void;
}

/** Carries out a deed; `target` is what the menu was of. */
export function doDeed(deed: MenuDeed, target: MenuTarget, actions: Actions, host: DeedHost): void {
  switch (deed.kind) {
    case "step":
      actions.act(deed.step);
      return;
    case "fate":
      actions.actOnMessage(deed.eventId, deed.copy, deed.fate);
      return;
    case "why":
      actions.why(deed.title, deed.eventId, deed.about ?? undefined);
      return;
    case "go":
      actions.move({ kind: "event", eventId: deed.eventId });
      return;
    case "show":
      if (target.kind !== "key" && target.kind !== "moment") actions.select(target);
      actions.fold("inspect", true);
      return;
    case "copy":
      host.copy(deed.text);
      return;
    case "branch":
      actions.branch();
      return;
    case "startLive":
      actions.startLive();
      return;
  }
}
