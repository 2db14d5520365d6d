/** What is picked, in words; and why it is so. */
import { html, nothing, type TemplateResult } from "lit";
import type { WhySubject } from "../../server/src/protocol/requests.js";
import type { ClusterView, MessageInFlight, ServerView } from "../../server/src/protocol/views.js";
import { icon, iconButton } from "../shared/icon.js";
import { formatTime, plural } from "../shared/time.js";
import { causes, type EventLinks } from "../shared/why.js";
import type { Actions } from "./actions.js";
import { badgesOf, configurationWords, memberWords, offsetWords } from "./badges.js";
import type { ClusterState } from "./model.js";
import { describeMessage, standing, timerWords } from "./words.js";

type Field = Extract<WhySubject, { kind: "server" }>["field"];

/** The inspector's content. */
export function inspector(state: ClusterState, actions: Actions, nowUs: number): TemplateResult {
  const { view } = state;
  if (view === null) return html``;
  return html`<div class="inspector">${picked(state, view, actions, nowUs)} ${why(state, actions)}</div>`;
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
        ? html`<p class="quiet">The picked message is not under way at this moment.</p>`
        : messageFacts(message, actions, nowUs);
    }
    case "entry":
      return entryFacts(view, selection.server, selection.index, actions);
    case "client": {
      const client = view.clients.find((each) => each.name === selection.client);
      if (client === undefined) return nothing;
      return html`<h3>Client ${client.name}</h3>
        <dl class="facts">
          <div><dt>Status</dt><dd>${client.status}</dd></div>
          <div><dt>Under way</dt><dd>${client.pending ?? "nothing"}</dd></div>
          <div><dt>Believes to be leader</dt><dd>${client.target ?? "nobody"}</dd></div>
        </dl>`;
    }
    case "link":
      return linkFacts(view, selection.from, selection.to, actions, nowUs);
    case undefined:
      return state.why === null
        ? html`<p class="quiet">
            Pick a server, a message, a log entry or a mark: here it says what it is, and <em>why</em> it is so.
          </p>`
        : nothing;
  }
}

function serverFacts(server: ServerView, state: ClusterState, view: ClusterView, actions: Actions, nowUs: number) {
  const old = state.before?.servers.find((each) => each.name === server.name);
  const fact = (name: string, value: string, field: Field | null, was: string | undefined) => {
    const changed = was !== undefined && was !== value;
    const ask = () =>
      field !== null &&
      actions.why(`${server.name}: ${name.toLowerCase()} ${value}`, view.eventId, {
        kind: "server",
        server: server.name,
        field,
      });
    return html`<div class=${changed ? "changed" : ""}>
      <dt>${name}</dt>
      <dd>
        ${
          field === null ? value : html`<button type="button" class="link" title="Why?" @click=${ask}>${value}</button>`
        }
        ${changed ? html`<span class="was">was ${was}</span>` : nothing}
      </dd>
    </div>`;
  };
  return html`<h3>Server ${server.name}</h3>
    <dl class="facts">
      ${fact("Status", server.status, "status", old?.status)}
      ${fact("Role", standing(server), "role", old === undefined ? undefined : standing(old))}
      ${fact("Term", String(server.term), "term", old === undefined ? undefined : String(old.term))}
      ${fact("Voted for", server.vote ?? "nobody", "vote", old === undefined ? undefined : (old.vote ?? "nobody"))}
      ${fact("Leader known", server.leader ?? "none", "leader", old === undefined ? undefined : (old.leader ?? "none"))}
      ${fact("Member", memberWords(server), null, old === undefined ? undefined : memberWords(old))}
      ${fact("Configuration", placedConfiguration(server), null, old === undefined ? undefined : placedConfiguration(old))}
      ${server.transferee === null ? nothing : fact("Hands over to", server.transferee, null, undefined)}
      ${server.votes.length > 0 ? fact("Votes", server.votes.join(", "), null, old?.votes.join(", ")) : nothing}
      ${server.snapshot === null ? nothing : fact("Snapshot", snapshotWords(server.snapshot), null, old?.snapshot == null ? undefined : snapshotWords(old.snapshot))}
      ${fact("Last index", String(server.lastIndex), null, old === undefined ? undefined : String(old.lastIndex))}
      ${fact("Durable", String(server.durableIndex), null, old === undefined ? undefined : String(old.durableIndex))}
      ${fact("Commit index", String(server.commitIndex), "commit", old === undefined ? undefined : String(old.commitIndex))}
      ${fact("Applied", String(server.appliedIndex), "applied", old === undefined ? undefined : String(old.appliedIndex))}
      ${fact("Revision", String(server.revision), null, old === undefined ? undefined : String(old.revision))}
      ${server.pendingWrites > 0 ? fact("Disk", `${plural(server.pendingWrites, "write")} not yet durable`, null, undefined) : nothing}
      ${server.clockOffsetUs === null || server.clockOffsetUs === 0 ? nothing : fact("Own clock", offsetWords(server.clockOffsetUs), null, undefined)}
      ${server.timers.map((timer) => fact(timer.kind === "election" ? "Election timer" : "Heartbeat timer", timerWords(timer, nowUs), "timer", undefined))}
    </dl>
    ${specials(server)}
    ${
      server.progress.length === 0
        ? nothing
        : html`<table class="plain">
            <caption>What the leader knows of the others</caption>
            <thead><tr><th scope="col">server</th><th scope="col">next</th><th scope="col">match</th><th scope="col">state</th></tr></thead>
            <tbody>
              ${server.progress.map((each) => html`<tr><th scope="row">${each.server}${server.configuration.learners.includes(each.server) ? html` <span class="quiet">learner</span>` : nothing}</th><td>${each.next}</td><td>${each.match}</td><td>${each.state}</td></tr>`)}
            </tbody>
          </table>`
    }`;
}

function placedConfiguration({ configuration }: ServerView): string {
  const { index } = configuration;
  return `${configurationWords(configuration)}${index === 0 ? "" : `, at index ${index}`}`;
}

function snapshotWords({ index, term, bytes }: NonNullable<ServerView["snapshot"]>): string {
  return `up to ${index} of term ${term}, ${plural(bytes, "byte")}`;
}

/** Clock, disk and crashes that wait, each with its whole story. */
function specials(server: ServerView) {
  const special = badgesOf(server).filter(({ kind }) => kind !== "member" && kind !== "transfer");
  if (special.length === 0) return nothing;
  return html`<ul class="specials" aria-label="Faults of ${server.name}">
    ${special.map(({ kind, text, title }) => html`<li><span class="tag ${kind}">${text}</span> <span class="quiet">${title}</span></li>`)}
  </ul>`;
}

function messageFacts(message: MessageInFlight, actions: Actions, nowUs: number) {
  return html`<h3>${message.type} ${message.from} → ${message.to}</h3>
    <p>${message.text}</p>
    <dl class="facts">
      <div><dt>Sent</dt><dd>
        <button type="button" class="link" @click=${() => actions.move({ kind: "event", eventId: message.eventId })}>${formatTime(message.sentUs)}</button>
      </dd></div>
      <div><dt>Arrives</dt><dd>${message.arrivesUs === null ? "it waits" : formatTime(message.arrivesUs)}</dd></div>
      ${message.positive === null ? nothing : html`<div><dt>Answer</dt><dd>${message.positive ? "yes" : "no"}</dd></div>`}
    </dl>
    <p class="row">
      <vscode-button secondary @click=${() => actions.why(describeMessage(message, nowUs), message.eventId)}>Why was it sent?</vscode-button>
    </p>`;
}

function entryFacts(view: ClusterView, name: string, index: number, actions: Actions) {
  const entry = view.servers.find((server) => server.name === name)?.log.find((each) => each.index === index);
  if (entry === undefined)
    return html`<p class="quiet">${name} has no entry ${index} at this moment${view.servers.some((server) => server.name === name && server.firstIndex > index) ? ": its snapshot covers it" : ""}.</p>`;
  const ask = () =>
    actions.why(`${name}: entry ${index} of term ${entry.term}`, view.eventId, { kind: "entry", server: name, index });
  return html`<h3>Entry ${index} of ${name}</h3>
    <dl class="facts">
      <div><dt>Term</dt><dd>${entry.term}</dd></div>
      <div><dt>Command</dt><dd>${entry.text}</dd></div>
      <div><dt>Durable</dt><dd>${entry.durable ? "yes" : "not yet"}</dd></div>
      <div><dt>Committed</dt><dd>${entry.committed ? "yes" : "not yet"}</dd></div>
      <div><dt>Applied</dt><dd>${entry.applied ? "yes" : "not yet"}</dd></div>
      <div><dt>Also on</dt><dd>${holders(view, name, index, entry.term)}</dd></div>
    </dl>
    <p class="row"><vscode-button secondary @click=${ask}>Why is it here?</vscode-button></p>`;
}

function holders(view: ClusterView, name: string, index: number, term: number): string {
  const others = view.servers.filter(
    (server) => server.name !== name && server.log.some((entry) => entry.index === index && entry.term === term),
  );
  const covering = view.servers.filter((server) => server.name !== name && server.firstIndex > index);
  const all = [...others.map((server) => server.name), ...covering.map((server) => `${server.name} (in its snapshot)`)];
  return all.join(", ") || "no other server";
}

function linkFacts(view: ClusterView, from: string, to: string, actions: Actions, nowUs: number) {
  const passes = (a: string, b: string) => !view.blocked.some((pair) => pair.from === a && pair.to === b);
  const flying = view.messages.filter(
    (message) => (message.from === from && message.to === to) || (message.from === to && message.to === from),
  );
  return html`<h3>Link ${from} – ${to}</h3>
    <dl class="facts">
      <div><dt>${from} → ${to}</dt><dd>${passes(from, to) ? "open" : "cut"}</dd></div>
      <div><dt>${to} → ${from}</dt><dd>${passes(to, from) ? "open" : "cut"}</dd></div>
    </dl>
    ${messageList(flying, actions, nowUs)}`;
}

/** Messages under way as a list of buttons: the text twin of the moving marks. */
export function messageList(messages: readonly MessageInFlight[], actions: Actions, nowUs: number) {
  if (messages.length === 0) return html`<p class="quiet">No message under way.</p>`;
  return html`<ul class="plain-list">
    ${messages.map(
      (message) => html`<li>
        <button type="button" class="link" @click=${() => actions.pickMessage(message)}>${describeMessage(message, nowUs)}</button>
      </li>`,
    )}
  </ul>`;
}

function why(state: ClusterState, actions: Actions) {
  const asked = state.why;
  if (asked === null) return nothing;
  return html`<section class="why" aria-label="Why">
    <div class="why-head">
      ${icon("question")}
      <h3>Why: ${asked.title}</h3>
      ${iconButton("close", "Close the answer", actions.forgetWhy, { keys: "Escape" })}
    </div>
    ${asked.failure === null ? nothing : html`<p class="failure">${asked.failure}</p>`}
    ${asked.view === null && asked.failure === null ? html`<p class="quiet">Looking…</p>` : nothing}
    ${asked.view === null ? nothing : causes(asked.view.links, asked.view.truncated, eventLinks(state, actions))}
  </section>`;
}
