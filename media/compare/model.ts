/** What the comparison knows at a moment. */

import type { ClusterView } from "../../server/src/protocol/cluster-view.js";
import type { ComparisonView, MilestoneChoice, MilestoneRow } from "../../server/src/protocol/comparison.js";
import type { SessionId, SessionInfo } from "../../server/src/protocol/session.js";
import type { TimelineView } from "../../server/src/protocol/timeline-view.js";
import type { WhyView } from "../../server/src/protocol/why.js";
import type { Side, TimeSpan } from "../../server/src/view-model/compare/frame.js";
import { isRecord, isString } from "../shared/guard.js";
import type { ServerStatus } from "../shared/panel.js";

/** The same of both runs. */
export type Both<T> = Readonly<Record<Side, T>>;

/** Why the first difference of a run happened, once it was asked for. */
export type WhyAnswer =
  | { readonly kind: "asked" }
  | { readonly kind: "answered"; readonly why: WhyView }
  | { readonly kind: "failed"; readonly message: string };

/** The whole state of the panel. */
export interface CompareState {
  /** False until the extension has said what to show. */
  readonly known: boolean;
  readonly server: ServerStatus;
  /** What can be chosen, newest first. */
  readonly sessions: readonly SessionInfo[];
  readonly pair: Both<SessionId | null>;
  /** Of the pair; `null` until it is there. */
  readonly view: ComparisonView | null;
  readonly failure: string | null;
  /** Which of the two was deleted since it was compared. */
  readonly gone: Both<boolean>;
  readonly timelines: Both<TimelineView | null>;
  readonly clusters: Both<ClusterView | null>;
  /** The instant that both runs are shown at; `null`: their first difference. */
  readonly cursorUs: number | null;
  /** The part of the axis in sight; `null` shows all of it. */
  readonly span: TimeSpan | null;
  readonly width: number;
  readonly whys: Both<WhyAnswer | null>;
  /** Whether the chains of causes are unfolded. */
  readonly whyOpen: boolean;
  /** Which milestones the table has; `null`: as fits. */
  readonly choice: MilestoneChoice | null;
  readonly rows: readonly MilestoneRow[];
  readonly totalRows: number;
}

const NONE = { left: null, right: null };

/** The state before anything is known. */
export const initialState: CompareState = {
  known: false,
  server: { status: "running", message: "" },
  sessions: [],
  pair: NONE,
  view: null,
  failure: null,
  gone: { left: false, right: false },
  timelines: NONE,
  clusters: NONE,
  cursorUs: null,
  span: null,
  width: 0,
  whys: NONE,
  whyOpen: false,
  choice: null,
  rows: [],
  totalRows: 0,
};

/** What belongs to a pair of runs, before anything of it is there. */
export const newPair: Partial<CompareState> = {
  view: null,
  failure: null,
  gone: initialState.gone,
  timelines: NONE,
  clusters: NONE,
  cursorUs: null,
  span: null,
  whys: NONE,
  choice: null,
  rows: [],
  totalRows: 0,
};

/** The instant that both runs are shown at. */
export function cursorOf({ cursorUs, view }: CompareState): number {
  if (cursorUs !== null) return cursorUs;
  if (view === null) return 0;
  return view.trace.kind === "different" ? view.trace.partUs : view.left.timeUs;
}

/** Where the longer run ends. */
export function endOf({ view }: CompareState): number {
  return view === null ? 1 : Math.max(1, view.left.timeUs, view.right.timeUs);
}

/** The milestones to show: what a person chose, or else the gravest that there are. */
export function choiceOf({ choice, view }: CompareState): MilestoneChoice {
  if (choice !== null) return choice;
  if (view === null || view.counts.outcome > 0) return "outcome";
  return view.counts.time > 0 ? "changed" : "all";
}

/** What survives a reload besides the left run. */
export function keptOf({ pair, cursorUs, span, choice, whyOpen }: CompareState): unknown {
  return { ...pair, cursorUs, span, choice, whyOpen };
}

/** Reads what {@link keptOf} kept; whatever cannot be read keeps its default. */
export function restore(kept: unknown): Partial<CompareState> {
  if (!isRecord(kept)) return {};
  const { left, right, cursorUs, span, choice, whyOpen } = kept;
  if (!isString(left) || !isString(right)) return {};
  return {
    pair: { left, right },
    cursorUs: typeof cursorUs === "number" && cursorUs >= 0 ? cursorUs : null,
    span:
      isRecord(span) && typeof span["fromUs"] === "number" && typeof span["toUs"] === "number"
        ? { fromUs: span["fromUs"], toUs: span["toUs"] }
        : null,
    choice: (["outcome", "changed", "all"] as const).find((each) => each === choice) ?? null,
    whyOpen: whyOpen === true,
  };
}
