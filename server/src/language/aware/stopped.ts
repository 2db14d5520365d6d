/** Servers that surely are down or paused. */

import { t } from "../../l10n/text.js";
import type { Selector, Span } from "../program.js";
import type { ClusterState } from "./state.js";

/** A server that a step names although it does not run. */
export interface Stopped {
  /** The part of the selector that names it. */
  readonly member: Selector;
  readonly name: string;
  /** Paused; otherwise down. */
  readonly paused: boolean;
  readonly related: readonly { readonly span: Span; readonly message: string }[];
  /** The step that would bring it back. */
  readonly remedy: string;
}

/** The servers of a selector that surely stay down, or paused, through the window. */
export function stoppedIn(state: ClusterState, selector: Selector, window: number): readonly Stopped[] {
  if (state.lost) return [];
  const members = selector.kind === "set" ? selector.members : [selector];
  return members.flatMap((member) => {
    const name = nameIn(state, member);
    if (name === null) return [];
    const outage = state.outages
      .through(window)
      .find(({ node, variable }) => (member.kind === "node" ? node === name : variable === name));
    if (outage === undefined) return [];
    const paused = outage.kind === "pause";
    const message = paused ? t("paused since here") : t("down since here");
    const remedy = `${paused ? "resume" : "restart"} ${name}`;
    return [{ member, name, paused, related: [{ span: outage.span, message }], remedy }];
  });
}

function nameIn(state: ClusterState, member: Selector): string | null {
  if (member.kind === "node") return member.name;
  return member.kind === "variable" && state.bindings.get(member.name)?.kind === "live" ? member.name : null;
}
