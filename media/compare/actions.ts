/** What a person can do in the comparison. */
import type { MilestoneChoice } from "../../server/src/protocol/comparison.js";
import type { EventId, SessionId } from "../../server/src/protocol/session.js";
import type { CompareHow } from "../../server/src/protocol/webview.js";
import type { Side, TimeSpan } from "../../server/src/view-model/compare/frame.js";

/** Handed to whoever draws. */
export interface CompareActions {
  choose(side: Side, sessionId: SessionId): void;
  swap(): void;
  compareWith(how: CompareHow): void;
  /** Both cursors to an instant. */
  seek(timeUs: number): void;
  zoom(span: TimeSpan | null): void;
  /** To an event, and to the instant of it in the other run. */
  go(side: Side, eventId: EventId, timeUs: number): void;
  /** The same, shown in the cluster panel. */
  open(side: Side, eventId: EventId, timeUs: number): void;
  /** To the first difference, from near. */
  goToDifference(): void;
  showWhys(open: boolean): void;
  chooseRows(choice: MilestoneChoice): void;
  moreRows(): void;
  reveal(side: Side, line: number): void;
  /** The whole comparison as text into the clipboard. */
  copy(): void;
  tell(kind: "showLog" | "restartServer"): void;
}
