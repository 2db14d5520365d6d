import { t } from "../l10n/text.js";
import type {
  DiagramRowsView,
  diagramFindRequest,
  diagramOverviewRequest,
  diagramPlaceRequest,
  diagramRowsRequest,
} from "../protocol/diagram-rows.js";
import type { DiagramFilter, Failure, Outcome } from "../protocol/requests.js";
import type { DiagramRun } from "../trace/diagram-index.js";
import { OverviewMaker } from "../trace/diagram-overview.js";
import { placeOfEvent, placeOfTime } from "../trace/diagram-places.js";
import { windowOf } from "../trace/diagram-window.js";
import { eventOfLine } from "../trace/lines.js";
import type { ParamsOf, ResultOf } from "./contract.js";
import { DiagramIndexes, type Indexed } from "./diagram-indexes.js";
import type { OpenSession } from "./open-session.js";
import { unknownEvent } from "./session-views.js";
import { inSlice } from "./slice-mark.js";
import { doInSlices } from "./slices.js";

/** Rows of one answer, stretches of an overview, rows of a scenario line. */
const MOST_ROWS = 500;
const MOST_BUCKETS = 1000;
const MOST_OF_LINE = 500;
/** Rows that a search counts. */
const MOST_MATCHES = 10_000;
/** Rows, or items, that a search or the look for lines takes in at a step. */
const STEP = 500;
/** Events after one that are taken in before its place is told: what is under way there has arrived, so that it folds as it will. */
const MARGIN = 20_000;
/** After so long an answer tells of the part of the run that has been taken in. */
const PATIENCE_MS = 150;

/**
 * The message diagram of a whole run. Each call works in slices that leave time for others, and may be ended by its signal; what was
 * taken in for one is there for the next.
 */
export class DiagramViews {
  readonly #indexes = new DiagramIndexes();

  /** Rows, after {@link PATIENCE_MS} those of the part of the run that is taken in: the rest is taken in meanwhile. */
  async rows(
    session: OpenSession,
    { selection, from, count }: ParamsOf<typeof diagramRowsRequest>,
    signal: AbortSignal,
  ): Promise<Outcome<{ view: DiagramRowsView }>> {
    const indexed = this.#indexes.of(session.recording);
    const run = (): DiagramRun => indexed.index.select(selection, session.violations);
    const hasAll = await doInSlices(session.id, () => run().advance(), { signal, forMs: PATIENCE_MS });
    if (signal.aborted) return cancelled();
    if (!hasAll) this.#goOn(session, indexed, selection);
    const view = inSlice(session.id, () => windowOf(run(), Math.max(0, from), Math.min(count, MOST_ROWS)));
    return { ok: true, view: { ...view, sessionId: session.id } };
  }

  /** Where an event, an instant or a scenario line stands. */
  async place(
    session: OpenSession,
    { selection, at }: ParamsOf<typeof diagramPlaceRequest>,
    signal: AbortSignal,
  ): Promise<ResultOf<typeof diagramPlaceRequest>> {
    if ("eventId" in at) {
      const unknown = unknownEvent(session, at.eventId);
      if (unknown !== null && at.eventId !== -1) return unknown;
    }
    const indexed = this.#indexes.of(session.recording);
    const { index } = indexed;
    const run = (): DiagramRun => index.select(selection, session.violations);
    const isLine = "line" in at;
    const enough = "eventId" in at ? at.eventId + MARGIN : Number.POSITIVE_INFINITY;
    let hasAll = false;
    const step = (): boolean => {
      hasAll = run().advance();
      return isLine ? hasAll && index.lines.advance(STEP) : hasAll || run().events > enough;
    };
    if (!(await doInSlices(session.id, step, { signal }))) return cancelled();
    if (!hasAll) this.#goOn(session, indexed, selection);
    return inSlice(session.id, () => {
      if ("line" in at) return placeOfLine(session, run(), at.line);
      const { row, exact } = "eventId" in at ? placeOfEvent(run(), at.eventId) : placeOfTime(run().rows, at.timeUs);
      return { ok: true, row, exact, rows: row < 0 ? [] : [row] };
    });
  }

  /** The nearest row that holds a text. A search that another one has overtaken ends with a failure. */
  async find(
    session: OpenSession,
    { selection, text, row, direction }: ParamsOf<typeof diagramFindRequest>,
    signal: AbortSignal,
  ): Promise<ResultOf<typeof diagramFindRequest>> {
    if (text === "") return { ok: true, row: null, matches: 0 };
    const indexed = this.#indexes.of(session.recording);
    const sought = JSON.stringify([selection, text]);
    indexed.sought = sought;
    const run = (): DiagramRun => indexed.index.select(selection, session.violations);
    const nearest = (): number | null => nearestOf(run(), text, row, direction);
    const step = (): boolean => {
      if (indexed.sought !== sought) return true;
      if (!run().advance()) return false;
      const found = run().find(text);
      return found.advance(STEP) || (found.length >= MOST_MATCHES && nearest() !== null && found.taken > row);
    };
    if (!(await doInSlices(session.id, step, { signal })) || indexed.sought !== sought) return cancelled();
    return inSlice(session.id, () => {
      const matches = Math.min(run().find(text).length, MOST_MATCHES);
      return { ok: true, row: nearest(), matches };
    });
  }

  /** The whole diagram from far away. */
  async overview(
    session: OpenSession,
    { selection, buckets }: ParamsOf<typeof diagramOverviewRequest>,
    signal: AbortSignal,
  ): Promise<ResultOf<typeof diagramOverviewRequest>> {
    const { index } = this.#indexes.of(session.recording);
    const run = (): DiagramRun => index.select(selection, session.violations);
    if (!(await doInSlices(session.id, () => run().advance(), { signal }))) return cancelled();
    const maker = new OverviewMaker(run().rows, Math.min(buckets, MOST_BUCKETS));
    if (!(await doInSlices(session.id, () => maker.advance(), { signal }))) return cancelled();
    return { ok: true, overview: maker.overview };
  }

  /** Takes in the rest of a run for the selection that was asked for last, without anybody waiting. */
  #goOn(session: OpenSession, indexed: Indexed, selection: DiagramFilter): void {
    indexed.filling?.abort();
    const filling = new AbortController();
    indexed.filling = filling;
    const { signal } = filling;
    const step = (): boolean => signal.aborted || indexed.index.select(selection, session.violations).advance();
    // What it stumbles over, the next request stumbles over too, and tells.
    void doInSlices(session.id, step, { signal }).catch(() => undefined);
  }
}

function placeOfLine(
  session: OpenSession,
  run: DiagramRun,
  line: number,
): { ok: true; row: number; exact: boolean; rows: readonly number[] } {
  const rows = run.index.lines.rowsOf(run.rows, line, MOST_OF_LINE);
  const [row] = rows;
  if (row !== undefined) return { ok: true, row, exact: true, rows };
  const event = eventOfLine(session.recording, line);
  return { ok: true, row: event < 0 ? -1 : placeOfEvent(run, event).row, exact: false, rows };
}

/** The nearest row after or before another whose words hold a text, of those that were looked through. */
function nearestOf(run: DiagramRun, text: string, row: number, direction: "next" | "previous"): number | null {
  const found = run.find(text);
  const position = direction === "next" ? found.countBefore(row + 1) : found.countBefore(row) - 1;
  return position >= 0 && position < found.length ? found.origin(position) : null;
}

function cancelled(): Failure {
  return { ok: false, message: t("The request was cancelled.") };
}
