/** Buttons that move through time: steps, jumps, replay, and run, pause and pace of a live cluster. */
import { html, nothing, type TemplateResult } from "lit";
import { t } from "../../server/src/l10n/text.js";
import type { CursorMove } from "../../server/src/protocol/requests.js";
import { formatShortTime, formatTime } from "../../server/src/view-model/time.js";
import { zoomed } from "../../server/src/view-model/timeline/span.js";
import { icon, iconButton } from "../shared/icon.js";
import type { Actions } from "./actions.js";
import { type ClusterState, canAct } from "./model.js";
import { timelineSpan } from "./timeline-span.js";

type Target = Extract<Extract<CursorMove, { kind: "jump" }>["to"], "leader" | "commit" | "fault" | "failure" | "note">;

/** Where one can jump: the icon and the key. */
const JUMPS: readonly { readonly to: Target; readonly icon: string; readonly key: string }[] = [
  { to: "leader", icon: "star-full", key: "e" },
  { to: "commit", icon: "pass", key: "c" },
  { to: "fault", icon: "zap", key: "f" },
  { to: "failure", icon: "error", key: "x" },
  { to: "note", icon: "note", key: "n" },
];

/** What one jumps to, and the names of the buttons that lead back and on. */
function jumpWords(to: Target): { readonly name: string; readonly back: string; readonly on: string } {
  switch (to) {
    case "leader":
      return { name: t("election"), back: t("Previous election"), on: t("Next election") };
    case "commit":
      return { name: t("commit"), back: t("Previous commit"), on: t("Next commit") };
    case "fault":
      return { name: t("fault"), back: t("Previous fault"), on: t("Next fault") };
    case "failure":
      return { name: t("failure"), back: t("Previous failure"), on: t("Next failure") };
    case "note":
      return { name: t("note"), back: t("Previous note"), on: t("Next note") };
  }
}

/** The jump that a key stands for; with Shift it goes back. */
export function jumpOfKey(key: string): Target | null {
  return JUMPS.find((jump) => jump.key === key.toLowerCase())?.to ?? null;
}

/** Paces to choose from: virtual seconds per real second. */
const PACES: readonly { readonly value: number; readonly text: string }[] = [
  { value: 0.001, text: "1/1000 ×" },
  { value: 0.005, text: "1/200 ×" },
  { value: 0.01, text: "1/100 ×" },
  { value: 0.02, text: "1/50 ×" },
  { value: 0.05, text: "1/20 ×" },
  { value: 0.1, text: "1/10 ×" },
  { value: 0.5, text: "1/2 ×" },
  { value: 1, text: "1 ×" },
  { value: 10, text: "10 ×" },
];

/** The row of controls above the timeline. */
export function transport(state: ClusterState, actions: Actions, nowUs: number): TemplateResult {
  const { session } = state;
  const none = session === null || state.server.status !== "running";
  const by = (events: number) => () => actions.move({ kind: "by", events });
  return html`<div class="transport" role="toolbar" aria-label=${t("Time")}>
    <div class="group">
      ${iconButton("debug-restart", t("First event"), () => actions.move({ kind: "event", eventId: 0 }), { disabled: none, keys: "Home" })}
      ${iconButton("chevron-left", t("Previous event"), by(-1), { disabled: none, keys: "←" })}
      ${playButton(state, actions, none)}
      ${iconButton("chevron-right", t("Next event"), by(1), { disabled: none, keys: "→" })}
      ${endButton(state, actions, none)}
    </div>
    ${pace(state, actions)}
    <div class="clock" aria-hidden="true">${formatTime(nowUs)}</div>
    <div class="group jumps" role="group" aria-label=${t("Jump to")}>
      ${JUMPS.map((jump) => {
        const words = jumpWords(jump.to);
        return html`<span class="jump">
          ${iconButton("arrow-small-left", words.back, () => actions.move({ kind: "jump", direction: "previous", to: jump.to }), { disabled: none, keys: `Shift+${jump.key.toUpperCase()}` })}
          <span class="jump-name" title=${words.name}>${icon(jump.icon)}<span class="jump-text">${words.name}</span></span>
          ${iconButton("arrow-small-right", words.on, () => actions.move({ kind: "jump", direction: "next", to: jump.to }), { disabled: none, keys: jump.key.toUpperCase() })}
        </span>`;
      })}
    </div>
    <div class="group marks" role="group" aria-label=${t("Bookmarks")}>
      ${iconButton("arrow-small-left", t("Previous bookmark"), () => actions.jumpToBookmark("previous"), { disabled: none || state.bookmarks.length === 0, keys: "Shift+M" })}
      ${bookmarkButton(state, actions, none)}
      ${iconButton("arrow-small-right", t("Next bookmark"), () => actions.jumpToBookmark("next"), { disabled: none || state.bookmarks.length === 0, keys: "M" })}
    </div>
    <div class="group zooms">
      ${iconButton("mortar-board", t("Lecture mode"), actions.toggleLecture, { keys: "L" })}
      ${iconButton("zoom-in", t("Zoom in on the cursor"), () => zoom(state, actions, nowUs, 0.4), { disabled: state.timeline === null, keys: "+" })}
      ${iconButton("zoom-out", t("Zoom out"), () => zoom(state, actions, nowUs, 2.5), { disabled: state.span === null, keys: "-" })}
      ${iconButton("screen-full", t("Show the whole run"), () => actions.zoom(null), { disabled: state.span === null, keys: "0" })}
    </div>
  </div>`;
}

/** Zooms the timeline around the cursor. */
export function zoom(state: ClusterState, actions: Actions, nowUs: number, factor: number): void {
  const { timeline } = state;
  if (timeline === null) return;
  const span = timelineSpan(state, nowUs);
  actions.zoom(zoomed(span, nowUs, factor, timeline.endUs));
}

function bookmarkButton({ view, bookmarks }: ClusterState, actions: Actions, none: boolean) {
  const here = bookmarks.some(({ eventId }) => eventId === view?.eventId);
  const label = here ? t("Remove the bookmark here") : t("Add a bookmark here");
  return iconButton("bookmark", label, actions.toggleBookmark, { disabled: none, keys: "B", pressed: here });
}

function playButton(state: ClusterState, actions: Actions, none: boolean) {
  const { session } = state;
  if (session?.kind === "live" && canAct(state)) {
    const running = session.state.kind === "running";
    return html`${iconButton(
      running ? "debug-pause" : "play",
      running ? t("Pause the cluster") : t("Run the cluster"),
      () => actions.control({ kind: running ? "pause" : "run" }),
      { keys: "Space" },
    )}
    ${iconButton("debug-step-over", t("Run one event"), () => actions.control({ kind: "step", events: 1 }), { disabled: running, keys: "." })}
    ${iconButton("debug-stop", t("Stop the cluster for good"), () => actions.control({ kind: "stop" }))}`;
  }
  const playing = state.replay !== null;
  return iconButton(
    playing ? "debug-pause" : "play",
    playing ? t("Pause the replay") : t("Replay"),
    actions.toggleReplay,
    {
      disabled: none || state.view === null,
      keys: "Space",
    },
  );
}

function endButton(state: ClusterState, actions: Actions, none: boolean) {
  const live = state.session?.kind === "live";
  const following = live && state.session?.cursor === null;
  return iconButton(
    "debug-continue",
    live ? t("Follow the newest event") : t("Last event"),
    () => actions.move({ kind: "event", eventId: live ? null : Math.max(0, (state.session?.events ?? 1) - 1) }),
    { disabled: none, keys: "End", ...(live ? { pressed: following } : {}) },
  );
}

function pace(state: ClusterState, actions: Actions) {
  const { session } = state;
  if (session === null) return nothing;
  const live = session.kind === "live" && canAct(state);
  const value = live ? session.pace : state.replayPace;
  const known = value === null || PACES.some((each) => each.value === value);
  const change = (event: Event) => {
    if (!(event.target instanceof HTMLElement) || !("value" in event.target)) return;
    const text = String(event.target.value);
    const chosen = text === "max" ? null : Number(text);
    if (live) actions.control({ kind: "pace", pace: chosen });
    else if (chosen !== null) actions.setReplayPace(chosen);
  };
  return html`<vscode-single-select class="pace" label=${live ? t("Pace of the cluster") : t("Pace of the replay")}
    title=${t("Virtual time per real time")} .value=${value === null ? "max" : String(value)} @change=${change}>
    ${known ? nothing : html`<vscode-option value=${String(value)}>${formatShortTime((value ?? 0) * 1e6)}/s</vscode-option>`}
    ${PACES.map((each) => html`<vscode-option value=${String(each.value)} ?selected=${each.value === value}>${each.text}</vscode-option>`)}
    ${live ? html`<vscode-option value="max" ?selected=${value === null}>${t("as fast as possible")}</vscode-option>` : nothing}
  </vscode-single-select>`;
}
