/** What is picked, in words; and why it is so. */
import { html, nothing, type TemplateResult } from "lit";
import { t } from "../../server/src/l10n/text.js";
import type { ClusterView, MessageInFlight } from "../../server/src/protocol/cluster-view.js";
import { linkLabels } from "../../server/src/view-model/cluster/link-labels.js";
import type { MenuTarget } from "../../server/src/view-model/cluster/menu-item.js";
import { describeMessage, statusWords } from "../../server/src/view-model/cluster/words.js";
import { formatTime } from "../../server/src/view-model/time.js";
import type { EventLinks } from "../shared/why.js";
import type { Actions } from "./actions.js";
import { operationList } from "./clients.js";
import { entryFacts } from "./entry-facts.js";
import { menuButton, menuHandlers } from "./menu.js";
import { messageButtons } from "./message-actions.js";
import type { ClusterState } from "./model.js";
import { serverFacts } from "./server-facts.js";
import { questions, whySection } from "./why-section.js";

/** The inspector's content. */
export function inspector(state: ClusterState, actions: Actions, nowUs: number): TemplateResult {
  const { view } = state;
  if (view === null) return html``;
  return html`<div class="inspector">${picked(state, view, actions, nowUs)} ${questions(state, view, actions)}
    ${whySection(state, eventLinks(state, actions), actions)}</div>`;
}

/** How the words of events lead on. */
export function eventLinks(state: ClusterState, actions: Actions): EventLinks {
  const uri = state.session?.uri ?? null;
  return {
    go: (eventId) => actions.move({ kind: "event", eventId }),
    reveal: uri === null ? null : (line) => actions.reveal(line),
  };
}

function picked(state: ClusterState, view: ClusterView, actions: Actions, nowUs: number) {
  const { selection } = state;
  switch (selection?.kind) {
    case "server": {
      const server = view.servers.find((each) => each.name === selection.server);
      return server === undefined ? nothing : serverFacts(server, state, view, actions, nowUs);
    }
    case "message": {
      const message = view.messages.find((each) => each.eventId === selection.eventId && each.copy === selection.copy);
      return message === undefined
        ? html`<p class="quiet">${t("The picked message is not under way at this moment.")}</p>`
        : messageFacts(message, state, actions);
    }
    case "entry":
      return entryFacts(view, state, selection.server, selection.index, actions);
    case "client": {
      const client = view.clients.find((each) => each.name === selection.client);
      if (client === undefined) return nothing;
      return html`${head(t("Client {0}", client.name), { kind: "client", client: client.name }, actions)}
        <dl class="facts">
          <div><dt>${t("Status")}</dt><dd>${statusWords(client.status)}</dd></div>
          <div><dt>${t("Believes to be leader")}</dt><dd>${client.target ?? t("nobody")}</dd></div>
        </dl>
        ${client.operations.length === 0 ? html`<p class="quiet">${t("Nothing under way.")}</p>` : operationList(client.operations, client.moreOperations, view.timeUs, actions)}`;
    }
    case "link":
      return linkFacts(view, selection.from, selection.to, actions, nowUs);
    case undefined:
      return state.why === null
        ? html`<p class="quiet">${t("Pick a server, a message, a log entry or a mark: here it says what it is, and why it is so.")}</p>`
        : nothing;
  }
}

function messageFacts(message: MessageInFlight, state: ClusterState, actions: Actions) {
  const { eventId, copy } = message;
  return html`${head(`${message.type} ${message.from} → ${message.to}`, { kind: "message", eventId, copy }, actions)}
    <p>${message.text}</p>
    <dl class="facts">
      <div><dt>${t("Sent")}</dt><dd>
        <button type="button" class="link" @click=${() => actions.move({ kind: "event", eventId: message.eventId })}>${formatTime(message.sentUs)}</button>
      </dd></div>
      <div><dt>${t("Arrives")}</dt><dd>${message.arrivesUs === null ? t("it waits") : formatTime(message.arrivesUs)}</dd></div>
      ${message.positive === null ? nothing : html`<div><dt>${t("Answer")}</dt><dd>${message.positive ? t("yes") : t("no")}</dd></div>`}
    </dl>
    ${messageButtons(message, state, actions)}`;
}

function linkFacts(view: ClusterView, from: string, to: string, actions: Actions, nowUs: number) {
  const passes = (a: string, b: string) => !view.blocked.some((pair) => pair.from === a && pair.to === b);
  const flying = view.messages.filter(
    (message) => (message.from === from && message.to === to) || (message.from === to && message.to === from),
  );
  const rules = linkLabels(view).links.filter((link) => sameEnds(link, from, to));
  return html`${head(t("Link {0} – {1}", from, to), { kind: "link", from, to }, actions)}
    <dl class="facts">
      <div><dt>${from} → ${to}</dt><dd>${passes(from, to) ? t("open") : t("cut")}</dd></div>
      <div><dt>${to} → ${from}</dt><dd>${passes(to, from) ? t("open") : t("cut")}</dd></div>
    </dl>
    ${rules.length === 0 ? nothing : html`<ul class="specials" aria-label=${t("Rules on this link")}>${rules.map((link) => link.labels.map(({ text, title }) => html`<li><span class="tag link-rule">${link.from} ${link.both ? "↔" : "→"} ${link.to}: ${text}</span> <span class="quiet">${title}</span></li>`))}</ul>`}
    ${messageList(flying, actions, nowUs)}`;
}

function sameEnds(link: { readonly from: string; readonly to: string }, a: string, b: string): boolean {
  return (link.from === a && link.to === b) || (link.from === b && link.to === a);
}

/** A heading with the menu of what it names. */
function head(title: string, target: MenuTarget, actions: Actions) {
  return html`<div class="facts-head"><h3>${title}</h3>${menuButton(target, actions)}</div>`;
}

/** Messages under way as a list of buttons: the text twin of the moving marks. */
export function messageList(messages: readonly MessageInFlight[], actions: Actions, nowUs: number) {
  if (messages.length === 0) return html`<p class="quiet">${t("No message under way.")}</p>`;
  return html`<ul class="plain-list">
    ${messages.map((message) => {
      const menu = menuHandlers({ kind: "message", eventId: message.eventId, copy: message.copy }, actions);
      return html`<li>
        <button type="button" class="link" @click=${() => actions.pickMessage(message)} @contextmenu=${menu.pointer} @keydown=${(event: KeyboardEvent) => menu.key(event)}>${describeMessage(message, nowUs)}</button>
      </li>`;
    })}
  </ul>`;
}
