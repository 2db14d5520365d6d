/** Lifelines: who a server is shows in the shape of its line, over the rows where it is so; its term in the colour. */
import type { LifelineState } from "../../protocol/diagram-rows.js";
import { type Columns, lineY, PITCH } from "./columns.js";
import { termPaint } from "./paint.js";
import type { Shape } from "./shapes.js";

/** A change with its position in rows. */
export type LifelineChange = LifelineState & { readonly position: number };

/** Rows `from`..`to` (not included) of all lifelines. */
export interface LifelineStretch {
  readonly from: number;
  readonly to: number;
  /** Who each is at the beginning. */
  readonly states: readonly LifelineState[];
  /** In order of position; those outside of the stretch are left out of account. */
  readonly changes: readonly LifelineChange[];
}

/** Who each lifeline is at a position, from what stands above it and the changes on the way. */
export function statesAt(
  states: readonly LifelineState[],
  changes: readonly LifelineChange[],
  position: number,
): readonly LifelineState[] {
  const now = new Map(states.map((state) => [state.name, state]));
  for (const { position: at, name, role, term } of changes) {
    if (at > position) break;
    now.set(name, { name, role, term });
  }
  return [...now.values()];
}

/** The lines of a stretch. */
export function lifelineShapes(stretch: LifelineStretch, columns: Columns): Shape[] {
  const { from, to, states, changes } = stretch;
  return columns.lifelines.flatMap(({ name, kind }, at) => {
    const x = columns.xs[at] ?? 0;
    let state: LifelineState = states.find((each) => each.name === name) ?? { name, role: null, term: 0 };
    if (kind === "client") return segment(x, from * PITCH, to * PITCH, { ...state, role: null });
    const shapes: Shape[] = [];
    let top = from * PITCH;
    for (const change of changes) {
      if (change.name !== name || change.position < from || change.position >= to) continue;
      const y = Math.max(top, lineY(change.position));
      shapes.push(...segment(x, top, y, state), ...turn(x, y, state, change));
      state = change;
      top = y;
    }
    return [...shapes, ...segment(x, top, to * PITCH, state)];
  });
}

/** One way of being: a leader's bar is full, a candidate's hollow, a paused one hatched, one that is down a thin row of dashes. */
function segment(x: number, top: number, bottom: number, { role, term }: LifelineState): Shape[] {
  if (bottom <= top) return [];
  const paint = termPaint(term);
  const line = (look: Extract<Shape, { kind: "line" }>["look"]): Shape[] => [
    { kind: "line", x1: x, y1: top, x2: x, y2: bottom, look },
  ];
  const bar = (width: number, look: Extract<Shape, { kind: "rect" }>["look"]): Shape => ({
    kind: "rect",
    x: x - width / 2,
    y: top,
    width,
    height: bottom - top,
    radius: 0,
    look,
  });
  switch (role) {
    case null:
      return line({ stroke: "line", width: 1.2, dash: "6 4" });
    case "follower":
      return line({ stroke: term <= 0 ? "line" : paint, width: 2 });
    case "pre-candidate":
      return [bar(7, { fill: "background", stroke: paint, width: 1.2, dash: "3 2" })];
    case "candidate":
      return [bar(8, { fill: "background", stroke: paint, width: 1.8 })];
    case "leader":
      return [bar(10, { fill: paint, stroke: paint, width: 1 })];
    case "down":
      return line({ stroke: "lost", width: 1.2, dash: "1 7" });
    case "paused":
      return [
        bar(8, { fill: "background", stroke: "quiet", width: 1 }),
        ...line({ stroke: "quiet", width: 8, dash: "1.5 4" }),
      ];
  }
}

/** What marks the moment itself. */
function turn(x: number, y: number, before: LifelineState, after: LifelineState): Shape[] {
  if (after.role === "down" && before.role !== "down") {
    const d = `M${x - 6} ${y - 6}L${x + 6} ${y + 6}M${x + 6} ${y - 6}L${x - 6} ${y + 6}`;
    return [{ kind: "path", d, look: { stroke: "lost", width: 2.6 } }];
  }
  if (before.role === "down" && after.role !== "down") {
    return [{ kind: "path", d: `M${x - 7} ${y}L${x + 7} ${y}`, look: { stroke: termPaint(after.term), width: 2 } }];
  }
  return [];
}
