/** The picked operation in full, and the watches with their verdicts. */
import { html, nothing, type TemplateResult } from "lit";
import { t } from "../../server/src/l10n/text.js";
import type { OperationDetailView, OperationStepView, WatchLaneView } from "../../server/src/protocol/history-view.js";
import type { WhyQuestion } from "../../server/src/protocol/why.js";
import { keyClass, outcomeWords } from "../../server/src/view-model/history/bars.js";
import { breachSentence, readingName, watchVerdict } from "../../server/src/view-model/history/words.js";
import { operationQuestion } from "../../server/src/view-model/questions.js";
import { formatTime } from "../../server/src/view-model/time.js";
import { icon, iconButton } from "../shared/icon.js";
import { type EventLinks, lineLink, questionList, whyAnswer } from "../shared/why.js";
import type { HistoryActions } from "./actions.js";
import type { HistoryState } from "./model.js";

/** What one can do from the words of events. */
export function eventLinks({ session }: HistoryState, actions: HistoryActions): EventLinks {
  return {
    go: (eventId) => actions.move({ kind: "event", eventId }),
    reveal: session?.uri == null ? null : (line) => actions.reveal(line),
  };
}

const STEP_ICONS: Readonly<Record<OperationStepView["kind"], string>> = {
  invoked: "account",
  sent: "arrow-small-right",
  lost: "close",
  received: "inbox",
  appended: "list-ordered",
  committed: "pass",
  applied: "database",
  answered: "arrow-small-left",
  returned: "account",
};

/** The details of the picked operation. */
export function details(state: HistoryState, actions: HistoryActions): TemplateResult {
  const { detail, picked } = state;
  if (picked === null || detail === null || detail.operation.number !== picked) {
    return html`<p class="quiet">${t("Pick an operation: here are its fields, the Raft events behind it, and why it ended as it did.")}</p>`;
  }
  const { operation, fields, steps, reservation } = detail;
  const links = eventLinks(state, actions);
  const end = operation.returnEvent;
  const first = steps[0]?.event ?? null;
  return html`<section aria-label=${t("Operation")} data-detail=${operation.number} class=${keyClass(operation)}>
    <div class="detail-head">
      <h2><span class="key-swatch" aria-hidden="true"></span>${operation.client} ${operation.text}</h2>
      <span class="row-tight">${iconButton("zoom-in", t("Zoom to this operation"), () => actions.zoomTo(), { keys: "Z" })}
      ${iconButton("close", t("Close"), () => actions.pick(null), { keys: "Escape" })}</span>
    </div>
    <dl class="facts">
      ${fact(t("outcome"), outcomeWords(operation))} ${operation.revision === null ? nothing : fact(t("revision"), String(operation.revision))}
      ${readingName(operation) === null ? nothing : fact(t("kind"), readingName(operation) ?? "")}
      ${fields.map(({ name, value }) => fact(name, value))}
    </dl>
    ${reservation === null ? nothing : html`<p class="reason">${reservation}</p>`}
    <p class="row">
      ${end === null ? nothing : html`<vscode-button secondary @click=${() => actions.why(end)}>${t("Why this outcome?")}</vscode-button>`}
      ${first === null ? nothing : lineLink(first.line, links)}
    </p>
    ${questionList(t("Ask why"), [ownQuestion(detail, state)], actions.ask)}
    ${why(state, links, actions)}
    <h3>${t("The events behind it")}</h3>
    <ol class="steps">${steps.map((step) => stepRow(step, state, links))}</ol>
  </section>`;
}

function fact(name: string, value: string) {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

function stepRow({ kind, text, event }: OperationStepView, { session }: HistoryState, links: EventLinks) {
  const here = session?.cursor === event.id;
  return html`<li class="step ${kind} ${here ? "here" : ""}">
    ${icon(STEP_ICONS[kind])}
    <button type="button" class="link" aria-current=${here ? "step" : nothing} title=${t("Move the cursor to event {0}: {1}", event.id, event.title)} @click=${() => links.go(event.id)}>${text}</button>
    <span class="quiet when">${formatTime(event.timeUs)}</span>
  </li>`;
}

/** Why it has, or has not, its answer: at the moment of that, or at the one shown. */
function ownQuestion({ operation }: OperationDetailView, { session }: HistoryState): WhyQuestion {
  const { number, client, text, returnEvent } = operation;
  const eventId = returnEvent ?? session?.cursor ?? Math.max(0, (session?.events ?? 1) - 1);
  const returned = returnEvent !== null;
  return operationQuestion({ kind: "operation", operation: number, client, text, returned }, { eventId });
}

function why({ why: asked }: HistoryState, links: EventLinks, actions: HistoryActions) {
  if (asked === null) return nothing;
  return html`<section class="why" aria-label=${t("Why")}>
    ${asked.failure === null ? nothing : html`<p class="failure">${asked.failure}</p>`}
    ${asked.view === null ? nothing : html`<h3>${asked.view.question}</h3>${whyAnswer(asked.view, { ...links, ask: actions.ask, copy: null })}`}
  </section>`;
}

/** The watches in words: what each asked for, how far it came, and which promises were kept. */
export function watchList({ view }: HistoryState, actions: HistoryActions): TemplateResult | typeof nothing {
  if (view === null || view.watches.length === 0) return nothing;
  return html`<section class="watches" aria-label=${t("Watches")}>
    <h2>${t("Watches")}</h2>
    <ul>${view.watches.map((watch) => watchItem(watch, actions))}</ul>
    ${view.moreWatches === 0 ? nothing : html`<p class="quiet">${t("and {0} more", view.moreWatches)}</p>`}
  </section>`;
}

function watchItem(watch: WatchLaneView, actions: HistoryActions) {
  const broken = watch.breaches.length > 0;
  return html`<li class="watch-item ${broken ? "broken" : ""}">
    <div class="watch-head">${icon("eye")}<strong>${watch.name}</strong><span class="quiet">${watch.client} ${watch.request}</span></div>
    <p>${icon(watch.verdicts === null ? "question" : broken ? "error" : "pass")} ${watchVerdict(watch)}<span class="quiet"> · ${received(watch)}</span></p>
    ${
      watch.verdicts === null
        ? nothing
        : html`<ul class="guarantees" aria-label=${t("Guarantees")}>${watch.verdicts.map(({ guarantee, broken: times }) => html`<li class=${times > 0 ? "broken" : "kept"}>${icon(times > 0 ? "close" : "check")}${guarantee}<span class="visually-hidden">${times > 0 ? t("broken") : t("kept")}</span></li>`)}</ul>`
    }
    ${broken ? html`<ul class="breaches">${watch.breaches.slice(0, 8).map((breach) => html`<li><button type="button" class="link" title=${t("Move the cursor to event {0}", breach.eventId)} @click=${() => actions.move({ kind: "event", eventId: breach.eventId })}>${breachSentence(breach)}</button></li>`)}</ul>` : nothing}
  </li>`;
}

function received({ received: changes, connections }: WatchLaneView): string {
  const told = changes === 1 ? t("1 change received") : t("{0} changes received", changes);
  return connections > 1 ? t("{0}, {1} connections", told, connections) : told;
}
