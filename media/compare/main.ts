/** Entry of the comparison. */
import "@vscode-elements/elements/dist/vscode-button/index.js";
// biome-ignore lint/correctness/useImportExtensions: a style sheet, which the bundler puts beside the script
import "./compare.css";
import { render } from "lit";
import { comparisonLines, headline } from "../../server/src/view-model/compare/words.js";
import { Announcer } from "../shared/announce.js";
import { acquirePanelApi } from "../shared/api.js";
import { usePageMessages } from "../shared/page-messages.js";
import type { CompareActions } from "./actions.js";
import { axisKey, lookAtDifference } from "./axis.js";
import { CompareController } from "./controller.js";
import { layout } from "./layout.js";
import type { CompareState } from "./model.js";

usePageMessages();

const app = document.getElementById("app") ?? document.body;
const announcer = new Announcer(document.body);
const controller = new CompareController(acquirePanelApi(), draw);
let told: CompareState["view"] = null;

const actions: CompareActions = {
  choose: (side, sessionId) => controller.choose(side, sessionId),
  swap: () => controller.swap(),
  compareWith: (how) => controller.compareWith(how),
  seek: (timeUs) => controller.seek(timeUs),
  zoom: (span) => controller.zoom(span),
  go: (side, eventId, timeUs) => void controller.go(side, eventId, timeUs),
  open: (side, eventId, timeUs) => void controller.open(side, eventId, timeUs),
  goToDifference: () => {
    const { view } = controller.state;
    if (view?.trace.kind !== "different") return;
    controller.zoom(lookAtDifference(controller.state));
    controller.seek(view.trace.partUs);
  },
  showWhys: (open) => controller.showWhys(open),
  chooseRows: (choice) => controller.chooseRows(choice),
  moreRows: () => controller.moreRows(),
  reveal: (side, line) => controller.reveal(side, line),
  copy: () => {
    const { view, rows, totalRows } = controller.state;
    if (view !== null) controller.copy(`${comparisonLines(view, rows, totalRows - rows.length).join("\n")}\n`);
  },
  tell: (kind) => controller.tell(kind),
};

function draw(state: CompareState): void {
  render(layout(state, actions), app);
  measure();
  if (state.view === told) return;
  told = state.view;
  if (told !== null) announcer.say(headline(told));
}

const sizes = new ResizeObserver((entries) => {
  for (const entry of entries) controller.resize(Math.round(entry.contentRect.width));
});
let measured: Element | null = null;

function measure(): void {
  const element = app.querySelector("[data-axis]");
  if (element === measured) return;
  sizes.disconnect();
  measured = element;
  if (element !== null) sizes.observe(element);
}

window.addEventListener("keydown", (event) => {
  const [target] = event.composedPath();
  const typing = target instanceof Element && target.closest("input, select, textarea") !== null;
  if (event.ctrlKey || event.metaKey || event.altKey || typing) return;
  if (event.key.toLowerCase() === "s") actions.swap();
  else if (!axisKey(event.key.toLowerCase(), controller.state, actions)) return;
  event.preventDefault();
});

controller.start();
