/** A picked log entry: what it is, what it made, and how each server came to have it. */
import { html, nothing, type TemplateResult } from "lit";
import { t } from "../../server/src/l10n/text.js";
import type { ClusterView } from "../../server/src/protocol/cluster-view.js";
import type { EntryAtServerView, EntryDetailsView, Moment } from "../../server/src/protocol/log-entry.js";
import { storedWords } from "../../server/src/view-model/cluster/log-changes.js";
import { formatTime } from "../../server/src/view-model/time.js";
import type { Actions } from "./actions.js";
import { menuButton } from "./menu.js";
import type { ClusterState } from "./model.js";

/** The entry's facts. */
export function entryFacts(
  view: ClusterView,
  state: ClusterState,
  name: string,
  index: number,
  actions: Actions,
): TemplateResult {
  const entry = view.servers.find((server) => server.name === name)?.log.find((each) => each.index === index);
  const details = state.entry?.server === name && state.entry.index === index ? state.entry.details : null;
  const failure = state.entry?.failure ?? null;
  if (entry === undefined && details === null) return html`<p class="quiet">${missingWords(view, name, index)}</p>`;
  const term = entry?.term ?? details?.term ?? 0;
  return html`<div class="facts-head"><h3>${t("Entry {0} of {1}", index, name)}</h3>${menuButton({ kind: "entry", server: name, index }, actions)}</div>
    <dl class="facts">
      <div><dt>${t("Term")}</dt><dd>${term}</dd></div>
      <div><dt>${t("Command")}</dt><dd>${entry?.text ?? details?.text ?? ""}</dd></div>
      ${
        entry === undefined
          ? nothing
          : html`<div><dt>${t("On disk")}</dt><dd>${storedWords(entry.stored)}</dd></div>
            <div><dt>${t("Committed")}</dt><dd>${entry.committed ? t("yes") : t("not yet")}</dd></div>
            <div><dt>${t("Applied")}</dt><dd>${entry.applied ? t("yes") : t("not yet")}</dd></div>`
      }
      ${details === null ? nothing : made(details, actions)}
    </dl>
    ${details === null ? nothing : holders(details, actions)}
    ${failure === null ? nothing : html`<p class="failure">${failure}</p>`}`;
}

function made({ operation, revision }: EntryDetailsView, actions: Actions) {
  return html`${
    operation === null
      ? nothing
      : html`<div><dt>${t("Asked for by")}</dt><dd><button type="button" class="link" @click=${() => actions.move({ kind: "event", eventId: operation.began.eventId })}>${t("{0}, at {1}", operation.client, formatTime(operation.began.timeUs))}</button></dd></div>`
  }${revision === null ? nothing : html`<div><dt>${t("Revision it made")}</dt><dd>${revision}</dd></div>`}`;
}

function holders({ servers, truncated }: EntryDetailsView, actions: Actions) {
  return html`<div class="scroll-x" tabindex="0" role="region" aria-label=${t("The entry at each server")}>
      <table class="plain holders">
        <caption>${t("The entry at each server")}</caption>
        <thead>
          <tr><th scope="col">${t("server")}</th><th scope="col">${t("has")}</th><th scope="col">${t("appended")}</th><th scope="col">${t("durable")}</th><th scope="col">${t("committed, applied")}</th></tr>
        </thead>
        <tbody>
          ${servers.map(
            (at) =>
              html`<tr><th scope="row">${at.server}</th><td>${holdsWords(at)}</td><td>${moment(at.appended, actions)}</td><td>${moment(at.durable, actions)}</td><td>${moment(at.committed, actions)}</td></tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${truncated ? html`<p class="quiet">${t("What lies further back than 300,000 events was not looked for.")}</p>` : nothing}`;
}

function holdsWords({ holds, term }: EntryAtServerView): string {
  switch (holds) {
    case "entry":
      return t("this entry");
    case "snapshot":
      return t("its snapshot covers it");
    case "other":
      return t("another, of term {0}", term ?? 0);
    case "nothing":
      return t("nothing");
  }
}

function moment(at: Moment | null, actions: Actions) {
  if (at === null) return html`<span class="quiet">–</span>`;
  return html`<button type="button" class="link" title=${t("Move the cursor to event {0}", at.eventId)} @click=${() => actions.move({ kind: "event", eventId: at.eventId })}>${formatTime(at.timeUs)}</button>`;
}

function missingWords(view: ClusterView, name: string, index: number): string {
  return view.servers.some((server) => server.name === name && server.firstIndex > index)
    ? t("{0} has no entry {1} at this moment: its snapshot covers it.", name, index)
    : t("{0} has no entry {1} at this moment.", name, index);
}
