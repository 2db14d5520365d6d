/** Two runs side by side: where they part, what made them, and what each comes to. */

import type { EventView } from "./event-view.js";
import type { Outcome, RequestDefinition } from "./requests.js";
import type { EventId, SessionId, SessionInfo } from "./session.js";

const request = <P, R>(method: string): RequestDefinition<P, R> => ({ method });

/** A line of a scenario's text that only one of two texts has. */
export interface TextEdit {
  readonly side: "left" | "right";
  /** 1-based, in the text of its side. */
  readonly line: number;
  readonly text: string;
}

/** What two runs were made from that is not the same. */
export type InputDifference =
  | { readonly kind: "seed"; readonly left: number; readonly right: number }
  /** A setting of the cluster, by its word: `check-quorum`, `rule persist-vote`; its values as in a `cluster` block. */
  | { readonly kind: "setting"; readonly name: string; readonly left: string; readonly right: string }
  /** The text of the scenario and its clusters, comments and blank lines aside. `more`: lines beyond the first 40. */
  | { readonly kind: "text"; readonly edits: readonly TextEdit[]; readonly more: number }
  | { readonly kind: "scenario"; readonly left: string; readonly right: string }
  /** What persons did to a live cluster, which no text tells. */
  | { readonly kind: "person" };

/** How two traces relate, with what is to be said of where they part. */
export type ComparedTrace =
  /** The same events, byte for byte. `hash`: of the traces. `events`: in the left one. */
  | { readonly kind: "equal"; readonly hash: string; readonly events: number }
  | {
      readonly kind: "different";
      /** Events of the cluster that are alike. */
      readonly same: number;
      /** The instant of the first difference, in both. */
      readonly partUs: number;
      /** The first event of each that differs; `null` where that trace has ended. */
      readonly left: EventView | null;
      readonly right: EventView | null;
      /** What differs and what it hangs on, a sentence each. */
      readonly sentences: readonly string[];
      /** Of two events that differ in nothing but what is in them: those parts. */
      readonly contents: readonly { readonly name: string; readonly left: string; readonly right: string }[];
    };

/** How many milestones of two runs are the same, the same at another time, and not the same. */
export interface MilestoneCounts {
  readonly equal: number;
  readonly time: number;
  readonly outcome: number;
}

/** Two runs compared. */
export interface ComparisonView {
  readonly left: SessionInfo;
  readonly right: SessionInfo;
  readonly trace: ComparedTrace;
  /** Empty where both were made from the same. */
  readonly inputs: readonly InputDifference[];
  readonly counts: MilestoneCounts;
}

/**
 * Client to server. Compares two sessions: by their traces, by what they were made from, and by what they come to. Sessions that are only kept
 * are run anew for it. A live cluster is compared as far as it has come. Cancellable.
 */
export const comparisonRequest = request<
  { readonly left: SessionId; readonly right: SessionId },
  Outcome<{ readonly view: ComparisonView }>
>("raftlab/view/comparison");

/** What a milestone is about. */
export type MilestoneKindView = "term" | "leader" | "entry" | "step" | "operation" | "fault" | "violation" | "verdict";

/** How one run came to a milestone. */
export interface MilestoneSide {
  /** `null` for the verdict, which is no event. */
  readonly eventId: EventId | null;
  readonly timeUs: number;
  /** What came of it: `s3`, `ok, revision 4`; empty where there is no more to say than that it happened. */
  readonly value: string;
  /** 1-based line of that run's scenario, or `null`. */
  readonly line: number | null;
}

/** A milestone as two runs came to it. */
export interface MilestoneRow {
  readonly kind: MilestoneKindView;
  /** `leader of term 2`, `alice: put color "red"` */
  readonly label: string;
  /** `null` where that run did not come to it. */
  readonly left: MilestoneSide | null;
  readonly right: MilestoneSide | null;
  /** `time`: the same thing at another instant. */
  readonly grade: "equal" | "time" | "outcome";
}

/** Which milestones: those of another outcome, also those at another time, or all. */
export type MilestoneChoice = "outcome" | "changed" | "all";

/**
 * Client to server. What two sessions come to, side by side, in the order of time: terms, leaders, committed entries, results of steps, answers
 * of operations, faults, violations, the verdict. A page: `count` rows (at most 200) from row `from` on. `total`: rows of that choice.
 */
export const milestonesRequest = request<
  {
    readonly left: SessionId;
    readonly right: SessionId;
    readonly choice: MilestoneChoice;
    readonly from: number;
    readonly count: number;
  },
  Outcome<{ readonly rows: readonly MilestoneRow[]; readonly total: number }>
>("raftlab/view/milestones");

/** A setting or a rule of a run's cluster that can be flipped. */
export interface SettingView {
  /** As it begins a line of a `cluster` block: `check-quorum`, `rule persist-vote`. */
  readonly name: string;
  /** What it was in the run. */
  readonly now: string;
  /** Other values to try. */
  readonly others: readonly string[];
  /** Whether other values than those make sense. */
  readonly open: boolean;
  /** What it does, Markdown. */
  readonly says: string;
  /** What it takes, in words. */
  readonly values: string;
}

/**
 * Client to server. The settings of a run's cluster that another run of the same steps can have otherwise. With `setting`, a line of a
 * `cluster` block: `problem` says what is wrong with it, `null` when it fits.
 */
export const runSettingsRequest = request<
  { readonly sessionId: SessionId; readonly setting?: string },
  Outcome<{ readonly settings: readonly SettingView[]; readonly problem: string | null }>
>("raftlab/run/settings");
