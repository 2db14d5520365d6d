/** One server on the ring: its role and term, its vote, its timers as arcs, the votes a candidate has. */
import { nothing, type SVGTemplateResult, svg } from "lit";
import { t } from "../../server/src/l10n/text.js";
import type { ClusterView, ServerView, TimerView } from "../../server/src/protocol/cluster-view.js";
import { badgesOf } from "../../server/src/view-model/cluster/badges.js";
import { BADGE_ROW, badgeRows, type RingLayout, timerLeft } from "../../server/src/view-model/cluster/geometry.js";
import { memberOf } from "../../server/src/view-model/cluster/membership.js";
import {
  asksForVotes,
  describeServer,
  describeTimer,
  serverCaption,
  shortStanding,
} from "../../server/src/view-model/cluster/words.js";
import { letters, list } from "../../server/src/view-model/phrases.js";
import { termClass } from "../../server/src/view-model/term.js";
import { styled } from "../shared/styled.js";
import type { Actions } from "./actions.js";
import { menuHandlers } from "./menu.js";
import type { ClusterState } from "./model.js";

/** A server's disc with all that belongs to it. */
export function serverDisc(
  layout: RingLayout,
  server: ServerView,
  side: string | null,
  view: ClusterView,
  state: ClusterState,
  actions: Actions,
  nowUs: number,
): SVGTemplateResult | typeof nothing {
  const place = layout.servers.get(server.name);
  if (place === undefined) return nothing;
  const { disc } = layout;
  const picked = state.selection?.kind === "server" && state.selection.server === server.name;
  const pick = () => actions.select({ kind: "server", server: server.name });
  const menu = menuHandlers({ kind: "server", server: server.name }, actions);
  const onEnter = actions.onEnter(pick);
  const words =
    side === null
      ? describeServer(server, view.servers.length)
      : t("{0}, side {1} of the partition", describeServer(server, view.servers.length), side);
  const changed = hasChanged(server, state);
  const member = memberOf(server);
  const outside = member === "spare" || member === "removed" ? "outside" : "";
  return svg`<g
    class="server ${server.status} ${server.role} ${outside} ${termClass(server.term)} ${picked ? "picked" : ""} ${changed ? "changed" : ""}"
    transform="translate(${place.x.toFixed(1)} ${place.y.toFixed(1)})"
    data-server=${server.name}
    @click=${pick}
    @contextmenu=${menu.pointer}
  >
    <g aria-hidden="true">
    ${picked ? svg`<circle class="picked-ring" r=${disc + 19} />` : nothing}
    ${server.status === "down" ? nothing : server.timers.map((timer, at) => timerArc(timer, disc + 7 + at * 6, nowUs))}
    <circle class="disc" r=${disc} />
    ${server.role === "leader" && server.status !== "down" ? svg`<circle class="disc-inner" r=${disc - 5} />` : nothing}
    ${badge(server, disc)}
    <text class="server-name" y="-6">${server.name}</text>
    <text class="server-role" y="11">${shortStanding(server)}</text>
    <text class="server-term" y="27">${t("term {0}", server.term)}</text>
    ${caption(server, view.servers.length, disc)}
    ${badges(server, view.servers.length, disc)}
    ${side === null ? nothing : svg`<g class="side" transform="translate(${-disc * 0.86} ${-disc * 0.86})"><rect x="-9" y="-9" width="18" height="18" rx="4" /><text y="4.5">${side}</text></g>`}
    </g>
    <circle class="hit" r=${disc} role="button" tabindex="0" aria-pressed=${String(picked)}
      aria-label=${words} @keydown=${(event: KeyboardEvent) => menu.key(event) || onEnter(event)}
    ><title>${words}</title></circle>
  </g>`;
}

function hasChanged(server: ServerView, state: ClusterState): boolean {
  const old = state.before?.servers.find((each) => each.name === server.name);
  return old !== undefined && (old.role !== server.role || old.term !== server.term || old.status !== server.status);
}

/** A running timer as an arc that runs down, clockwise from the top. */
function timerArc(timer: TimerView, radius: number, nowUs: number) {
  const round = 2 * Math.PI * radius;
  const left = timerLeft(timer, nowUs);
  return svg`<g class="timer ${timer.kind}">
    <title>${describeTimer(timer, nowUs)}</title>
    <circle class="timer-track" r=${radius} />
    <circle class="timer-arc" r=${radius} transform="rotate(-90)" data-round=${round.toFixed(2)}
      data-start=${timer.startUs} data-deadline=${timer.deadlineUs}
      ${styled({ "stroke-dasharray": `${round.toFixed(2)}px`, "stroke-dashoffset": `${(round * (1 - left)).toFixed(2)}px` })} />
  </g>`;
}

/** A sign for the role or status, so that nothing is said by colour alone. */
function badge(server: ServerView, disc: number) {
  // On a small disc the sign sits on the rim, clear of the name.
  const y = disc < 44 ? -disc + 1 : -disc + 13;
  if (server.status === "down")
    return svg`<path class="badge cross" d="M-6 ${y - 5}L6 ${y + 7}M-6 ${y + 7}L6 ${y - 5}" />`;
  if (server.status === "paused") return svg`<path class="badge bars" d="M-4 ${y - 5}V${y + 7}M4 ${y - 5}V${y + 7}" />`;
  if (server.role === "leader") {
    return svg`<path class="badge crown" d="M-10 ${y + 6}L-11 ${y - 5}L-5 ${y}L0 ${y - 8}L5 ${y}L11 ${y - 5}L10 ${y + 6}Z" />`;
  }
  if (server.role === "follower") return nothing;
  return svg`<path class="badge ballot" d="M-7 ${y - 1}H7V${y + 7}H-7ZM-3 ${y - 1}V${y - 7}H3V${y - 1}" />`;
}

/** Under the disc: votes of a candidate as dots, otherwise whom it voted for, and how far its log is committed. */
function caption(server: ServerView, servers: number, disc: number) {
  const y = disc + 27;
  if (asksForVotes(server)) {
    const { voters, outgoing } = server.configuration;
    // While two configurations overlap it needs a majority of each: two groups, and who votes in both stands in both.
    const spots = outgoing.length === 0 ? voters : [...voters, null, ...outgoing];
    const gap = Math.min(13, 110 / Math.max(1, spots.length));
    return svg`<g class="votes" transform="translate(${(-(spots.length - 1) * gap) / 2} ${y - 4})">
      <title>${server.votes.length === 0 ? t("Votes: none yet") : t("Votes: {0}", list(server.votes))}</title>
      ${spots.map((voter, at) =>
        voter === null
          ? svg`<path class="divide" d="M${at * gap} -7V7" />`
          : svg`<circle class=${server.votes.includes(voter) ? "granted" : "open"} cx=${at * gap} r="4.5" />`,
      )}
    </g>`;
  }
  return svg`<text class="server-caption" y=${y}>${serverCaption(server, servers)}</text>`;
}

/** Under the caption: what is special about the server, as far as there is room. */
function badges(server: ServerView, servers: number, disc: number) {
  const all = badgesOf(server);
  const shown = all.slice(0, badgeRows(servers));
  const more = all.length - shown.length;
  return shown.map(({ kind, text, title }, at) => {
    const words = more > 0 && at === shown.length - 1 ? t("{0}; {1} more", text, more) : text;
    const width = letters(words) * 6.1 + 14;
    return svg`<g class="special ${kind}" transform="translate(0 ${disc + 44 + at * BADGE_ROW})">
      <title>${title}</title>
      <g class="special-size"><rect x=${-width / 2} y="-8" width=${width} height="16" rx="8" /><text y="4">${words}</text></g>
    </g>`;
  });
}
