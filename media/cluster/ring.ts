/** The servers on a ring, the links between them, and the messages under way. */
import { nothing, type SVGTemplateResult, svg } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { t } from "../../server/src/l10n/text.js";
import type { ClusterView, MessageInFlight } from "../../server/src/protocol/cluster-view.js";
import {
  type BlockedLink,
  type Point,
  pathOf,
  pointAt,
  progressOf,
  type RingLayout,
  usedWidth,
  waitingPlaces,
  wayBetween,
} from "../../server/src/view-model/cluster/geometry.js";
import { linkLabels } from "../../server/src/view-model/cluster/link-labels.js";
import { type MarkLook, markLook } from "../../server/src/view-model/cluster/mark-look.js";
import { groundsOf, looseCuts, type Side, sidesOf } from "../../server/src/view-model/cluster/sides.js";
import { layoutOf } from "../../server/src/view-model/cluster/view-layout.js";
import { describeMessage, statusWords } from "../../server/src/view-model/cluster/words.js";
import { letters, shortened } from "../../server/src/view-model/phrases.js";
import { termClass } from "../../server/src/view-model/term.js";
import { styled } from "../shared/styled.js";
import type { Actions } from "./actions.js";
import { menuHandlers } from "./menu.js";
import type { ClusterState } from "./model.js";
import { serverDisc } from "./ring-server.js";

/** Labels on links that are drawn; the rest stands in the list of faults. */
const MOST_TAGS = 12;

/** Draws the ring at a time: the cursor's, or a little after it while time flows. */
export function ring(view: ClusterView, state: ClusterState, actions: Actions, nowUs: number): SVGTemplateResult {
  const names = view.servers.map((server) => server.name);
  const layout = layoutOf(view);
  const sides = sidesOf(view);
  const waiting = waitingPlaces(view.messages);
  const used = usedWidth(layout);
  return svg`<svg
    class="ring"
    viewBox="${used.x.toFixed(1)} 0 ${used.width.toFixed(1)} ${layout.height}"
    role="group"
    aria-label=${t("Cluster, servers: {0}, messages under way: {1}", names.length, view.messages.length)}
  >
    ${regions(layout, sides)}
    ${links(layout, names, sides, state, actions)}
    ${blocks(layout, looseCuts(view, sides), actions)}
    ${repeat(
      view.messages,
      (message) => `${message.eventId}/${message.copy}`,
      (message) => trail(layout, message),
    )}
    ${view.servers.map((server) => serverDisc(layout, server, sideOf(server.name, sides), view, state, actions, nowUs))}
    ${clients(layout, view, state, actions)}
    ${linkTags(layout, view, actions)}
    ${repeat(
      view.messages,
      (message) => `${message.eventId}/${message.copy}`,
      (message) => mark(layout, message, waiting.get(message.eventId), state, actions, nowUs),
    )}
  </svg>`;
}

function sideOf(name: string, sides: readonly Side[]): string | null {
  return sides.find(({ servers }) => servers.includes(name))?.letter ?? null;
}

/** The sides of a partition as grounds that the servers stand on; their letters stand at the servers. */
function regions(layout: RingLayout, sides: readonly Side[]) {
  const grounds = groundsOf(sides, layout.servers);
  if (grounds.length === 0) return nothing;
  const around = 2 * (layout.disc + 15);
  const drawn = grounds.map(({ run }) => groundPath(run));
  return svg`<g class="regions" aria-hidden="true">
    ${drawn.map((path) => svg`<path class="region-edge" d=${path} stroke-width=${around + 3} />`)}
    ${drawn.map((path) => svg`<path class="region" d=${path} stroke-width=${around} />`)}
  </g>`;
}

/** A line of no length is drawn as a dot. */
function groundPath(run: readonly Point[]): string {
  const places = run.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`);
  return `M${places.join("L")}${run.length === 1 ? "h0.01" : ""}`;
}

function links(
  layout: RingLayout,
  names: readonly string[],
  sides: readonly Side[],
  state: ClusterState,
  actions: Actions,
) {
  const picked = state.selection?.kind === "link" ? state.selection : null;
  return names.flatMap((from, at) =>
    names.slice(at + 1).map((to) => {
      const a = layout.servers.get(from);
      const b = layout.servers.get(to);
      if (a === undefined || b === undefined) return nothing;
      const on = picked !== null && names.includes(picked.from) && sameLink(picked, from, to);
      const parted = sideOf(from, sides) !== sideOf(to, sides) ? "parted" : "";
      return svg`<g class="link ${on ? "picked" : ""} ${parted}" aria-hidden="true"
        @contextmenu=${menuHandlers({ kind: "link", from, to }, actions).pointer}
        @click=${() => actions.select({ kind: "link", from, to })}>
        <title>${t("Link {0} – {1}", from, to)}</title>
        <line class="link-hit" x1=${a.x} y1=${a.y} x2=${b.x} y2=${b.y} />
        <line class="link-line" x1=${a.x} y1=${a.y} x2=${b.x} y2=${b.y} />
      </g>`;
    }),
  );
}

function sameLink(link: { readonly from: string; readonly to: string }, from: string, to: string): boolean {
  return (link.from === from && link.to === to) || (link.from === to && link.to === from);
}

function blocks(layout: RingLayout, cuts: readonly BlockedLink[], actions: Actions) {
  return cuts.map(({ from, to, both }) => {
    const way = wayBetween(layout, from, to);
    const a = layout.servers.get(from);
    const b = layout.servers.get(to);
    if (way === null || a === undefined || b === undefined) return nothing;
    const centre = both ? { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 } : pointAt(way, 0.5);
    const path = both ? `M${a.x} ${a.y}L${b.x} ${b.y}` : pathOf(way);
    const text = both ? t("{0} and {1} cannot reach each other", from, to) : t("{0} cannot reach {1}", from, to);
    return svg`<g class="blocked" aria-hidden="true" @contextmenu=${menuHandlers({ kind: "link", from, to }, actions).pointer} @click=${() => actions.select({ kind: "link", from, to })}>
      <title>${text}</title>
      <path class="blocked-line" d=${path} />
      <g transform="translate(${centre.x} ${centre.y})">
        <circle class="blocked-disc" r="9" />
        <path class="blocked-cross" d="M-4 -4L4 4M-4 4L4 -4" />
        ${both ? nothing : arrow(way)}
      </g>
    </g>`;
  });
}

/** In the middle of the link; beside it, outwards, where its ends are neighbours and their words need the room. */
function tagPlace(layout: RingLayout, from: string, to: string, both: boolean): Point {
  const a = layout.servers.get(from) ?? layout.centre;
  const b = layout.servers.get(to) ?? layout.centre;
  const at = both ? 0.5 : 0.56;
  const place = { x: a.x + (b.x - a.x) * at, y: a.y + (b.y - a.y) * at };
  const { centre, disc } = layout;
  const away = Math.hypot(place.x - centre.x, place.y - centre.y);
  const isNear = Math.hypot(b.x - a.x, b.y - a.y) < 5 * disc && layout.servers.size > 3;
  if (!isNear || away < 1) return place;
  const out = (away + 0.75 * disc) / away;
  return { x: centre.x + (place.x - centre.x) * out, y: centre.y + (place.y - centre.y) * out };
}

/** Rules, loss and latency as labels in the middle of their links. */
function linkTags(layout: RingLayout, view: ClusterView, actions: Actions) {
  return linkLabels(view)
    .links.slice(0, MOST_TAGS)
    .map(({ from, to, both, labels }) => {
      const way = wayBetween(layout, from, to);
      if (way === null) return nothing;
      const place = tagPlace(layout, from, to, both);
      const [first] = labels;
      if (first === undefined) return nothing;
      const more = labels.length - 1;
      const text = shortened(more === 0 ? first.text : t("{0}; {1} more", first.text, more), 26);
      const width = letters(text) * 5.9 + (both ? 14 : 28);
      const angle = (Math.atan2(way.to.y - way.from.y, way.to.x - way.from.x) * 180) / Math.PI;
      return svg`<g class="link-tag ${first.effect}" transform="translate(${place.x.toFixed(1)} ${place.y.toFixed(1)})" aria-hidden="true"
      @contextmenu=${menuHandlers({ kind: "link", from, to }, actions).pointer}
      @click=${() => actions.select({ kind: "link", from, to })}>
      <title>${`${from} ${both ? "<->" : "->"} ${to}: ${labels.map(({ title }) => title).join("; ")}`}</title>
      <rect x=${-width / 2} y="-9" width=${width} height="18" rx="4" />
      ${both ? nothing : svg`<path class="link-tag-arrow" transform="translate(${width / 2 - 11} 0) rotate(${angle.toFixed(1)})" d="M-5 0H5M1.5 -3.5L5 0L1.5 3.5" />`}
      <text x=${both ? 0 : -7} y="4">${text}</text>
    </g>`;
    });
}

function arrow(way: { readonly from: { x: number; y: number }; readonly to: { x: number; y: number } }) {
  const angle = (Math.atan2(way.to.y - way.from.y, way.to.x - way.from.x) * 180) / Math.PI;
  return svg`<path class="blocked-arrow" transform="rotate(${angle.toFixed(1)})" d="M12 -5L19 0L12 5" />`;
}

function trail(layout: RingLayout, message: MessageInFlight) {
  const way = wayBetween(layout, message.from, message.to);
  if (way === null) return nothing;
  return svg`<path class="trail ${termClass(message.term)}" d=${pathOf(way)} aria-hidden="true" />`;
}

function mark(
  layout: RingLayout,
  message: MessageInFlight,
  waitsAt: number | undefined,
  state: ClusterState,
  actions: Actions,
  nowUs: number,
) {
  const way = wayBetween(layout, message.from, message.to);
  if (way === null) return nothing;
  const point = pointAt(way, waitsAt ?? progressOf(message, nowUs));
  const look = markLook(message);
  const { selection } = state;
  const picked =
    selection?.kind === "message" && selection.eventId === message.eventId && selection.copy === message.copy;
  const refused = message.positive === false ? "refused" : "";
  return svg`<g
    class="mark ${look.shape} ${refused} ${waitsAt === undefined ? "" : "waiting"} ${termClass(message.term)} ${picked ? "picked" : ""}"
    data-message=${message.eventId}
    data-copy=${message.copy}
    aria-hidden="true"
    @contextmenu=${menuHandlers({ kind: "message", eventId: message.eventId, copy: message.copy }, actions).pointer}
    @click=${() => actions.pickMessage(message)}
    ${styled({ transform: `translate(${point.x.toFixed(1)}px, ${point.y.toFixed(1)}px)` })}
  >
    <title>${describeMessage(message, nowUs)}</title>
    ${shape(look.shape)}
    <text dy="0.35em">${look.letter}</text>
    ${waitsAt === undefined ? nothing : svg`<g class="waits" transform="translate(12 -11)"><circle r="6" /><path d="M-1.7 -2.6V2.6M1.7 -2.6V2.6" /></g>`}
  </g>`;
}

function shape(kind: MarkLook["shape"]) {
  switch (kind) {
    case "entries":
      return svg`<rect x="-15" y="-11" width="30" height="22" rx="5" />`;
    case "snapshot":
      return svg`<rect x="-11" y="-11" width="22" height="22" />`;
    case "client":
      return svg`<path d="M0 -14L14 0L0 14L-14 0Z" />`;
    case "request":
    case "reply":
      return svg`<circle r="11" />`;
  }
}

function clients(layout: RingLayout, view: ClusterView, state: ClusterState, actions: Actions) {
  return view.clients.map((client) => {
    const place = layout.clients.get(client.name);
    if (place === undefined) return nothing;
    const picked = state.selection?.kind === "client" && state.selection.client === client.name;
    const pending = client.status === "up" ? (client.pending ?? t("idle")) : statusWords(client.status);
    const width = layout.pill;
    const words =
      client.target === null
        ? t("{0}, client: {1}, believes nobody to be leader", client.name, pending)
        : t("{0}, client: {1}, believes {2} to be leader", client.name, pending, client.target);
    const pick = () => actions.select({ kind: "client", client: client.name });
    const menu = menuHandlers({ kind: "client", client: client.name }, actions);
    const onEnter = actions.onEnter(pick);
    return svg`<g class="client ${client.pending === null ? "" : "busy"} ${picked ? "picked" : ""}"
      transform="translate(${place.x} ${place.y})" @click=${pick} @contextmenu=${menu.pointer}>
      <g aria-hidden="true">
        <rect class="pill" x=${-width / 2} y="-21" width=${width} height="42" rx="21" />
        <text class="client-name" y="-4">${client.name}</text>
        <text class="client-pending" y="12">${shortened(pending, Math.max(6, Math.floor(width / 7)))}</text>
      </g>
      <rect class="hit" x=${-width / 2} y="-21" width=${width} height="42" rx="21" role="button" tabindex="0"
        aria-pressed=${String(picked)} aria-label=${words} @keydown=${(event: KeyboardEvent) => menu.key(event) || onEnter(event)}
      ><title>${words}</title></rect>
    </g>`;
  });
}
