/** The logs as a table: a row per server, a column per index, a colour per term. */
import { html, nothing, type TemplateResult } from "lit";
import { t } from "../../server/src/l10n/text.js";
import type { ClusterView, LogEntryView, ServerView } from "../../server/src/protocol/views.js";
import { columnsOf, leaderOf } from "../../server/src/view-model/cluster/log-columns.js";
import { standing } from "../../server/src/view-model/cluster/words.js";
import { bytes, list } from "../../server/src/view-model/phrases.js";
import { termClass } from "../../server/src/view-model/term.js";
import { icon } from "../shared/icon.js";
import type { Actions } from "./actions.js";
import type { ClusterState } from "./model.js";

/** The section's content. */
export function logs(state: ClusterState, actions: Actions): TemplateResult {
  const { view } = state;
  if (view === null) return html``;
  const columns = columnsOf(view);
  const compacted = view.servers.some((server) => server.snapshot !== null || server.firstIndex > 1);
  return html`<div class="scroll-x" tabindex="0" role="region" aria-label=${t("Logs")} data-logs=${columns.at(-1) ?? 0}>
      <table class="logs">
        <thead>
          <tr>
            <th scope="col" class="corner">${t("server")}</th>
            ${columns.map((index, at) => html`<th scope="col" class=${gapAt(columns, at)}>${index}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${view.servers.map((server) => row(server, columns, view, state, actions))}
        </tbody>
      </table>
    </div>
    ${columns.length === 0 && !compacted ? html`<p class="quiet">${t("All logs are empty.")}</p>` : legend(compacted)}`;
}

/** Marks the first column after indexes that are left out. */
function gapAt(columns: readonly number[], at: number): string {
  const before = columns[at - 1];
  return before !== undefined && columns[at] !== before + 1 ? "gap" : "";
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
      ${snapshot(server, progress?.state === "snapshot")}
    </th>
    ${columns.map((index, at) => {
      const entry = entries.get(index);
      const isNew =
        entry !== undefined &&
        old !== undefined &&
        !old.log.some((each) => each.index === index && each.term === entry.term);
      const fate = index === server.commitIndex ? "commit-edge" : "";
      return html`<td class="${fate} ${isNew ? "new" : ""} ${gapAt(columns, at)}">
        ${entry === undefined ? (index < server.firstIndex ? gone(server, index) : nothing) : cell(server, entry, state, actions)}
        ${progress?.match === index && index > 0 ? html`<span class="cue match" title=${t("matchIndex: the leader knows that {0} agrees up to here", server.name)}>m</span>` : nothing}
        ${progress?.next === index ? html`<span class="cue next" title=${t("nextIndex: what the leader will send to {0} next", server.name)}>n</span>` : nothing}
      </td>`;
    })}
  </tr>`;
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

function gone(server: ServerView, index: number) {
  return html`<span class="gone" title=${t("{0}: entry {1} is compacted, its snapshot covers it", server.name, index)}><span class="visually-hidden">${t("in the snapshot")}</span></span>`;
}

function cell(server: ServerView, entry: LogEntryView, state: ClusterState, actions: Actions) {
  const marks = [
    entry.durable ? "durable" : "volatile",
    entry.committed ? "committed" : "uncommitted",
    entry.applied ? "applied" : "unapplied",
    entry.index === server.damagedIndex ? "damaged" : "",
  ];
  const { selection } = state;
  const picked = selection?.kind === "entry" && selection.server === server.name && selection.index === entry.index;
  const words = entryWords(server, entry);
  return html`<button
    type="button"
    class="entry ${marks.join(" ")} ${termClass(entry.term)} ${picked ? "picked" : ""}"
    title=${words}
    aria-label=${words}
    aria-pressed=${String(picked)}
    @click=${() => actions.select({ kind: "entry", server: server.name, index: entry.index })}
  >
    <span class="entry-term">${entry.term}${entry.index === server.damagedIndex ? icon("warning") : nothing}${entry.applied ? html`<span class="tick">✓</span>` : nothing}</span>
    <span class="entry-text">${entry.text}</span>
  </button>`;
}

function entryWords(
  { name, damagedIndex }: ServerView,
  { index, term, text, durable, committed, applied }: LogEntryView,
) {
  const state = [
    durable ? t("durable") : t("not yet durable"),
    committed ? t("committed") : t("not committed"),
    applied ? t("applied") : t("not applied"),
    ...(index === damagedIndex ? [t("damaged on disk")] : []),
  ];
  return t("{0}, entry {1}, term {2}: {3}; {4}", name, index, term, text, list(state));
}

function legend(compacted: boolean) {
  const sample = (marks: string, tick: boolean) =>
    html`<span class="entry sample ${marks} term-0" aria-hidden="true"><span class="entry-term">1${tick ? html`<span class="tick">✓</span>` : nothing}</span></span>`;
  return html`<ul class="legend" aria-label=${t("Legend")}>
    <li>${sample("volatile uncommitted", false)}${t("not yet durable")}</li>
    <li>${sample("durable uncommitted", false)}${t("durable")}</li>
    <li>${sample("durable committed", false)}${t("committed")}</li>
    <li>${sample("durable committed applied", true)}${t("applied")}</li>
    ${
      compacted
        ? html`<li><span class="snapshot term-0" aria-hidden="true">4/1</span>${t("snapshot up to entry {0}, of term {1}", 4, 1)}</li>
          <li><span class="gone sample" aria-hidden="true"></span>${t("compacted")}</li>`
        : nothing
    }
    <li><span class="cue match" aria-hidden="true">m</span>${t("match")}</li>
    <li><span class="cue next" aria-hidden="true">n</span>${t("next")}</li>
  </ul>`;
}
