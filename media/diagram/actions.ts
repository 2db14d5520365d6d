/** What the parts of the diagram panel can ask for. */
import type { EventId } from "../../server/src/protocol/session.js";
import type { WhyQuestion } from "../../server/src/protocol/why.js";
import type { Filter, WindowChoice } from "./model.js";

/** Actions of the panel, bound to its controller. */
export interface DiagramActions {
  choose(window: WindowChoice): void;
  page(direction: 1 | -1): void;
  filter(patch: Partial<Filter>): void;
  limit(limit: number): void;
  zoomBy(factor: number): void;
  fit(): void;
  openFilters(open: boolean): void;
  pick(row: number | null): void;
  go(eventId: EventId): void;
  why(eventId: EventId): void;
  /** Asks one of the questions that an answer leads to. */
  ask(question: WhyQuestion): void;
  reveal(line: number): void;
  copy(): void;
  saveMermaid(): void;
  saveSvg(): void;
  openCluster(): void;
  openHistory(): void;
  startLive(): void;
  tell(kind: "showLog" | "restartServer"): void;
}
