/** Entry of the message diagram. */
import "@vscode-elements/elements/dist/vscode-button/index.js";
import "@vscode-elements/elements/dist/vscode-checkbox/index.js";
import "@vscode-elements/elements/dist/vscode-option/index.js";
import "@vscode-elements/elements/dist/vscode-single-select/index.js";
// biome-ignore lint/correctness/useImportExtensions: a style sheet, which the bundler puts beside the script
import "./diagram.css";
import { render } from "lit";
import { t } from "../../server/src/l10n/text.js";
import type { DiagramView } from "../../server/src/protocol/views.js";
import { cursorRow, rowText } from "../../server/src/view-model/diagram/rows.js";
import { Announcer } from "../shared/announce.js";
import { acquirePanelApi } from "../shared/api.js";
import { Latest } from "../shared/latest.js";
import { usePageMessages } from "../shared/page-messages.js";
import { onThemeChange } from "../shared/theme.js";
import type { DiagramActions } from "./actions.js";
import { Canvas } from "./canvas.js";
import { DiagramController } from "./controller.js";
import { layout } from "./layout.js";
import { drawMermaid } from "./mermaid.js";
import type { DiagramState } from "./model.js";

usePageMessages();

const app = document.getElementById("app") ?? document.body;
const announcer = new Announcer(document.body);
const controller = new DiagramController(acquirePanelApi(), draw);

let canvas: Canvas | null = null;
let frame: Element | null = null;
/** The view that is drawn or being drawn. */
let asked: DiagramView | null = null;
let shown: DiagramView | null = null;
let picture = "";
let shownCursor: number | null = null;
let fitted = false;

const drawings = new Latest<DiagramView>(async (view) => {
  try {
    const drawing = await drawMermaid(view.mermaid);
    if (asked !== view || canvas === null) return;
    canvas.show(drawing, view);
    picture = drawing.text;
    shown = view;
    if (!fitted) fitFirst();
    controller.set({ drawnMs: drawing.tookMs });
  } catch (error) {
    if (asked !== view) return;
    canvas?.clear();
    shown = null;
    controller.set({
      failure: t("The diagram could not be drawn: {0}", error instanceof Error ? error.message : String(error)),
    });
  }
});

const actions: DiagramActions = {
  choose: (window) => controller.choose(window),
  page: (direction) => controller.page(direction),
  filter: (patch) => controller.filter(patch),
  limit: (limit) => controller.limit(limit),
  zoomBy: (factor) => controller.zoom(controller.state.zoom * factor),
  fit,
  openFilters: (open) => controller.openFilters(open),
  pick: (row) => controller.pick(row),
  go: (eventId) => controller.go(eventId),
  why: (eventId) => void controller.why(eventId),
  ask: ({ eventId, about }) => void controller.why(eventId, about),
  reveal: (line) => controller.reveal(line),
  copy: () => controller.copy(controller.state.view?.mermaid ?? ""),
  saveMermaid: () => controller.save(`${fileName()}.mmd`, controller.state.view?.mermaid ?? ""),
  saveSvg: () => controller.save(`${fileName()}.svg`, picture),
  openCluster: () => controller.openPanel("cluster"),
  openHistory: () => controller.openPanel("history"),
  startLive: () => void controller.startLive(),
  tell: (kind) => controller.tell(kind),
};

/** The first picture fits the width unless its words would become too small to read. */
function fitFirst(): void {
  if (canvas === null || canvas.naturalWidth === 0) return;
  fitted = true;
  if (controller.keptZoom) return;
  controller.zoom(Math.min(1.1, Math.max(0.8, canvas.room / canvas.naturalWidth)));
}

function fit(): void {
  if (canvas === null || canvas.naturalWidth === 0) return;
  fitted = true;
  controller.zoom(Math.min(1.25, Math.max(0.2, canvas.room / canvas.naturalWidth)));
}

function fileName(): string {
  const words = (controller.state.session?.title ?? "diagram").toLowerCase().match(/[\p{L}\p{N}]+/gu);
  return words?.join("-").slice(0, 60) ?? "diagram";
}

function draw(state: DiagramState): void {
  render(layout(state, actions), app);
  const element = app.querySelector("[data-frame]");
  if (element !== frame) {
    frame = element;
    canvas =
      element instanceof HTMLElement
        ? new Canvas(element, {
            pick: (row) => controller.pick(row),
            zoom: (factor) => controller.zoom(controller.state.zoom * factor),
          })
        : null;
    asked = null;
    shown = null;
  }
  if (canvas === null) return;
  if (state.view !== null && state.view !== asked) {
    asked = state.view;
    drawings.put(state.view);
  }
  canvas.zoom(state.zoom);
  element?.setAttribute("aria-busy", String(state.failure === null && shown !== state.view));
  if (shown !== null && shown === state.view) markRows(state, canvas, shown);
}

function markRows(state: DiagramState, on: Canvas, view: DiagramView): void {
  const cursor = cursorRow(view.rows, state.session?.cursor ?? null);
  on.mark(cursor, state.picked);
  if (cursor === shownCursor) return;
  shownCursor = cursor;
  on.reveal(state.picked ?? cursor);
  const row = cursor === null ? undefined : view.rows[cursor];
  if (row !== undefined) announcer.say(rowText(row));
  const button = app.querySelector(`[data-row="${cursor ?? 0}"]`);
  const list = app.querySelector("[data-rows]");
  if (button instanceof HTMLElement && list instanceof HTMLElement) {
    const top = button.getBoundingClientRect().top - list.getBoundingClientRect().top;
    if (top < 0 || top > list.clientHeight - 24) list.scrollTop += top - list.clientHeight / 2;
  }
}

onThemeChange(() => {
  asked = null;
  controller.redraw();
});

window.addEventListener("keydown", (event) => {
  const [target] = event.composedPath();
  const typing = target instanceof Element && target.closest("input, vscode-single-select, vscode-checkbox") !== null;
  if (event.ctrlKey || event.metaKey || event.altKey || typing) return;
  const keys: Readonly<Record<string, () => void>> = {
    "+": () => actions.zoomBy(1.25),
    "-": () => actions.zoomBy(0.8),
    "0": fit,
    f: () => actions.openFilters(!controller.state.filtersOpen),
    c: actions.openCluster,
    h: actions.openHistory,
    PageUp: () => actions.page(-1),
    PageDown: () => actions.page(1),
    Escape: () => controller.set({ picked: null, why: null }),
  };
  const scrolls = (event.key === "PageUp" || event.key === "PageDown") && target === frame;
  const action = keys[event.key];
  if (action === undefined || scrolls) return;
  event.preventDefault();
  action();
});

controller.start();
