/** What is picked, in words; and why it is so. */
import { html, nothing, type TemplateResult } from "lit";
import { t } from "../../server/src/l10n/text.js";
import type { ClusterView, MessageInFlight } from "../../server/src/protocol/views.js";
import { describeMessage, statusWords } from "../../server/src/view-model/cluster/words.js";
import { list } from "../../server/src/view-model/phrases.js";
import { formatTime } from "../../server/src/view-model/time.js";
import type { EventLinks } from "../shared/why.js";
import type { Actions } from "./actions.js";
import type { ClusterState } from "./model.js";
import { serverFacts } from "./server-facts.js";
import { waitingButtons } from "./waiting.js";
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
      const message = view.messages.find((each) => each.eventId === selection.eventId);
      return message === undefined
        ? html`<p class="quiet">${t("The picked message is not under way at this moment.")}</p>`
        : messageFacts(message, state, actions);
    }
    case "entry":
      return entryFacts(view, selection.server, selection.index);
    case "client": {
      const client = view.clients.find((each) => each.name === selection.client);
      if (client === undefined) return nothing;
      return html`<h3>${t("Client {0}", client.name)}</h3>
        <dl class="facts">
          <div><dt>${t("Status")}</dt><dd>${statusWords(client.status)}</dd></div>
          <div><dt>${t("Under way")}</dt><dd>${client.pending ?? t("nothing")}</dd></div>
          <div><dt>${t("Believes to be leader")}</dt><dd>${client.target ?? t("nobody")}</dd></div>
        </dl>`;
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
  return html`<h3>${message.type} ${message.from} → ${message.to}</h3>
    <p>${message.text}</p>
    <dl class="facts">
      <div><dt>${t("Sent")}</dt><dd>
        <button type="button" class="link" @click=${() => actions.move({ kind: "event", eventId: message.eventId })}>${formatTime(message.sentUs)}</button>
      </dd></div>
      <div><dt>${t("Arrives")}</dt><dd>${message.arrivesUs === null ? t("it waits") : formatTime(message.arrivesUs)}</dd></div>
      ${message.positive === null ? nothing : html`<div><dt>${t("Answer")}</dt><dd>${message.positive ? t("yes") : t("no")}</dd></div>`}
    </dl>
    ${waitingButtons(message, state, actions)}`;
}

function entryFacts(view: ClusterView, name: string, index: number) {
  const entry = view.servers.find((server) => server.name === name)?.log.find((each) => each.index === index);
  if (entry === undefined) return html`<p class="quiet">${missingWords(view, name, index)}</p>`;
  return html`<h3>${t("Entry {0} of {1}", index, name)}</h3>
    <dl class="facts">
      <div><dt>${t("Term")}</dt><dd>${entry.term}</dd></div>
      <div><dt>${t("Command")}</dt><dd>${entry.text}</dd></div>
      <div><dt>${t("Durable")}</dt><dd>${entry.durable ? t("yes") : t("not yet")}</dd></div>
      <div><dt>${t("Committed")}</dt><dd>${entry.committed ? t("yes") : t("not yet")}</dd></div>
      <div><dt>${t("Applied")}</dt><dd>${entry.applied ? t("yes") : t("not yet")}</dd></div>
      <div><dt>${t("Also on")}</dt><dd>${holders(view, name, index, entry.term)}</dd></div>
    </dl>`;
}

function missingWords(view: ClusterView, name: string, index: number): string {
  return view.servers.some((server) => server.name === name && server.firstIndex > index)
    ? t("{0} has no entry {1} at this moment: its snapshot covers it.", name, index)
    : t("{0} has no entry {1} at this moment.", name, index);
}

function holders(view: ClusterView, name: string, index: number, term: number): string {
  const others = view.servers.filter(
    (server) => server.name !== name && server.log.some((entry) => entry.index === index && entry.term === term),
  );
  const covering = view.servers.filter((server) => server.name !== name && server.firstIndex > index);
  const all = [
    ...others.map((server) => server.name),
    ...covering.map((server) => t("{0} (in its snapshot)", server.name)),
  ];
  return all.length === 0 ? t("no other server") : list(all);
}

function linkFacts(view: ClusterView, from: string, to: string, actions: Actions, nowUs: number) {
  const passes = (a: string, b: string) => !view.blocked.some((pair) => pair.from === a && pair.to === b);
  const flying = view.messages.filter(
    (message) => (message.from === from && message.to === to) || (message.from === to && message.to === from),
  );
  return html`<h3>${t("Link {0} – {1}", from, to)}</h3>
    <dl class="facts">
      <div><dt>${from} → ${to}</dt><dd>${passes(from, to) ? t("open") : t("cut")}</dd></div>
      <div><dt>${to} → ${from}</dt><dd>${passes(to, from) ? t("open") : t("cut")}</dd></div>
    </dl>
    ${messageList(flying, actions, nowUs)}`;
}

/** Messages under way as a list of buttons: the text twin of the moving marks. */
export function messageList(messages: readonly MessageInFlight[], actions: Actions, nowUs: number) {
  if (messages.length === 0) return html`<p class="quiet">${t("No message under way.")}</p>`;
  return html`<ul class="plain-list">
    ${messages.map(
      (message) => html`<li>
        <button type="button" class="link" @click=${() => actions.pickMessage(message)}>${describeMessage(message, nowUs)}</button>
      </li>`,
    )}
  </ul>`;
}
