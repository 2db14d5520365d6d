/** Who stands at the head of each lifeline: name, role and term, in words and as shapes for a picture. */
import { t } from "../../l10n/text.js";
import type { LifelineState } from "../../protocol/diagram-rows.js";
import { letters } from "../phrases.js";
import type { Columns } from "./columns.js";
import { termPaint } from "./paint.js";
import type { Shape } from "./shapes.js";

/** A head. */
export interface LifelineHead {
  readonly name: string;
  readonly kind: "server" | "client";
  readonly x: number;
  readonly state: LifelineState;
  /** `leader`, `crashed`; empty for clients and where nothing is known. */
  readonly role: string;
}

/** Height of the heads in a picture. */
export const HEAD_HEIGHT = 46;

/** The heads of a picture that begins with these states. */
export function headsOf(columns: Columns, states: readonly LifelineState[]): LifelineHead[] {
  return columns.lifelines.map(({ name, kind }, at) => {
    const state = states.find((each) => each.name === name) ?? { name, role: null, term: 0 };
    return { name, kind, x: columns.xs[at] ?? 0, state, role: kind === "client" ? t("client") : roleWord(state.role) };
  });
}

/** A role, or why a server has none, in one word. */
export function roleWord(role: LifelineState["role"]): string {
  switch (role) {
    case "follower":
      return t("follower");
    case "pre-candidate":
      return t("pre-candidate");
    case "candidate":
      return t("candidate");
    case "leader":
      return t("leader");
    case "down":
      return t("crashed");
    case "paused":
      return t("paused");
    case null:
      return "";
  }
}

/** The heads as shapes, from 0 down to {@link HEAD_HEIGHT}. */
export function headShapes(heads: readonly LifelineHead[]): Shape[] {
  return heads.flatMap(({ name, kind, x, state, role }): Shape[] => {
    const below = kind === "client" || state.term <= 0 ? role : t("{0}, term {1}", role, state.term);
    const width = Math.max(letters(name) * 7.6, letters(below) * 5.6) + 18;
    const paint = kind === "client" ? "line" : termPaint(state.term);
    return [
      {
        kind: "rect",
        x: x - width / 2,
        y: 4,
        width,
        height: HEAD_HEIGHT - 10,
        radius: kind === "client" ? 16 : 5,
        look: {
          fill: "soft",
          stroke: paint,
          width: state.role === "leader" ? 2.4 : 1.2,
          ...(state.role === "down" ? { dash: "3 3" } : {}),
        },
      },
      { kind: "text", x, y: 19, text: name, anchor: "middle", look: { fill: "text", size: 13, bold: true } },
      { kind: "text", x, y: 33, text: below, anchor: "middle", look: { fill: "quiet", size: 10 } },
    ];
  });
}
