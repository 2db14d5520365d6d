/** The panel as a whole: head, time, and the sections. */
import { html, nothing, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { t } from "../../server/src/l10n/text.js";
import type { ClusterView } from "../../server/src/protocol/cluster-view.js";
import { RING_LIMIT } from "../../server/src/view-model/cluster/geometry.js";
import { linkLabels } from "../../server/src/view-model/cluster/link-labels.js";
import { formatTime } from "../../server/src/view-model/time.js";
import { icon, iconButton } from "../shared/icon.js";
import { empty, serverBanner } from "../shared/states.js";
import { CATEGORY_ICONS, lineLink } from "../shared/why.js";
import type { Actions } from "./actions.js";
import { bookmarkList } from "./bookmark-list.js";
import { cards } from "./cards.js";
import { clientsAndWatches } from "./clients.js";
import { configuration } from "./configuration.js";
import { eventList } from "./events.js";
import { faults } from "./faults.js";
import { header } from "./header.js";
import { eventLinks, inspector, messageList } from "./inspector.js";
import { keyValues } from "./kv.js";
import { lecture } from "./lecture.js";
import { logs } from "./logs.js";
import { matrix } from "./matrix.js";
import { contextMenu } from "./menu.js";
import type { ClusterState, SectionName } from "./model.js";
import { pictureButtons } from "./pictures.js";
import { ring } from "./ring.js";
import { timeline } from "./timeline.js";
import { transport } from "./transport.js";
import type { Part, Shown, ShownParts } from "./turns.js";

/** What the forms hold is no part of the state: how often it has changed, and what shows a change. */
export interface Forms {
  readonly changes: number;
  readonly redraw: () => void;
}

/** Draws everything. `shown`: what each part shows, which in motion take turns; `nowUs` is the time shown. */
export function layout(
  state: ClusterState,
  shown: ShownParts,
  actions: Actions,
  nowUs: number,
  forms: Forms,
): TemplateResult {
  if (!state.known)
    return html`<p class="quiet loading">${icon("loading", "codicon-modifier-spin")} ${t("Waiting for the lab…")}</p>`;
  if (state.lecture.on && state.session !== null) return lecture(state, actions, nowUs);
  if (state.session === null) {
    return html`${serverBanner(state.server, actions.tell)} ${notice(state, actions)}
    ${empty(t("No cluster yet"), t("Run a scenario to see its servers, messages and logs here, or start a live cluster and break it by hand."), html`<vscode-button @click=${actions.startLive}>${t("Start a live cluster")}</vscode-button>`)}`;
  }
  const failed = state.session.state.kind === "failed" ? state.session.state.message : null;
  const part = (name: Part, draw: (shown: Shown) => unknown) => guard([shown[name]], () => draw(shown[name]));
  const inSection = (name: Part & SectionName, title: string, draw: (shown: Shown) => unknown) =>
    section(name, title, state, actions, part(name, draw));
  return html`
    <div class="top">
      ${part("head", (head) => header(head.state, actions))} ${serverBanner(state.server, actions.tell)} ${notice(state, actions)}
      ${failed === null ? nothing : html`<div class="banner error" role="alert">${icon("error")}<span>${failed}</span></div>`}
      <section aria-label=${t("Time")}>
        ${transport(state, actions, nowUs)} ${timeline(state, actions, nowUs)} ${bookmarkList(state, actions)}
        ${part("head", (head) => eventWords(head.state, actions))}
      </section>
    </div>
    <main class="sections ${state.server.status === "running" ? "" : "stale"}">
      ${section("servers", t("Servers"), state, actions, servers(shown, actions))}
      <div class="beside">
        ${inSection("inspect", t("Inspect"), ({ state, nowUs }) => inspector(state, actions, nowUs))}
        ${section(
          "faults",
          t("Break and use"),
          state,
          actions,
          guard([shown.faults, forms.changes], () => faults(shown.faults.state, actions, forms.redraw)),
        )}
      </div>
      ${inSection("logs", t("Logs"), ({ state }) => logs(state, actions))}
      ${inSection("state", t("Key-value state"), ({ state, nowUs }) => keyValues(state, actions, nowUs))}
      ${inSection("clients", t("Clients and watches"), ({ state }) => clientsAndWatches(state, actions))}
      ${inSection("events", t("Events"), ({ state }) => eventList(state, actions))}
      ${contextMenu(state, actions)}
    </main>
  `;
}

function section(name: SectionName, title: string, state: ClusterState, actions: Actions, content: unknown) {
  const open = !state.closed.includes(name);
  return html`<details class="section section-${name}" .open=${open} @toggle=${(event: Event) => {
    const { currentTarget } = event;
    if (currentTarget instanceof HTMLDetailsElement && currentTarget.open !== open)
      actions.fold(name, currentTarget.open);
  }}>
    <summary>${icon("chevron-right")}<h2>${title}</h2></summary>
    ${open ? html`<div class="section-body">${content}</div>` : nothing}
  </details>`;
}

function servers(shown: ShownParts, actions: Actions) {
  const { view, closed } = shown.servers.state;
  if (view === null)
    return html`<p class="quiet loading">${icon("loading", "codicon-modifier-spin")} ${t("Loading…")}</p>`;
  const many = view.servers.length > RING_LIMIT;
  const withCards = !many && !closed.includes("cards");
  return html`<div class="servers-body ${withCards ? "with-cards" : ""} ${view.servers.length > 5 ? "many-cards" : ""}">
      <div class="picture">${guard([shown.servers], () => picture(view, shown.servers, actions))}</div>
      ${many ? nothing : guard([shown.cards], () => cardsFold(shown.cards, actions))}
    </div>
    ${guard([shown.servers], () => underPicture(view, shown.servers, actions))}`;
}

function picture(view: ClusterView, { state, nowUs }: Shown, actions: Actions) {
  return view.servers.length > RING_LIMIT ? matrix(view, state, actions) : ring(view, state, actions, nowUs);
}

/** What the picture has no room for, and its twin in words. */
function underPicture(view: ClusterView, { nowUs }: Shown, actions: Actions) {
  const { everywhere } = linkLabels(view);
  const count = view.messages.length + view.moreMessages;
  return html`${everywhere.length === 0 ? nothing : html`<p class="everywhere">${icon("zap")}<span class="quiet">${t("On every link:")}</span>${everywhere.map(({ text, title }) => html`<span class="tag link-rule" title=${title}>${text}</span>`)}</p>`}
    ${configuration(view)}
    <details class="twin">
      <summary>${icon("chevron-right")}${count === 1 ? t("1 message under way") : t("{0} messages under way", count)}</summary>
      ${messageList(view.messages, actions, nowUs)}
      ${view.moreMessages > 0 ? html`<p class="quiet">${t("… and {0} more.", view.moreMessages)}</p>` : nothing}
    </details>
    ${pictureButtons(actions)}`;
}

/** The cards, which can be folded away. */
function cardsFold({ state, nowUs }: Shown, actions: Actions) {
  const { view } = state;
  const open = !state.closed.includes("cards");
  return html`<details class="cards-fold" .open=${open} @toggle=${(event: Event) => {
    const { currentTarget } = event;
    if (currentTarget instanceof HTMLDetailsElement && currentTarget.open !== open)
      actions.fold("cards", currentTarget.open);
  }}>
    <summary>${icon("chevron-right")}${t("Cards")}</summary>
    ${open && view !== null ? cards(view, state, actions, nowUs) : nothing}
  </details>`;
}

/** The current event as words. */
function eventWords(state: ClusterState, actions: Actions) {
  const { event } = state;
  if (event === null) {
    return html`<div class="words"><span class="words-title quiet">${t("Before the first event.")}</span></div>`;
  }
  return html`<div class="words">
    ${icon(CATEGORY_ICONS[event.category])}
    <span class="words-time">${formatTime(event.timeUs)}</span>
    <span class="words-title">${event.title}</span>
    ${event.reason === null ? nothing : html`<span class="words-reason">${event.reason}</span>`}
    <span class="words-links">
      ${lineLink(event.line, eventLinks(state, actions))}
      <button type="button" class="link" title=${t("{0} ({1})", t("Why?"), "W")} @click=${() => actions.why(event.title, event.id)}>${icon("question")}${t("why?")}</button>
    </span>
  </div>`;
}

function notice(state: ClusterState, actions: Actions) {
  if (state.acting !== null) {
    return html`<div class="banner info" role="status">${icon("loading", "codicon-modifier-spin")}<code>${state.acting}</code></div>`;
  }
  const { notice: word } = state;
  if (word === null) return nothing;
  return html`<div class="banner ${word.kind}" role=${word.kind === "error" ? "alert" : "status"}>
    ${icon(word.kind === "error" ? "error" : "info")}<span>${word.text}</span>${iconButton("close", t("Dismiss"), actions.dismiss)}
  </div>`;
}
