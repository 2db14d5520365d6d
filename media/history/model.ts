/** What the history panel knows at a moment. */
import type {
  HistoryCheckView,
  HistoryOperation,
  HistoryView,
  OperationDetailView,
} from "../../server/src/protocol/history-view.js";
import type { EventId, SessionInfo } from "../../server/src/protocol/session.js";
import type { WhyView } from "../../server/src/protocol/why.js";
import { type Filter, NO_FILTER, readFilter } from "../../server/src/view-model/history/filter.js";
import type { RowWindow } from "../../server/src/view-model/history/rows.js";
import type { Span } from "../../server/src/view-model/timeline/span.js";
import { isNumber, isRecord } from "../shared/guard.js";
import type { ServerStatus } from "../shared/panel.js";

/** Where the check of the history stands. */
export type CheckState =
  | { readonly kind: "none" | "running" }
  | { readonly kind: "done"; readonly check: HistoryCheckView }
  | { readonly kind: "failed"; readonly message: string };

/** The panel's state; drawing is a function of it. */
export interface HistoryState {
  /** Whether the extension has said which session to show. */
  readonly known: boolean;
  readonly server: ServerStatus;
  readonly session: SessionInfo | null;
  readonly view: HistoryView | null;
  readonly busy: boolean;
  /** Pixels that the picture has. */
  readonly width: number;
  /** What of the picture is in sight, from top to bottom. */
  readonly sight: { readonly top: number; readonly height: number };
  /** `null` is all of the run. */
  readonly span: Span | null;
  readonly filter: Filter;
  readonly filtersOpen: boolean;
  readonly tableOpen: boolean;
  readonly check: CheckState;
  /** Number of the operation that is picked. */
  readonly picked: number | null;
  readonly detail: OperationDetailView | null;
  readonly why: { readonly eventId: EventId; readonly view: WhyView | null; readonly failure: string | null } | null;
  /** A part of the table's rows. */
  readonly rows: {
    readonly from: number;
    readonly rows: readonly HistoryOperation[];
    readonly matching: number;
  } | null;
  readonly rowWindow: RowWindow;
  /** The instant of the time cursor; `null` until it is known. */
  readonly cursorUs: number | null;
  readonly failure: string | null;
}

/** Before anything is known. */
export const initialState: HistoryState = {
  known: false,
  server: { status: "running", message: "" },
  session: null,
  view: null,
  busy: false,
  width: 0,
  sight: { top: 0, height: 800 },
  span: null,
  filter: NO_FILTER,
  filtersOpen: false,
  tableOpen: true,
  check: { kind: "none" },
  picked: null,
  detail: null,
  why: null,
  rows: null,
  rowWindow: { first: 0, count: 0 },
  cursorUs: null,
  failure: null,
};

/** What survives a reload besides the session. */
export function keptOf({ span, filter, filtersOpen, tableOpen }: HistoryState): unknown {
  return { span, filter, filtersOpen, tableOpen };
}

/** Reads what {@link keptOf} kept; whatever cannot be read keeps its default. */
export function restore(kept: unknown): Partial<HistoryState> {
  if (!isRecord(kept)) return {};
  const { span, filter, filtersOpen, tableOpen } = kept;
  return {
    filter: readFilter(filter),
    filtersOpen: filtersOpen === true,
    tableOpen: tableOpen !== false,
    span: isSpan(span) ? { fromUs: span.fromUs, toUs: span.toUs } : null,
  };
}

function isSpan(value: unknown): value is Span {
  return isRecord(value) && isNumber(value["fromUs"]) && isNumber(value["toUs"]) && value["fromUs"] < value["toUs"];
}

/** The span that the picture shows. */
export function spanOf({ span, session, view }: HistoryState): Span {
  const endUs = Math.max(session?.timeUs ?? 0, view?.endUs ?? 0, 1000);
  return span ?? { fromUs: 0, toUs: endUs };
}
