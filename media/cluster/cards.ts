/** The servers as cards beside the ring: term and vote, timers that run down, how far the log has come, disk and clock. */
import { html, nothing, svg, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { t } from "../../server/src/l10n/text.js";
import type { ClusterView, ServerView, TimerView } from "../../server/src/protocol/cluster-view.js";
import { badgesOf } from "../../server/src/view-model/cluster/badges.js";
import { clockTurn, clockWords, diskWords, logShares } from "../../server/src/view-model/cluster/card.js";
import { timerLeft } from "../../server/src/view-model/cluster/geometry.js";
import { describeTimer, standing, timerWords } from "../../server/src/view-model/cluster/words.js";
import { termClass } from "../../server/src/view-model/term.js";
import { icon } from "../shared/icon.js";
import { styled } from "../shared/styled.js";
import type { Actions } from "./actions.js";
import { menuHandlers } from "./menu.js";
import type { ClusterState } from "./model.js";

/** A card for each server. */
export function cards(view: ClusterView, state: ClusterState, actions: Actions, nowUs: number): TemplateResult {
  const longest = Math.max(1, ...view.servers.map(({ lastIndex }) => lastIndex));
  return html`<ul class="cards" aria-label=${t("Servers as cards")}>
    ${repeat(
      view.servers,
      ({ name }) => name,
      (server) => card(server, longest, state, actions, nowUs),
    )}
  </ul>`;
}

function card(server: ServerView, longest: number, state: ClusterState, actions: Actions, nowUs: number) {
  const { name, status, role, term } = server;
  const picked = state.selection?.kind === "server" && state.selection.server === name;
  const leads = role === "leader" && status !== "down";
  const menu = menuHandlers({ kind: "server", server: name }, actions);
  return html`<li class="card ${status} ${role} ${termClass(term)} ${picked ? "picked" : ""}" @contextmenu=${menu.pointer}>
    <button
      type="button"
      class="card-head"
      aria-pressed=${String(picked)}
      @click=${() => actions.select({ kind: "server", server: name })}
      @keydown=${(event: KeyboardEvent) => menu.key(event)}
    >
      ${leads ? icon("star-full") : status === "down" ? icon("close") : status === "paused" ? icon("debug-pause") : nothing}
      <span class="card-name">${name}</span><span class="card-role">${standing(server)}</span><span class="term-chip">${t("term {0}", term)}</span>
    </button>
    <div class="card-lines">
      <span class="quiet">${voteWords(server)}</span>
      ${server.timers.map((timer) => timerLine(timer, status === "down", nowUs))}
      ${logLine(server, longest)} ${diskLine(server)} ${clockLine(server)}
    </div>
    ${tags(server)}
  </li>`;
}

function voteWords({ vote, leader }: ServerView): string {
  const voted = vote === null ? t("no vote") : t("voted {0}", vote);
  return leader === null ? t("{0} · knows no leader", voted) : t("{0} · leader {1}", voted, leader);
}

/** Width of a bar that is full, and its height. */
const BAR = 72;

function timerLine(timer: TimerView, stopped: boolean, nowUs: number) {
  if (stopped) return nothing;
  const words = timer.kind === "election" ? t("election") : t("heartbeat");
  return html`<span class="card-line timer-line ${timer.kind}" title=${describeTimer(timer, nowUs)}>
    ${icon("watch")}<span class="card-what">${words}</span>
    <svg class="bar" width=${BAR} height="6" aria-hidden="true">${svg`<rect class="bar-all" width=${BAR} height="6" rx="3"></rect>
      <rect class="bar-left" width=${BAR} height="6" rx="3" data-start=${timer.startUs} data-deadline=${timer.deadlineUs}
        ${styled({ transform: `scaleX(${timerLeft(timer, nowUs).toFixed(4)})` })}></rect>`}</svg>
    <span class="card-amount">${timerWords(timer, nowUs)}</span>
  </span>`;
}

function logLine(server: ServerView, longest: number) {
  const { lastIndex, commitIndex, appliedIndex } = server;
  const share = logShares(server, longest);
  const x = (part: number) => (part * BAR).toFixed(1);
  return html`<span class="card-line" title=${t("log up to {0}, durable {1}, committed {2}, applied {3}", lastIndex, server.durableIndex, commitIndex, appliedIndex)}>
    ${icon("list-ordered")}<span class="card-what">${t("log")}</span>
    <svg class="bar" width=${BAR} height="8" aria-hidden="true">${svg`<rect class="bar-all" width=${BAR} height="8" rx="2"></rect>
      <rect class="bar-log" width=${x(share.last)} height="8" rx="2"></rect>
      <rect class="bar-durable" width=${x(share.durable)} y="2" height="4"></rect>
      <path class="bar-commit" d=${`M${x(share.commit)} 0V8`}></path>`}</svg>
    <span class="card-amount">${commitIndex}/${lastIndex}</span>
  </span>`;
}

function diskLine(server: ServerView) {
  const words = diskWords(server);
  if (words === null) return nothing;
  const { writesDoneUs } = server;
  return html`<span class="card-line">${icon("database")}<span class="card-what">${t("disk")}</span><span class="card-amount wide">${words}</span>${
    writesDoneUs === null ? nothing : html`<span class="visually-hidden">${t("a crash now loses it")}</span>`
  }</span>`;
}

function clockLine(server: ServerView) {
  const words = clockWords(server);
  if (words === null) return nothing;
  return html`<span class="card-line">
    <svg class="dial" width="14" height="14" viewBox="-7 -7 14 14" aria-hidden="true">${svg`<circle r="6"></circle><path class="dial-true" d="M0 0V-5"></path><path class="dial-own" d="M0 0V-5" transform=${`rotate(${clockTurn(server).toFixed(1)})`}></path>`}</svg>
    <span class="card-what">${t("clock")}</span><span class="card-amount wide">${words}</span>
  </span>`;
}

function tags(server: ServerView) {
  const special = badgesOf(server).filter(({ kind }) => kind !== "clock");
  if (special.length === 0) return nothing;
  return html`<span class="card-tags">${special.map(({ kind, text, title }) => html`<span class="tag ${kind}" title=${title}>${text}</span>`)}</span>`;
}
