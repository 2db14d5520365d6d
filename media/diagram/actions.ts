/** What the parts of the diagram panel can ask for. */
import type { EventId } from "../../server/src/protocol/session.js";
import type { WhyQuestion } from "../../server/src/protocol/why.js";
import type { RowWindow } from "./model.js";
import type { Filter } from "./selection.js";

/** How a window leaves the panel. */
export type ExportForm = "copy" | "mmd" | "svg" | "png" | "md";

/** Actions of the panel, bound to its controller. */
export interface DiagramActions {
  filter(patch: Partial<Filter>): void;
  openFilters(open: boolean): void;
  search(open: boolean): void;
  searchFor(text: string): void;
  searchStep(direction: "next" | "previous"): void;
  zoomBy(factor: number): void;
  fit(): void;
  mode(mode: "sequence" | "mermaid"): void;
  /** Chooses rows for mermaid and export; `null` chooses none. */
  choose(window: RowWindow | null): void;
  /** The picked row begins or ends the chosen window. */
  chooseEnd(end: "from" | "to"): void;
  /** Mermaid's next window, or the one before. */
  turn(direction: 1 | -1): void;
  openExport(open: boolean): void;
  export(form: ExportForm): void;
  pick(row: number): void;
  show(row: number): void;
  /** To the row of the time cursor. */
  toCursor(): void;
  /** The next of the rows that the caret's line caused. */
  nextOfCaret(): void;
  go(eventId: EventId): void;
  why(eventId: EventId): void;
  /** Asks one of the questions that an answer leads to. */
  ask(question: WhyQuestion): void;
  reveal(line: number): void;
  split(percent: number): void;
  openCluster(): void;
  openHistory(): void;
  startLive(): void;
  tell(kind: "showLog" | "restartServer"): void;
}
