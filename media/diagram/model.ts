/** What the message diagram knows at a moment. */
import type {
  DiagramOverviewBucket,
  DiagramSelection,
  LifelineState,
  PlacedRow,
} from "../../server/src/protocol/diagram-rows.js";
import type { EventView } from "../../server/src/protocol/event-view.js";
import type { EventId, SessionInfo } from "../../server/src/protocol/session.js";
import type { WhyView } from "../../server/src/protocol/why.js";
import type { Lifeline } from "../../server/src/view-model/diagram/columns.js";
import type { ServerStatus } from "../shared/panel.js";
import type { Filter } from "./selection.js";
import { NO_FILTER } from "./selection.js";

/** The row that is looked at, with what was learnt of it since. */
export interface PickedRow {
  readonly row: number;
  readonly placed: PlacedRow | null;
  /** The event in full; `null` until it is there. */
  readonly event: EventView | null;
  /** The request of a reply, the reply of a request. */
  readonly partner: PlacedRow | null;
}

/** Rows from one to another, both included. */
export interface RowWindow {
  readonly from: number;
  readonly to: number;
}

/** What stands for the whole diagram in the strip at its side. */
export interface Overview {
  readonly totalRows: number;
  readonly buckets: readonly DiagramOverviewBucket[];
  readonly terms: readonly { readonly row: number; readonly term: number }[];
}

/** A search. */
export interface Search {
  readonly text: string;
  readonly row: number | null;
  /** Rows that hold the text, counted as far as {@link MOST_MATCHES}; `null` before the first answer. */
  readonly matches: number | null;
  /** It was looked for and is nowhere. */
  readonly nowhere: boolean;
}

/** Matches are not counted beyond. */
export const MOST_MATCHES = 10_000;

/** The whole state of the panel. */
export interface DiagramState {
  readonly known: boolean;
  readonly server: ServerStatus;
  readonly session: SessionInfo | null;
  readonly filter: Filter;
  readonly lifelines: readonly Lifeline[];
  /** `null` before the first answer. */
  readonly totalRows: number | null;
  /** Events that the diagram takes in so far. */
  readonly takenIn: number;
  /** Goes up whenever rows came or went. */
  readonly rowsVersion: number;
  /** Who each lifeline is at the row at the top. */
  readonly heads: readonly LifelineState[];
  /** 1 is the natural size. */
  readonly zoom: number;
  readonly picked: PickedRow | null;
  readonly why: { readonly eventId: EventId; readonly view: WhyView | null; readonly failure: string | null } | null;
  /** The row of the time cursor; -1 before the first. */
  readonly cursorRow: number | null;
  /** The scenario's line in the editor, and the rows that it caused. */
  readonly caret: { readonly line: number; readonly rows: readonly number[] } | null;
  readonly search: Search | null;
  readonly overview: Overview | null;
  /** Chosen for mermaid and export. */
  readonly window: RowWindow | null;
  readonly mode: "sequence" | "mermaid";
  readonly filtersOpen: boolean;
  readonly exportOpen: boolean;
  /** Part of the width, in hundredths, that rows and details have beside the diagram. */
  readonly split: number;
  readonly failure: string | null;
  readonly notice: string | null;
}

/** The state before anything is known. */
export const initialState: DiagramState = {
  known: false,
  server: { status: "running", message: "" },
  session: null,
  filter: NO_FILTER,
  lifelines: [],
  totalRows: null,
  takenIn: 0,
  rowsVersion: 0,
  heads: [],
  zoom: 1,
  picked: null,
  why: null,
  cursorRow: null,
  caret: null,
  search: null,
  overview: null,
  window: null,
  mode: "sequence",
  filtersOpen: false,
  exportOpen: false,
  split: 28,
  failure: null,
  notice: null,
};

/** The selection to ask the server for. */
export function selectionOf({ filter }: DiagramState): DiagramSelection {
  const { servers, types, clients, foldHeartbeats, text, terms, span } = filter;
  return {
    servers,
    types,
    clients,
    foldHeartbeats,
    ...(text === "" ? {} : { text }),
    ...(terms === null ? {} : { terms }),
    ...(span === null ? {} : { span }),
  };
}
