/** Entry of the history panel. */
import "@vscode-elements/elements/dist/vscode-button/index.js";
import "@vscode-elements/elements/dist/vscode-checkbox/index.js";
// biome-ignore lint/correctness/useImportExtensions: a style sheet, which the bundler puts beside the script
import "./history.css";
import { render } from "lit";
import { t } from "../../server/src/l10n/text.js";
import { changedSpan, spanAround } from "../../server/src/view-model/history/frame.js";
import { scrollTo } from "../../server/src/view-model/history/rows.js";
import { operationSentence } from "../../server/src/view-model/history/words.js";
import { Announcer } from "../shared/announce.js";
import { acquirePanelApi } from "../shared/api.js";
import { usePageMessages } from "../shared/page-messages.js";
import type { HistoryActions } from "./actions.js";
import { HistoryController } from "./controller.js";
import { keyboard } from "./keyboard.js";
import { layout } from "./layout.js";
import { type HistoryState, spanOf } from "./model.js";

usePageMessages();

const app = document.getElementById("app") ?? document.body;
const announcer = new Announcer(document.body);
const controller = new HistoryController(acquirePanelApi(), draw);
let observed: Element | null = null;
let announced: string | null = null;
/** The row that the table was last scrolled to. */
let scrolledTo: number | null = null;

const sizes = new ResizeObserver(measure);

const actions: HistoryActions = {
  show: (span) => controller.show(span),
  zoomBy: (factor) => {
    const span = spanOf(controller.state);
    const { cursorUs, view } = controller.state;
    const middle = (span.fromUs + span.toUs) / 2;
    const inside = cursorUs !== null && cursorUs >= span.fromUs && cursorUs <= span.toUs;
    const aroundUs = inside ? cursorUs : middle;
    controller.show(changedSpan(span, { zoom: factor, aroundUs }, view?.endUs ?? span.toUs));
  },
  pan: (share) => {
    const { span, view } = controller.state;
    if (span !== null) controller.show(changedSpan(span, { move: share }, view?.endUs ?? span.toUs));
  },
  filter: (patch) => controller.filter(patch),
  openFilters: (open) => controller.open({ filtersOpen: open }),
  openTable: (open) => controller.open({ tableOpen: open }),
  pick: (number) => void controller.pick(number),
  pickNext: (direction) => void controller.pickNext(direction),
  find: (number, timeUs) => {
    const { span, view } = controller.state;
    if (span !== null && (timeUs < span.fromUs || timeUs > span.toUs)) {
      const share = (timeUs - (span.fromUs + span.toUs) / 2) / (span.toUs - span.fromUs);
      controller.show(changedSpan(span, { move: share }, view?.endUs ?? span.toUs));
    }
    void controller.pick(number);
  },
  zoomTo: () => {
    const { detail, view } = controller.state;
    if (detail !== null && view !== null) controller.show(spanAround(detail.operation, view.endUs));
  },
  move: (move) => controller.move(move),
  why: (eventId) => void controller.why(eventId),
  ask: ({ eventId, about }) => void controller.why(eventId, about),
  check: () => void controller.check(),
  reveal: (line) => controller.reveal(line),
  openPanel: (panel) => controller.openPanel(panel),
  startLive: () => void controller.startLive(),
  tell: (kind) => controller.tell(kind),
  scrollTable: (top, height) => controller.scrolled(top, height),
  scrollPicture: (top, height) => controller.set({ sight: { top, height } }),
};

function draw(state: HistoryState): void {
  render(layout(state, actions), app);
  const element = app.querySelector("[data-picture]");
  if (element !== observed) {
    if (observed !== null) sizes.unobserve(observed);
    observed = element;
    if (element !== null) sizes.observe(element);
  }
  measureTable();
  revealPicked(state);
  announce(state);
}

function measure(): void {
  if (!(observed instanceof HTMLElement)) return;
  controller.resized(Math.floor(observed.clientWidth));
  controller.set({ sight: { top: observed.scrollTop, height: observed.clientHeight } });
}

function measureTable(): void {
  const table = app.querySelector("[data-table]");
  if (table instanceof HTMLElement) controller.scrolled(table.scrollTop, table.clientHeight);
}

/** The table follows what is picked elsewhere. */
function revealPicked({ picked, view, rows }: HistoryState): void {
  const table = app.querySelector("[data-table]");
  const known = [...(view?.operations ?? []), ...(rows?.rows ?? [])].find(({ number }) => number === picked);
  if (!(table instanceof HTMLElement) || known === undefined) {
    if (picked === null) scrolledTo = null;
    return;
  }
  if (scrolledTo === known.row) return;
  scrolledTo = known.row;
  const top = scrollTo(known.row, table.scrollTop, table.clientHeight - 24);
  if (top !== null) table.scrollTop = top;
}

function announce({ detail, picked, check }: HistoryState): void {
  const verdict = check.kind === "done" ? check.check.text : "";
  const text = detail !== null && detail.operation.number === picked ? operationSentence(detail.operation) : verdict;
  if (text === announced || text === "") return;
  announced = text;
  announcer.say(text === verdict ? t("Verdict: {0}", verdict) : text);
}

window.addEventListener("keydown", (event) => keyboard(event, controller.state, actions));

controller.start();
