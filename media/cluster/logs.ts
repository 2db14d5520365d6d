/** The logs as a table: a row per server, a column per index, a colour per term. */
import { html, nothing, type TemplateResult } from "lit";
import type { ClusterView, LogEntryView, ServerView } from "../../server/src/protocol/views.js";
import { icon } from "../shared/icon.js";
import { termClass } from "../shared/term.js";
import type { Actions } from "./actions.js";
import type { ClusterState } from "./model.js";
import { standing } from "./words.js";

/** The section's content. */
export function logs(state: ClusterState, actions: Actions): TemplateResult {
  const { view } = state;
  if (view === null) return html``;
  const columns = columnsOf(view);
  return html`<div class="scroll-x" tabindex="0" role="region" aria-label="Logs" data-logs=${columns.at(-1) ?? 0}>
      <table class="logs">
        <thead>
          <tr>
            <th scope="col" class="corner">server</th>
            ${columns.map((index) => html`<th scope="col">${index}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${view.servers.map((server) => row(server, columns, view, state, actions))}
        </tbody>
      </table>
    </div>
    ${columns.length === 0 ? html`<p class="quiet">All logs are empty.</p>` : legend()}`;
}

/** The indexes to show: the windows of all servers together, and one more where a leader will send next. */
export function columnsOf(view: ClusterView): readonly number[] {
  let low = Number.POSITIVE_INFINITY;
  let high = 0;
  for (const server of view.servers) {
    for (const entry of server.log) {
      low = Math.min(low, entry.index);
      high = Math.max(high, entry.index);
    }
  }
  if (high === 0) return [];
  if (leaderOf(view)?.progress.some((each) => each.next > high) === true) high += 1;
  return Array.from({ length: high - low + 1 }, (_, at) => low + at);
}

function leaderOf(view: ClusterView): ServerView | null {
  return view.servers
    .filter((server) => server.role === "leader" && server.status !== "down")
    .reduce<ServerView | null>((best, server) => (best === null || server.term > best.term ? server : best), null);
}

function row(server: ServerView, columns: readonly number[], view: ClusterView, state: ClusterState, actions: Actions) {
  const entries = new Map(server.log.map((entry) => [entry.index, entry]));
  const progress = leaderOf(view)?.progress.find((each) => each.server === server.name);
  const old = state.before?.servers.find((each) => each.name === server.name);
  return html`<tr class=${server.status}>
    <th scope="row">
      <button type="button" class="link" @click=${() => actions.select({ kind: "server", server: server.name })}>
        ${server.role === "leader" && server.status !== "down" ? icon("star-full") : nothing}${server.name}
      </button>
      <span class="quiet">${standing(server)}</span>
    </th>
    ${columns.map((index) => {
      const entry = entries.get(index);
      const isNew =
        entry !== undefined &&
        old !== undefined &&
        !old.log.some((each) => each.index === index && each.term === entry.term);
      const fate = index === server.commitIndex ? "commit-edge" : "";
      return html`<td class="${fate} ${isNew ? "new" : ""}">
        ${entry === undefined ? nothing : cell(server, entry, state, actions)}
        ${progress?.match === index && index > 0 ? html`<span class="cue match" title="matchIndex: the leader knows that ${server.name} agrees up to here">m</span>` : nothing}
        ${progress?.next === index ? html`<span class="cue next" title="nextIndex: what the leader will send to ${server.name} next">n</span>` : nothing}
      </td>`;
    })}
  </tr>`;
}

function cell(server: ServerView, entry: LogEntryView, state: ClusterState, actions: Actions) {
  const marks = [
    entry.durable ? "durable" : "volatile",
    entry.committed ? "committed" : "uncommitted",
    entry.applied ? "applied" : "unapplied",
  ];
  const { selection } = state;
  const picked = selection?.kind === "entry" && selection.server === server.name && selection.index === entry.index;
  const words = `${server.name}, entry ${entry.index}, term ${entry.term}: ${entry.text}; ${entry.durable ? "durable" : "not yet durable"}, ${entry.committed ? "committed" : "not committed"}, ${entry.applied ? "applied" : "not applied"}`;
  return html`<button
    type="button"
    class="entry ${marks.join(" ")} ${termClass(entry.term)} ${picked ? "picked" : ""}"
    title=${words}
    aria-label=${words}
    aria-pressed=${String(picked)}
    @click=${() => actions.select({ kind: "entry", server: server.name, index: entry.index })}
  >
    <span class="entry-term">${entry.term}${entry.applied ? html`<span class="tick">✓</span>` : nothing}</span>
    <span class="entry-text">${entry.text}</span>
  </button>`;
}

function legend() {
  const sample = (marks: string, tick: boolean) =>
    html`<span class="entry sample ${marks} term-0" aria-hidden="true"><span class="entry-term">1${tick ? html`<span class="tick">✓</span>` : nothing}</span></span>`;
  return html`<ul class="legend" aria-label="Legend">
    <li>${sample("volatile uncommitted", false)}not yet durable</li>
    <li>${sample("durable uncommitted", false)}durable</li>
    <li>${sample("durable committed", false)}committed</li>
    <li>${sample("durable committed applied", true)}applied</li>
    <li><span class="cue match" aria-hidden="true">m</span>match</li>
    <li><span class="cue next" aria-hidden="true">n</span>next</li>
  </ul>`;
}
