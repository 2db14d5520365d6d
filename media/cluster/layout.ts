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

/** Draws everything. `tables`: what the tables show, which follow a flowing cluster more slowly; `nowUs` is the time shown; `redraw` shows a change of the forms. */
export function layout(
  state: ClusterState,
  tables: ClusterState,
  actions: Actions,
  nowUs: number,
  redraw: () => void,
): TemplateResult {
  if (!state.known)
    return html`<p class="quiet loading">${icon("loading", "codicon-modifier-spin")} ${t("Waiting for the lab…")}</p>`;
  if (state.lecture.on && state.session !== null) return lecture(state, actions, nowUs);
  if (state.session === null) {
    return html`${serverBanner(state.server, actions.tell)} ${notice(state, actions)}
    ${empty(t("No cluster yet"), t("Run a scenario to see its servers, messages and logs here, or start a live cluster and break it by hand."), html`<vscode-button @click=${actions.startLive}>${t("Start a live cluster")}</vscode-button>`)}`;
  }
  const failed = state.session.state.kind === "failed" ? state.session.state.message : null;
  return html`
    <div class="top">
      ${header(state, actions)} ${serverBanner(state.server, actions.tell)} ${notice(state, actions)}
      ${failed === null ? nothing : html`<div class="banner error" role="alert">${icon("error")}<span>${failed}</span></div>`}
      <section aria-label=${t("Time")}>
        ${transport(state, actions, nowUs)} ${timeline(state, actions, nowUs)} ${bookmarkList(state, actions)} ${eventWords(state, actions)}
      </section>
    </div>
    <main class="sections ${state.server.status === "running" ? "" : "stale"}">
      ${section("servers", t("Servers"), state, actions, servers(state, actions, nowUs))}
      <div class="beside">
        ${section("inspect", t("Inspect"), state, actions, inspector(state, actions, nowUs))}
        ${section("faults", t("Break and use"), state, actions, faults(state, actions, redraw))}
      </div>
      ${section(
        "logs",
        t("Logs"),
        state,
        actions,
        guard([tables], () => logs(tables, actions)),
      )}
      ${section(
        "state",
        t("Key-value state"),
        state,
        actions,
        guard([tables], () => keyValues(tables, actions, tables === state ? nowUs : (tables.view?.timeUs ?? nowUs))),
      )}
      ${section(
        "clients",
        t("Clients and watches"),
        state,
        actions,
        guard([tables], () => clientsAndWatches(tables, actions)),
      )}
      ${section(
        "events",
        t("Events"),
        state,
        actions,
        guard([tables, state.pages], () => eventList(state, actions)),
      )}
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

function servers(state: ClusterState, actions: Actions, nowUs: number) {
  const { view } = state;
  if (view === null)
    return html`<p class="quiet loading">${icon("loading", "codicon-modifier-spin")} ${t("Loading…")}</p>`;
  const many = view.servers.length > RING_LIMIT;
  const count = view.messages.length + view.moreMessages;
  const { everywhere } = linkLabels(view);
  const withCards = !many && !state.closed.includes("cards");
  return html`<div class="servers-body ${withCards ? "with-cards" : ""} ${view.servers.length > 5 ? "many-cards" : ""}">
      <div class="picture">${many ? matrix(view, state, actions) : ring(view, state, actions, nowUs)}</div>
      ${many ? nothing : cardsFold(view, state, actions, nowUs)}
    </div>
    ${everywhere.length === 0 ? nothing : html`<p class="everywhere">${icon("zap")}<span class="quiet">${t("On every link:")}</span>${everywhere.map(({ text, title }) => html`<span class="tag link-rule" title=${title}>${text}</span>`)}</p>`}
    ${configuration(view)}
    <details class="twin">
      <summary>${icon("chevron-right")}${count === 1 ? t("1 message under way") : t("{0} messages under way", count)}</summary>
      ${messageList(view.messages, actions, nowUs)}
      ${view.moreMessages > 0 ? html`<p class="quiet">${t("… and {0} more.", view.moreMessages)}</p>` : nothing}
    </details>
    ${pictureButtons(actions)}`;
}

/** The cards, which can be folded away. */
function cardsFold(view: ClusterView, state: ClusterState, actions: Actions, nowUs: number) {
  const open = !state.closed.includes("cards");
  return html`<details class="cards-fold" .open=${open} @toggle=${(event: Event) => {
    const { currentTarget } = event;
    if (currentTarget instanceof HTMLDetailsElement && currentTarget.open !== open)
      actions.fold("cards", currentTarget.open);
  }}>
    <summary>${icon("chevron-right")}${t("Cards")}</summary>
    ${open ? cards(view, state, actions, nowUs) : nothing}
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
