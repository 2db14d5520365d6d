/** What the parts of the history panel can ask for. */
import type { CursorMove } from "../../server/src/protocol/requests.js";
import type { EventId } from "../../server/src/protocol/session.js";
import type { PanelKind } from "../../server/src/protocol/webview.js";
import type { WhyQuestion } from "../../server/src/protocol/why.js";
import type { Filter } from "../../server/src/view-model/history/filter.js";
import type { Span } from "../../server/src/view-model/timeline/span.js";

/** Actions of the panel, bound to its controller. */
export interface HistoryActions {
  /** Shows another span; `null` for all of it. */
  show(span: Span | null): void;
  zoomBy(factor: number): void;
  /** Moves the span by a share of its length. */
  pan(share: number): void;
  filter(patch: Partial<Filter>): void;
  openFilters(open: boolean): void;
  openTable(open: boolean): void;
  /** Picks an operation, and moves the cursor to its beginning. */
  pick(number: number | null): void;
  /** Picks the next (1) or previous (-1) operation that passes the filter. */
  pickNext(direction: 1 | -1): void;
  /** Shows an operation that explanations name, wherever it is. */
  find(number: number, timeUs: number): void;
  /** Shows the picked operation large. */
  zoomTo(): void;
  move(move: CursorMove): void;
  why(eventId: EventId): void;
  /** Asks one of the questions that the panel offers. */
  ask(question: WhyQuestion): void;
  check(): void;
  reveal(line: number): void;
  openPanel(panel: PanelKind): void;
  startLive(): void;
  tell(kind: "showLog" | "restartServer"): void;
  /** The table was scrolled, or its size changed. */
  scrollTable(top: number, height: number): void;
  /** The picture was scrolled, or its size changed. */
  scrollPicture(top: number, height: number): void;
}
