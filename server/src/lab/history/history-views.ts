import { t } from "../../l10n/text.js";
import type {
  HistoryCheckView,
  HistoryFilter,
  HistoryOperation,
  HistoryView,
  historyOperationRequest,
  historyRequest,
  historyRowsRequest,
  OperationDetailView,
} from "../../protocol/history-view.js";
import type { Failure, Outcome } from "../../protocol/requests.js";
import { HistoryIndex, type HistoryFilter as Wanted } from "../../trace/history/index.js";
import type { ParamsOf } from "../contract.js";
import type { OpenSession } from "../open-session.js";
import { barOf } from "./bars.js";
import { HistoryChecks } from "./checks.js";
import { operationDetail } from "./detail.js";
import { checkView } from "./explained.js";
import { historyWindow, selectionOf } from "./window.js";

/** Operations of a window and of a page, and parts of a density, at most. */
const MOST_BARS = 3000;
const MOST_ROWS = 500;
const MOST_BUCKETS = 1000;

/** The views of a session's client history. */
export class HistoryViews {
  readonly #checks = new HistoryChecks();

  /** What was under way in a span. */
  window(session: OpenSession, params: ParamsOf<typeof historyRequest>): Outcome<{ view: HistoryView }> {
    const { fromUs = 0, toUs = session.recording.world.nowUs } = params;
    const limit = within(params.limit, MOST_BARS);
    const buckets = within(params.buckets, MOST_BUCKETS);
    const window = { filter: wanted(params.filter), fromUs, toUs: Math.max(fromUs, toUs), limit, buckets };
    return { ok: true, view: historyWindow(session, window, this.#checks.latest(session)) };
  }

  /** A page of operations. */
  rows(
    session: OpenSession,
    { filter, from, count }: ParamsOf<typeof historyRowsRequest>,
  ): Outcome<{ operations: readonly HistoryOperation[]; matching: number }> {
    const { recording } = session;
    const checked = this.#checks.latest(session);
    const { positions } = selectionOf(recording, wanted(filter), checked);
    const index = HistoryIndex.of(recording);
    const first = Math.max(0, from);
    const operations = positions.slice(first, first + within(count, MOST_ROWS)).flatMap((position, at) => {
      const record = recording.history.operations[position];
      return record === undefined ? [] : [barOf(recording, index, checked, record, first + at)];
    });
    return { ok: true, operations, matching: positions.length };
  }

  /** One operation in full. */
  operation(
    session: OpenSession,
    { number }: ParamsOf<typeof historyOperationRequest>,
  ): Outcome<{ detail: OperationDetailView }> {
    const detail = operationDetail(session, number, this.#checks.latest(session));
    const { length } = session.recording.history.operations;
    if (detail !== null) return { ok: true, detail };
    return { ok: false, message: t("There is no operation {0}: this session has {1}.", number, length) };
  }

  /** Checks the history; `null` when `signal` ended it. */
  async check(
    session: OpenSession,
    signal: AbortSignal,
  ): Promise<Outcome<{ check: HistoryCheckView }> | Failure | null> {
    const checked = await this.#checks.check(session, signal);
    return checked === null ? null : { ok: true, check: checkView(session, checked) };
  }
}

function wanted({ clients = [], sorts = [], outcomes = [], key = "" }: HistoryFilter): Wanted {
  return { clients, sorts, outcomes, key };
}

function within(asked: number, most: number): number {
  return Math.min(Math.max(1, Math.floor(asked)), most);
}
