/** The keys of the history panel. */
import type { HistoryActions } from "./actions.js";
import { type HistoryState, spanOf } from "./model.js";

/** Does what a key asks for, unless somebody is typing. */
export function keyboard(event: KeyboardEvent, state: HistoryState, actions: HistoryActions): void {
  const [target] = event.composedPath();
  const typing = target instanceof Element && target.closest("input, vscode-checkbox") !== null;
  if (event.ctrlKey || event.metaKey || event.altKey || typing) return;
  const action = actionOf(event, state, actions);
  if (action === null) return;
  event.preventDefault();
  action();
}

function actionOf({ key, shiftKey }: KeyboardEvent, state: HistoryState, actions: HistoryActions): (() => void) | null {
  switch (key) {
    case "+":
    case "=":
      return () => actions.zoomBy(0.5);
    case "-":
      return () => actions.zoomBy(2);
    case "0":
      return () => actions.show(null);
    case "ArrowLeft":
      return () => (shiftKey ? actions.move({ kind: "by", events: -1 }) : actions.pan(-0.2));
    case "ArrowRight":
      return () => (shiftKey ? actions.move({ kind: "by", events: 1 }) : actions.pan(0.2));
    case "Home":
      return () => edge(state, actions, "begin");
    case "End":
      return () => edge(state, actions, "end");
    case "j":
      return () => actions.pickNext(1);
    case "k":
      return () => actions.pickNext(-1);
    case "x":
      return () => nextExplanation(state, actions, 1);
    case "X":
      return () => nextExplanation(state, actions, -1);
    case "z":
      return state.detail === null ? null : () => actions.zoomTo();
    case "w": {
      const end = state.detail?.operation.returnEvent ?? null;
      return end === null ? null : () => actions.why(end);
    }
    case "f":
      return () => actions.openFilters(!state.filtersOpen);
    case "t":
      return () => actions.openTable(!state.tableOpen);
    case "c":
      return () => actions.openPanel("cluster");
    case "d":
      return () => actions.openPanel("diagram");
    case "Escape":
      return () => actions.pick(null);
    default:
      return null;
  }
}

/** Moves the span to where the run begins or ends. */
function edge(state: HistoryState, actions: HistoryActions, to: "begin" | "end"): void {
  if (state.span === null) return;
  const { fromUs, toUs } = spanOf(state);
  const share = to === "begin" ? -fromUs : (state.view?.endUs ?? toUs) - toUs;
  actions.pan(share / (toUs - fromUs));
}

/** Picks the operation of the next or previous explanation. */
function nextExplanation({ check, picked }: HistoryState, actions: HistoryActions, direction: 1 | -1): void {
  if (check.kind !== "done" || check.check.stuck.length === 0) return;
  const { stuck } = check.check;
  const now = stuck.findIndex(({ operation }) => operation.number === picked);
  const from = now < 0 && direction < 0 ? 0 : now;
  const next = stuck[(from + direction + stuck.length) % stuck.length];
  if (next !== undefined) actions.find(next.operation.number, next.operation.timeUs);
}
