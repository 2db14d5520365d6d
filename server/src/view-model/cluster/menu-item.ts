/** The entries of context menus, and what they do. */
import type { MessageFate } from "../../protocol/messages-under-way.js";
import type { EventId } from "../../protocol/session.js";
import type { WhyQuestion, WhySubject } from "../../protocol/why.js";

/** What was pointed at. */
export type MenuTarget =
  | { readonly kind: "server"; readonly server: string }
  | { readonly kind: "link"; readonly from: string; readonly to: string }
  | { readonly kind: "message"; readonly eventId: EventId; readonly copy: number }
  | { readonly kind: "client"; readonly client: string }
  | { readonly kind: "entry"; readonly server: string; readonly index: number }
  | { readonly kind: "key"; readonly server: string; readonly key: string }
  /** The moment shown, on the timeline. */
  | { readonly kind: "moment" };

/** What an entry does. */
export type MenuDeed =
  /** A step of the scenario language. */
  | { readonly kind: "step"; readonly step: string }
  /** Done with a message under way. */
  | { readonly kind: "fate"; readonly eventId: EventId; readonly copy: number; readonly fate: MessageFate }
  | { readonly kind: "why"; readonly title: string; readonly eventId: EventId; readonly about: WhySubject | null }
  | { readonly kind: "go"; readonly eventId: EventId }
  | { readonly kind: "show" }
  | { readonly kind: "copy"; readonly text: string }
  /** A live cluster that goes on from the moment shown. */
  | { readonly kind: "branch" }
  /** The run's cluster as a live one, from its beginning. */
  | { readonly kind: "startLive" };

/** One entry. */
export interface MenuItem {
  readonly label: string;
  /** The step that it does, as it will stand in the scenario; `null` for what does none. */
  readonly hint: string | null;
  readonly deed: MenuDeed;
}

/** Entries of one kind under a heading. */
export interface MenuGroup {
  readonly title: string;
  readonly items: readonly MenuItem[];
}

/** A menu. */
export interface Menu {
  readonly title: string;
  readonly groups: readonly MenuGroup[];
  /** Why nothing can be done here, in words; `null` where it can. */
  readonly note: string | null;
}

/** A menu's entries: what changes the cluster, and what only shows it, besides the questions that there are about everything. */
export interface MenuParts {
  readonly title: string;
  readonly deeds: readonly MenuGroup[];
  readonly questions: readonly MenuGroup[];
}

/** An entry that does a step. */
export function stepItem(label: string, step: string): MenuItem {
  return { label, hint: step, deed: { kind: "step", step } };
}

/** An entry that asks a question. `label`: where it is shorter than the question's own words. */
export function whyItem({ title, eventId, about }: WhyQuestion, label = title): MenuItem {
  return { label, hint: null, deed: { kind: "why", title, eventId, about } };
}
