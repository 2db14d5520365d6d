/** Answers the panels as the extension and the language server do: by the same views, through the same checks. */

import { t } from "../server/src/l10n/text.js";
import { DiagramViews } from "../server/src/lab/diagram-views.js";
import { HistoryViews } from "../server/src/lab/history/history-views.js";
import { SessionViews } from "../server/src/lab/session-views.js";
import * as diagramParams from "../server/src/lsp/diagram-params.js";
import { checkFields, type Fields } from "../server/src/lsp/fields.js";
import * as historyParams from "../server/src/lsp/history-params.js";
import * as params from "../server/src/lsp/lab-params.js";
import type { EventView } from "../server/src/protocol/event-view.js";
import type { CursorMove, Outcome } from "../server/src/protocol/requests.js";
import type { EventId } from "../server/src/protocol/session.js";
import type { PlayedRun } from "./played-run.js";

/** Answers a method's parameters, unread. */
type Answer = (method: string, given: unknown) => unknown;

/** The lab of one run. */
export class PanelHost {
  readonly #run: PlayedRun;
  readonly #views = new SessionViews();
  readonly #moved: (cursor: EventId | null) => void;
  readonly #answers: ReadonlyMap<string, Answer>;

  /** @param moved called after the cursor has moved */
  constructor(run: PlayedRun, moved: (cursor: EventId | null) => void) {
    this.#run = run;
    this.#moved = moved;
    const views = this.#views;
    const rows = new DiagramViews();
    const history = new HistoryViews();
    // Nothing is called off: a run in a page is not so long that one could not wait for it.
    const { signal } = new AbortController();
    this.#answers = new Map<string, Answer>([
      ["raftlab/sessions", () => ({ sessions: [run.info()] })],
      ["raftlab/session/open", () => ({ ok: true, session: run.info(), result: null })],
      ["raftlab/cursor/move", reading(params.readMoveCursor, ({ move }) => this.move(move))],
      ["raftlab/eventOfLine", reading(params.readEventOfLine, ({ line }) => views.eventOfLine(run, line))],
      ["raftlab/view/cluster", reading(params.readClusterView, (given) => views.cluster(run, given))],
      ["raftlab/view/timeline", reading(params.readTimeline, (given) => views.timeline(run, given))],
      ["raftlab/view/diagram", reading(diagramParams.readDiagram, (given) => views.diagram(run, given))],
      ["raftlab/view/diagramRows", reading(diagramParams.readDiagramRows, (given) => rows.rows(run, given, signal))],
      ["raftlab/view/diagramPlace", reading(diagramParams.readDiagramPlace, (given) => rows.place(run, given, signal))],
      ["raftlab/view/diagramFind", reading(diagramParams.readDiagramFind, (given) => rows.find(run, given, signal))],
      [
        "raftlab/view/diagramOverview",
        reading(diagramParams.readDiagramOverview, (given) => rows.overview(run, given, signal)),
      ],
      ["raftlab/view/history", reading(historyParams.readHistory, (given) => history.window(run, given))],
      ["raftlab/view/historyRows", reading(historyParams.readHistoryRows, (given) => history.rows(run, given))],
      [
        "raftlab/view/historyOperation",
        reading(historyParams.readHistoryOperation, (given) => history.operation(run, given)),
      ],
      ["raftlab/view/historyCheck", reading(historyParams.readHistoryCheck, () => history.check(run, signal))],
      ["raftlab/why", reading(params.readWhy, (given) => views.why(run, given))],
      ["raftlab/events", reading(params.readEvents, (given) => views.events(run, given))],
    ]);
  }

  /** The result of a panel's request: an outcome, as over the wire. Rejects with what a view throws. */
  async answer(method: string, given: unknown): Promise<unknown> {
    const answer = this.#answers.get(method);
    if (answer !== undefined) return answer(method, given);
    return {
      ok: false,
      message: t("A run in a file cannot be changed. Open its scenario in Raft Lab to go on from here."),
    };
  }

  /** Moves the one cursor of all views. */
  move(move: CursorMove): Outcome<{ readonly cursor: EventId | null; readonly event: EventView | null }> {
    const event = this.#views.move(this.#run, move);
    if (typeof event === "string") return { ok: false, message: event };
    const { cursor } = this.#run;
    this.#moved(cursor);
    return { ok: true, cursor, event };
  }

  /** Goes to the first event that a line of the scenario caused; false when there is none. */
  goToLine(line: number): boolean {
    const found = this.#views.eventOfLine(this.#run, line);
    if (found.ok) this.move({ kind: "event", eventId: found.eventId });
    return found.ok;
  }

  /** The scenario's line behind the event at the cursor, or `null`. */
  get line(): number | null {
    const { cursor } = this.#run;
    if (cursor === null || cursor < 0) return null;
    const page = this.#views.events(this.#run, { sessionId: this.#run.id, from: cursor, count: 1 });
    return page.ok ? (page.events[0]?.line ?? null) : null;
  }
}

/** Checks the parameters before they are looked at. */
function reading<P>(read: (fields: Fields) => P, answer: (checked: P) => unknown): Answer {
  return (method, given) => {
    const checked = checkFields(method, given, read);
    return checked.ok ? answer(checked.value) : { ok: false, message: checked.message };
  };
}
