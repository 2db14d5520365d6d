/** Keys of the whole panel; controls that use a key themselves keep it. */
import type { EventId } from "../../server/src/protocol/session.js";
import { questionsOf } from "../../server/src/view-model/questions.js";
import type { Actions } from "./actions.js";
import { actInLecture } from "./lecture-keys.js";
import { type ClusterState, canAct } from "./model.js";
import { jumpOfKey, zoom } from "./transport.js";

/** Handles a key that no control wanted. */
export function onPanelKey(event: KeyboardEvent, state: ClusterState, actions: Actions, nowUs: number): void {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
  if (act(event, state, actions, nowUs)) event.preventDefault();
}

function isTyping(event: KeyboardEvent): boolean {
  const [target] = event.composedPath();
  if (!(target instanceof Element)) return false;
  const widget = target.closest("input, textarea, select, vscode-textfield, vscode-single-select");
  // Space and Enter press what has the focus.
  const presses =
    event.key === " " && target.closest("button, [role=button], summary, vscode-button, vscode-checkbox") !== null;
  return widget !== null || presses;
}

/** A live cluster is followed from its newest event on. */
function lastEvent(state: ClusterState): EventId | null {
  return state.session?.kind === "live" ? null : Math.max(0, (state.session?.events ?? 1) - 1);
}

function act(event: KeyboardEvent, state: ClusterState, actions: Actions, nowUs: number): boolean {
  const { key, shiftKey } = event;
  if (state.lecture.on && actInLecture(key, state, actions)) return true;
  const jump = jumpOfKey(key);
  if (jump !== null) {
    actions.move({ kind: "jump", direction: shiftKey ? "previous" : "next", to: jump });
    return true;
  }
  switch (key) {
    case "ArrowLeft":
      actions.move({ kind: "by", events: shiftKey ? -10 : -1 });
      return true;
    case "ArrowRight":
      actions.move({ kind: "by", events: shiftKey ? 10 : 1 });
      return true;
    case "Home":
      actions.move({ kind: "event", eventId: 0 });
      return true;
    case "End":
      actions.move({ kind: "event", eventId: lastEvent(state) });
      return true;
    case " ":
      if (state.session?.kind === "live" && canAct(state)) {
        actions.control({ kind: state.session.state.kind === "running" ? "pause" : "run" });
      } else actions.toggleReplay();
      return true;
    case ".":
      if (canAct(state)) actions.control({ kind: "step", events: 1 });
      return true;
    case "l":
    case "L":
      actions.toggleLecture();
      return true;
    case "b":
      actions.toggleBookmark();
      return true;
    case "m":
      actions.jumpToBookmark("next");
      return true;
    case "M":
      actions.jumpToBookmark("previous");
      return true;
    case "w":
      askWhy(state, actions);
      return true;
    case "d":
      actions.openDiagram();
      return true;
    case "h":
      actions.openHistory();
      return true;
    case "+":
      zoom(state, actions, nowUs, 0.4);
      return true;
    case "-":
      zoom(state, actions, nowUs, 2.5);
      return true;
    case "0":
      actions.zoom(null);
      return true;
    case "Backspace":
      if (state.why === null) return false;
      actions.walkWhy(-1);
      return true;
    case "Escape":
      if (state.why !== null) actions.forgetWhy();
      else actions.select(null);
      return true;
    default:
      return false;
  }
}

/** Asks the first question about what is picked; about the current event where nothing is. */
function askWhy({ selection, view, event }: ClusterState, actions: Actions): void {
  const [question] = selection === null || view === null ? [] : questionsOf(selection, view);
  if (question !== undefined) actions.ask(question);
  else if (event !== null) actions.why(event.title, event.id);
}
