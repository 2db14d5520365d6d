/** Entry of the message diagram. */
import "@vscode-elements/elements/dist/vscode-button/index.js";
import "@vscode-elements/elements/dist/vscode-checkbox/index.js";
// biome-ignore lint/correctness/useImportExtensions: a style sheet, which the bundler puts beside the script
import "./diagram.css";
import { render } from "lit";
import { placedText } from "../../server/src/view-model/diagram/rows.js";
import { Announcer } from "../shared/announce.js";
import { acquirePanelApi } from "../shared/api.js";
import { usePageMessages } from "../shared/page-messages.js";
import { onThemeChange } from "../shared/theme.js";
import type { DiagramActions } from "./actions.js";
import { DiagramController } from "./controller.js";
import { Exporting, exportWindow, exportWords } from "./exporting.js";
import { Frames } from "./frames.js";
import { listenToKeys } from "./keyboard.js";
import { layout } from "./layout.js";
import type { DiagramState, RowWindow } from "./model.js";
import { WindowRows } from "./window-rows.js";

usePageMessages();

const app = document.getElementById("app") ?? document.body;
const announcer = new Announcer(document.body);
const controller = new DiagramController(
  acquirePanelApi(),
  {
    reveal: (row) => frames.reveal(row),
    goTo: (row) => frames.goTo(row),
    top: () => frames.top,
  },
  draw,
);
const windowRows = new WindowRows(controller.asks, () => controller.state);
const frames = new Frames(app, controller, windowRows);
const exporting = new Exporting(controller, windowRows);
let announced = "";

const actions: DiagramActions = {
  filter: (patch) => controller.filter(patch),
  openFilters: (filtersOpen) => controller.set({ filtersOpen }),
  search: (open) => (open ? controller.searching.open() : controller.searching.close()),
  searchFor: (text) => controller.searching.type(text),
  searchStep: (direction) => controller.searching.step(direction),
  zoomBy: (factor) => controller.zoom(controller.state.zoom * factor),
  fit: () => (controller.state.mode === "mermaid" ? frames.mermaid.fit() : controller.zoom(1)),
  mode: (mode) => controller.set({ mode }),
  choose: (window) => controller.choose(window),
  chooseEnd,
  turn: (direction) => frames.turn(direction),
  openExport: (exportOpen) => controller.set({ exportOpen, notice: null }),
  export: (form) => void exporting.run(form, exported()),
  pick: (row) => controller.picking.pick(row),
  show: (row) => frames.reveal(row),
  toCursor: () => frames.reveal(Math.max(0, controller.state.cursorRow ?? 0)),
  nextOfCaret,
  go: (eventId) => controller.go(eventId),
  why: (eventId) => void controller.picking.why(eventId),
  ask: ({ eventId, about }) => void controller.picking.why(eventId, about),
  reveal: (line) => {
    const uri = controller.state.session?.uri;
    if (uri !== null && uri !== undefined) controller.tell({ kind: "reveal", uri, line });
  },
  split: (split) => controller.set({ split }),
  openCluster: () => controller.tell({ kind: "openPanel", panel: "cluster" }),
  openHistory: () => controller.tell({ kind: "openPanel", panel: "history" }),
  startLive: () => void controller.startLive(),
  tell: (kind) => controller.tell({ kind }),
};

function exported(): RowWindow {
  return exportWindow(controller.state, frames.top, frames.bottom);
}

function chooseEnd(end: "from" | "to"): void {
  const { picked, window: chosen } = controller.state;
  if (picked === null) return;
  const { row } = picked;
  if (end === "from") controller.choose({ from: row, to: Math.max(row, chosen?.to ?? row) });
  else controller.choose({ from: Math.min(row, chosen?.from ?? row), to: row });
}

function nextOfCaret(): void {
  const { caret, picked } = controller.state;
  const rows = caret?.rows ?? [];
  const next = rows.find((row) => row > (picked?.row ?? -1)) ?? rows[0];
  if (next !== undefined) controller.picking.pick(next);
}

function draw(state: DiagramState): void {
  const drawn = {
    busy: controller.pages.busy,
    mermaid: frames.mermaid.shown,
    exported: exportWords(state, exported()),
  };
  render(layout(state, drawn, actions), app);
  frames.show(state);
  announce(state);
}

/** Says the row that the cursor came to, or the one that was picked. */
function announce({ picked, cursorRow, search }: DiagramState): void {
  const row = search?.row ?? picked?.row ?? cursorRow;
  const placed = row === null || row < 0 ? null : controller.pages.row(row);
  const words = placed === null ? "" : placedText(placed);
  if (words === "" || words === announced) return;
  announced = words;
  announcer.say(words);
}

onThemeChange(() => frames.mermaid.again());
listenToKeys(controller, frames, actions);
controller.start();
