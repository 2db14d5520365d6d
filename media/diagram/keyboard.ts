/** The keys of the panel, wherever the focus is; see docs/panels.md. */
import type { DiagramActions } from "./actions.js";
import type { DiagramController } from "./controller.js";
import type { Frames } from "./frames.js";
import { keySteps } from "./table.js";

/** Listens until the page ends. */
export function listenToKeys(controller: DiagramController, frames: Frames, actions: DiagramActions): void {
  window.addEventListener("keydown", (event) => {
    const [target] = event.composedPath();
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "f") {
      take(event, () => actions.search(true));
      return;
    }
    const typing = target instanceof Element && target.closest("input, vscode-checkbox") !== null;
    if (event.ctrlKey || event.metaKey || event.altKey || typing) return;
    const { mode } = controller.state;
    if (mode === "mermaid" && (event.key === "PageUp" || event.key === "PageDown")) {
      if (!(target instanceof Element && target.closest(".frame") !== null))
        take(event, () => actions.turn(event.key === "PageUp" ? -1 : 1));
      return;
    }
    const by = walks(target, mode) ? keySteps(event, Math.max(1, frames.bottom - frames.top - 1)) : null;
    if (by !== null) take(event, () => controller.picking.by(by));
    else plain(event, controller, actions);
  });
}

function plain(event: KeyboardEvent, controller: DiagramController, actions: DiagramActions): void {
  const { state } = controller;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const keys: Readonly<Record<string, () => void>> = {
    "+": () => actions.zoomBy(1.25),
    "-": () => actions.zoomBy(0.8),
    "0": actions.fit,
    "/": () => actions.search(true),
    n: () => actions.searchStep(event.shiftKey ? "previous" : "next"),
    f: () => actions.openFilters(!state.filtersOpen),
    s: () => actions.openExport(!state.exportOpen),
    g: actions.toCursor,
    m: () => actions.mode(state.mode === "mermaid" ? "sequence" : "mermaid"),
    c: actions.openCluster,
    h: actions.openHistory,
    w: () => state.picked?.placed != null && actions.why(state.picked.placed.eventId),
    Escape: () => {
      if (state.search !== null) actions.search(false);
      else controller.picking.forget();
    },
  };
  const action = keys[key];
  if (action !== undefined) take(event, action);
}

/** Arrow keys walk over rows where nothing else wants them. */
function walks(target: EventTarget | undefined, mode: "sequence" | "mermaid"): boolean {
  if (!(target instanceof Element)) return true;
  if (target.closest("[role=separator], [role=scrollbar], [role=grid]") !== null) return false;
  if (target.closest(".details") !== null) return false;
  return mode === "sequence" || target.closest(".frame") === null;
}

function take(event: KeyboardEvent, action: () => void): void {
  event.preventDefault();
  action();
}
