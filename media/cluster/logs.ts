/** The logs as a table: a row per server, a column per index, a colour per term. */
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { t } from "../../server/src/l10n/text.js";
import type { ClusterView, LogEntryView, ServerView } from "../../server/src/protocol/cluster-view.js";
import { type Alike, alikeLogs, nameRuns } from "../../server/src/view-model/cluster/alike.js";
import { entryWords, logChanges, storedSign } from "../../server/src/view-model/cluster/log-changes.js";
import { columnsOf, leaderOf } from "../../server/src/view-model/cluster/log-columns.js";
import { standing } from "../../server/src/view-model/cluster/words.js";
import { bytes, letters, list } from "../../server/src/view-model/phrases.js";
import { termClass } from "../../server/src/view-model/term.js";
import { icon } from "../shared/icon.js";
import type { Actions } from "./actions.js";
import { legend } from "./log-legend.js";
import { logPages } from "./log-pages.js";
import { menuHandlers } from "./menu.js";
import type { ClusterState } from "./model.js";

/** What an entry says is cut where it has more letters. */
const TEXT_LETTERS = 20;

/** The section's content. */
export function logs(state: ClusterState, actions: Actions): TemplateResult {
  const { view, before } = state;
  if (view === null) return html``;
  const columns = columnsOf(view, before);
  const compacted = view.servers.some((server) => server.snapshot !== null || server.firstIndex > 1);
  const follows = state.logEnd === null ? (columns.at(-1) ?? 0) : `at ${state.logEnd}`;
  return html`${logPages(state, actions)}
    <div class="scroll-x" tabindex="0" role="region" aria-label=${t("Logs")} data-logs=${follows}>
      <table class="logs">
        <thead>
          <tr>
            <th scope="col" class="corner">${t("server")}</th>
            ${columns.map((index, at) => html`<th scope="col" class=${gapAt(columns, at)}>${index}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${repeat(
            alikeLogs(view.servers),
            ({ first }) => first.name,
            (alike) => row(alike, columns, view, state, actions),
          )}
        </tbody>
      </table>
    </div>
    ${columns.length === 0 && !compacted ? html`<p class="quiet">${t("All logs are empty.")}</p>` : legend(view, compacted)}`;
}

/** Marks the first column after indexes that are left out. */
function gapAt(columns: readonly number[], at: number): string {
  const before = columns[at - 1];
  return before !== undefined && columns[at] !== before + 1 ? "gap" : "";
}

function row(
  { first: server, servers }: Alike,
  columns: readonly number[],
  view: ClusterView,
  state: ClusterState,
  actions: Actions,
) {
  const entries = new Map(server.log.map((entry) => [entry.index, entry]));
  const leader = leaderOf(view);
  const progress = leader?.progress.filter((each) => servers.some(({ name }) => name === each.server)) ?? [];
  const { added, removed } = logChanges(
    server,
    state.before?.servers.find((each) => each.name === server.name),
  );
  const coming = progress.some((each) => each.state === "snapshot");
  return html`<tr class=${server.status}>
    <th scope="row">${rowHead(server, servers, actions)} ${snapshot(server, coming)}</th>
    ${columns.map((index, at) => {
      const entry = entries.get(index);
      const gone = removed.get(index);
      const edge = index === server.commitIndex ? "commit-edge" : "";
      const match = progress.find((each) => each.match === index && index > 0);
      const next = progress.find((each) => each.next === index);
      return html`<td class="${edge} ${added.has(index) ? "new" : ""} ${gapAt(columns, at)}">
        ${entry === undefined ? (index < server.firstIndex ? compactedMark(server, index) : nothing) : cell(server, entry, added.has(index), state, actions)}
        ${gone === undefined ? nothing : removedMark(server, gone)}
        ${match === undefined ? nothing : html`<span class="cue match" title=${t("matchIndex: the leader knows that {0} agrees up to here", match.server)}>m</span>`}
        ${next === undefined ? nothing : html`<span class="cue next" title=${t("nextIndex: what the leader will send to {0} next", next.server)}>n</span>`}
      </td>`;
    })}
  </tr>`;
}

/** The server's name; where several look alike, all of theirs. */
function rowHead(server: ServerView, servers: readonly ServerView[], actions: Actions) {
  const menu = menuHandlers({ kind: "server", server: server.name }, actions);
  const leads = servers.some(({ role, status }) => role === "leader" && status !== "down");
  const names = list(nameRuns(servers.map(({ name }) => name)));
  return html`<button type="button" class="link" @contextmenu=${menu.pointer} @keydown=${(event: KeyboardEvent) => menu.key(event)} @click=${() => actions.select({ kind: "server", server: server.name })}>
      ${leads ? icon("star-full") : nothing}${names}
    </button>
    <span class="quiet">${servers.length === 1 ? standing(server) : t("{0} servers alike", servers.length)}</span>`;
}

/** The head of a compacted log, in sight wherever the table is scrolled to; and that a snapshot is on its way to the server. */
function snapshot({ name, snapshot: has }: ServerView, coming: boolean) {
  const head =
    has === null
      ? nothing
      : html`<span class="snapshot ${termClass(has.term)}" title=${t("The snapshot of {0} covers its log up to entry {1}, of term {2}; {3}", name, has.index, has.term, bytes(has.bytes))}
          >${t("snapshot {0}/{1}", has.index, has.term)}</span
        >`;
  return html`${head}${coming ? html`<span class="cue next" title=${t("The leader no longer has what {0} needs, and sends it a snapshot", name)}>${t("snapshot on its way")}</span>` : nothing}`;
}

function compactedMark(server: ServerView, index: number) {
  return html`<span class="gone" title=${t("{0}: entry {1} is compacted, its snapshot covers it", server.name, index)}><span class="visually-hidden">${t("in the snapshot")}</span></span>`;
}

/** An entry that the last move took away. */
function removedMark({ name }: ServerView, { index, term, text }: LogEntryView) {
  const words = t("{0}: entry {1} of term {2} was removed: {3}", name, index, term, text);
  return html`<span class="removed-entry ${termClass(term)}" title=${words}><span class="visually-hidden">${words}</span><s aria-hidden="true">${term} ${text}</s></span>`;
}

function cell(server: ServerView, entry: LogEntryView, isNew: boolean, state: ClusterState, actions: Actions) {
  const damaged = entry.index === server.damagedIndex;
  const marks = [
    entry.stored,
    entry.committed ? "committed" : "uncommitted",
    entry.applied ? "applied" : "unapplied",
    damaged ? "damaged" : "",
  ];
  const { selection } = state;
  const picked = selection?.kind === "entry" && selection.server === server.name && selection.index === entry.index;
  const words = isNew ? t("{0}; new", entryWords(server, entry)) : entryWords(server, entry);
  const menu = menuHandlers({ kind: "entry", server: server.name, index: entry.index }, actions);
  return html`<button
    type="button"
    class="entry ${marks.join(" ")} ${termClass(entry.term)} ${picked ? "picked" : ""}"
    title=${words}
    aria-label=${words}
    aria-pressed=${String(picked)}
    @click=${() => actions.select({ kind: "entry", server: server.name, index: entry.index })}
    @contextmenu=${menu.pointer}
    @keydown=${(event: KeyboardEvent) => menu.key(event)}
  >
    <span class="entry-term">${entry.term}${damaged ? icon("warning") : nothing}<span class="tick">${storedSign(entry.stored)}${entry.applied ? "✓" : ""}</span></span>
    <span class="entry-text ${letters(entry.text) > TEXT_LETTERS ? "long" : ""}">${entry.text}</span>
  </button>`;
}
