/** Entry of the cluster panel. */
import "@vscode-elements/elements/dist/vscode-button/index.js";
import "@vscode-elements/elements/dist/vscode-checkbox/index.js";
import "@vscode-elements/elements/dist/vscode-option/index.js";
import "@vscode-elements/elements/dist/vscode-single-select/index.js";
import "@vscode-elements/elements/dist/vscode-textfield/index.js";
// biome-ignore lint/correctness/useImportExtensions: a style sheet, which the bundler puts beside the script
import "./cluster.css";
import { render } from "lit";
import { describeMessage } from "../../server/src/view-model/cluster/words.js";
import { Announcer } from "../shared/announce.js";
import { acquirePanelApi } from "../shared/api.js";
import { usePageMessages } from "../shared/page-messages.js";
import { reducedMotion } from "../shared/theme.js";
import type { Actions } from "./actions.js";
import { ClusterController } from "./controller.js";
import { doDeed } from "./deeds.js";
import { ROWS, scrollOfTop, topOfScroll } from "./events.js";
import { onPanelKey } from "./keyboard.js";
import { layout } from "./layout.js";
import { pointAtSpoken, spokenNow } from "./lecture.js";
import { MenuFocus } from "./menu-focus.js";
import { type ClusterState, isFlowing, isMoving, sameButTime } from "./model.js";
import { Motion } from "./motion.js";
import { savePicture } from "./pictures.js";
import { Sight } from "./sight.js";
import { type ShownParts, Turns } from "./turns.js";

usePageMessages();

const app = document.getElementById("app") ?? document.body;
const announcer = new Announcer(document.body);
const controller = new ClusterController(acquirePanelApi(), draw);

/** Views that follow one another faster than this are drawn in turns. */
const HURRY_MS = 150;

/** When the shown view arrived: a flowing cluster goes on from there at its pace. */
let arrivedAt = 0;
const motion = new Motion(app);
const turns = new Turns();
const menuFocus = new MenuFocus(app);
const sight = new Sight(app, () => controller.redraw());
let drawn: ClusterState | null = null;
let arrivedView: ClusterState["view"] = null;
/** Until when the views that come are taken for a quick succession; the first is drawn in turns as well, to show something soon. */
let hurriedUntil = 0;
/** Until when, after a motion, the parts that are behind catch up one by one; then all do. */
let catchesUpUntil = 0;
let flowing = false;
let pointed = false;
const forms = {
  changes: 0,
  redraw: () => {
    forms.changes += 1;
    redraw(controller.state, nowUs(controller.state));
  },
};
let listCursor = -1;
let logEnd = "";
let answered: ClusterState["why"] = null;

const actions: Actions = {
  select: (selection) => controller.select(selection),
  pickMessage: (message) => {
    controller.select({ kind: "message", eventId: message.eventId, copy: message.copy });
    actions.why(describeMessage(message, nowUs(controller.state)), message.eventId);
  },
  openMenu: (target, x, y) => {
    if (target.kind !== "key" && target.kind !== "moment") controller.select(target);
    controller.menu({ target, x, y });
  },
  closeMenu: () => controller.menu(null),
  doDeed: (deed, target) => doDeed(deed, target, actions, controller),
  actOnMessage: (eventId, copy, fate) => void controller.live.actOnMessage(eventId, copy, fate),
  branch: () => void controller.live.branch(),
  showLogs: (end) => controller.showLogs(end),
  showKeys: (after) => controller.showKeys(after),
  order: (order) => controller.order(order),
  move: (move) => controller.move(move),
  why: (title, eventId, about) => {
    controller.fold("inspect", true);
    void controller.questions.why(title, eventId, about ?? null);
  },
  ask: ({ title, eventId, about }) => {
    controller.fold("inspect", true);
    void controller.questions.why(title, eventId, about);
  },
  walkWhy: (by) => void controller.questions.walkWhy(by),
  forgetWhy: () => controller.forgetWhy(),
  copy: (text) => controller.copy(text),
  dismiss: () => controller.dismiss(),
  reveal: (line) => controller.reveal(line),
  control: (control) => void controller.live.control(control),
  act: (step) => void controller.live.act(step),
  startLive: () => void controller.live.startLive(),
  toggleReplay: () => controller.toggleReplay(),
  setReplayPace: (pace) => controller.setReplayPace(pace),
  zoom: (span) => controller.timelines.zoom(span),
  zoomAt: (x, frame, factor) => controller.timelines.zoomAt(x, frame, factor),
  touch: (patch) => controller.timelines.touch(patch),
  toggleBookmark: () => controller.bookmarks.toggle(),
  jumpToBookmark: (direction) => controller.bookmarks.jump(direction),
  startRenaming: (bookmark) => controller.bookmarks.startRenaming(bookmark),
  renameBookmark: (bookmark, name) => controller.bookmarks.rename(bookmark, name),
  removeBookmark: (bookmark) => void controller.bookmarks.remove(bookmark.eventId),
  toggleLecture: () => controller.lectures.toggle(),
  playToNextNote: () => controller.lectures.playToNext(),
  fold: (section, open) => controller.fold(section, open),
  scrollList: (top) => controller.scrollList(top),
  loadPage: (first) => controller.loadPage(first),
  openDiagram: () => controller.openPanel("diagram"),
  openHistory: () => controller.openPanel("history"),
  savePicture: (name, form) => {
    void savePicture(app, name, form, controller.state.session?.title ?? "raftlab", {
      save: (file, text, encoding) => controller.save(file, text, encoding),
      fail: (text) => controller.fail(text),
    });
  },
  tell: (kind) => controller.tell(kind),
  onEnter: (action) => (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    event.stopPropagation();
    action();
  },
};

/** The time to draw: the cursor's, or a little after it while time flows. */
function nowUs(state: ClusterState): number {
  const { view, replay, session } = state;
  if (view === null) return 0;
  if (replay !== null) return replay.timeUs;
  if (!isFlowing(state) || session?.pace == null || reducedMotion()) return view.timeUs;
  return view.timeUs + (performance.now() - arrivedAt) * 1000 * session.pace;
}

function draw(state: ClusterState): void {
  const now = performance.now();
  if (state.view !== arrivedView) {
    hurriedUntil = now - arrivedAt < HURRY_MS || arrivedView === null ? now + HURRY_MS : 0;
    arrivedView = state.view;
    arrivedAt = now;
    if (state.event !== null && !isFlowing(state)) announcer.say(state.event.title);
  }
  const at = nowUs(state);
  // While a run is replayed time alone goes on between two views.
  if (drawn === null || turns.owes || !sameButTime(drawn, state)) redraw(state, at);
  else motion.move(at);
  drawn = state;
  // What is out of sight waits for the end of a motion, which changes the state.
  if (turns.owes || (turns.behind && !isMoving(state))) controller.redraw();
  flow();
}

function redraw(state: ClusterState, at: number): void {
  const nowMs = performance.now();
  const inMotion = isMoving(state) || nowMs < hurriedUntil || (turns.behind && nowMs < catchesUpUntil);
  if (isMoving(state) || nowMs < hurriedUntil) catchesUpUntil = nowMs + HURRY_MS;
  const shown = turns.take(
    state,
    at,
    inMotion ? { outOfSight: sight.outOfSight, lasting: isFlowing(state), nowMs } : null,
  );
  render(layout(state, shown, actions, at, forms), app);
  app.toggleAttribute("data-behind", turns.behind);
  pointAt(spokenNow(state));
  motion.adopt(state, state.lecture.on ? state.view : shown.servers.state.view, at);
  motion.move(at);
  measure();
  sight.adopt();
  followCursor(shown);
  followLogs();
  followWhy(state);
  menuFocus.follow(state.menu);
}

/** Marks what the note of a lecture speaks of. */
function pointAt(spoken: ReturnType<typeof spokenNow>): void {
  if (spoken === null && !pointed) return;
  pointAtSpoken(app, spoken);
  pointed = spoken !== null;
}

/** While a live cluster flows, messages move on between two answers. */
function flow(): void {
  const { state } = controller;
  if (flowing || !isFlowing(state) || state.session?.pace == null || reducedMotion()) return;
  flowing = true;
  requestAnimationFrame(() => {
    flowing = false;
    motion.move(nowUs(controller.state));
    flow();
  });
}

const sizes = new ResizeObserver((entries) => {
  for (const entry of entries) controller.resize(Math.round(entry.contentRect.width));
});
let measured: Element | null = null;

function measure(): void {
  const element = app.querySelector("[data-timeline]");
  if (element === measured) return;
  sizes.disconnect();
  measured = element;
  if (element !== null) sizes.observe(element);
}

/** Scrolls the event list to the cursor when the cursor moved, and only then. */
function followCursor({ events: { state } }: ShownParts): void {
  const cursor = state.view?.eventId ?? -1;
  const events = state.session?.events ?? 0;
  if (cursor === listCursor || !sight.has("events")) return;
  const list = app.querySelector("[data-events]");
  if (!(list instanceof HTMLElement)) return;
  listCursor = cursor;
  const top = topOfScroll(list.scrollTop, events);
  if (cursor >= top + 1 && cursor <= top + ROWS - 2) return;
  list.scrollTop = scrollOfTop(Math.max(0, cursor - Math.floor(ROWS / 2)), events);
}

/** Keeps the newest entries in sight when the logs grow or shrink; otherwise the person scrolls. */
function followLogs(): void {
  if (!sight.has("logs")) return;
  const table = app.querySelector("[data-logs]");
  if (!(table instanceof HTMLElement)) return;
  const end = table.dataset["logs"] ?? "";
  if (end === logEnd) return;
  logEnd = end;
  table.scrollLeft = table.scrollWidth;
}

/** Brings a new answer into sight: in a narrow panel it stands below what was asked about. */
function followWhy({ why }: ClusterState): void {
  if (why === answered || why === null || (why.view === null && why.failure === null)) return;
  answered = why;
  const answer = app.querySelector(".why");
  const top = app.querySelector(".top");
  if (!(answer instanceof HTMLElement)) return;
  answer.style.scrollMarginTop = `${top instanceof HTMLElement ? top.offsetHeight : 0}px`;
  answer.scrollIntoView({ block: "nearest" });
}

window.addEventListener("keydown", (event) => onPanelKey(event, controller.state, actions, nowUs(controller.state)));
controller.start();
