/** What made two runs differ, and their first difference with its reasons. */
import { html, nothing, type TemplateResult } from "lit";
import { t } from "../../server/src/l10n/text.js";
import type { ComparedTrace, InputDifference } from "../../server/src/protocol/comparison.js";
import type { EventView } from "../../server/src/protocol/event-view.js";
import { SIDES, type Side } from "../../server/src/view-model/compare/frame.js";
import { inputName, inputText, noInputs } from "../../server/src/view-model/compare/words.js";
import { formatTime } from "../../server/src/view-model/time.js";
import { icon } from "../shared/icon.js";
import { CATEGORY_ICONS, lineLink, whyAnswer } from "../shared/why.js";
import type { CompareActions } from "./actions.js";
import { sideText } from "./axis.js";
import type { CompareState } from "./model.js";

/** What the two runs were made from that is not the same. */
export function inputs({ view }: CompareState, actions: CompareActions): TemplateResult | typeof nothing {
  if (view === null) return nothing;
  if (view.inputs.length === 0) return html`<p>${noInputs(view)}</p>`;
  return html`<ul class="inputs">
    ${view.inputs.map((input) => html`<li>${inputSign(input)}<span>${inputText(input)}</span>${edits(input, actions)}</li>`)}
  </ul>`;
}

function inputSign(input: InputDifference) {
  if (input.kind === "seed" || input.kind === "setting") {
    return html`<span class="input-chip"><code>${inputName(input)}</code>
      <span class="input-values"><b>${input.left}</b><span aria-hidden="true">│</span><b>${input.right}</b></span></span>`;
  }
  return html`<span class="input-chip"><code>${inputName(input)}</code></span>`;
}

/** Lines that only one of two texts has, as a diff writes them. */
function edits(input: InputDifference, actions: CompareActions) {
  if (input.kind !== "text") return nothing;
  return html`<ol class="edits">
    ${input.edits.map(
      ({ side, line, text }) => html`<li class="edit ${side}">
        <span class="edit-sign" aria-label=${side === "left" ? t("only on the left") : t("only on the right")}>${side === "left" ? "−" : "+"}</span>
        <button type="button" class="link edit-line" @click=${() => actions.reveal(side, line)}>${t("line {0}", line)}</button>
        <code>${text}</code>
      </li>`,
    )}
    ${input.more > 0 ? html`<li class="quiet">${t("… and {0} more.", input.more)}</li>` : nothing}
  </ol>`;
}

/** The first difference: what happens in each run, why, and how the one relates to the other. */
export function firstDifference(state: CompareState, actions: CompareActions): TemplateResult | typeof nothing {
  const trace = state.view?.trace;
  if (trace?.kind !== "different") return nothing;
  return html`
    <div class="sides">${SIDES.map((side) => card(side, trace[side], state, actions))}</div>
    ${contents(trace)}
    ${trace.sentences.length === 0 ? nothing : html`<ul class="sentences">${trace.sentences.map((sentence) => html`<li>${sentence}</li>`)}</ul>`}
    <details class="whys" .open=${state.whyOpen} @toggle=${(event: Event) => {
      const { currentTarget } = event;
      if (currentTarget instanceof HTMLDetailsElement && currentTarget.open !== state.whyOpen)
        actions.showWhys(currentTarget.open);
    }}>
      <summary>${icon("chevron-right")}<h3>${t("Why, in both runs")}</h3></summary>
      ${state.whyOpen ? html`<div class="sides">${SIDES.map((side) => chain(side, state, actions))}</div>` : nothing}
    </details>`;
}

function card(side: Side, event: EventView | null, state: CompareState, actions: CompareActions) {
  if (event === null) {
    return html`<section class="side-card" aria-label=${sideText(side)}>
      <h3 class="side-name">${sideText(side)}</h3><p class="quiet">${t("The run has ended.")}</p>
    </section>`;
  }
  const reveal = state.view?.[side].uri == null ? null : (line: number) => actions.reveal(side, line);
  const go = (id: number) => actions.go(side, id, event.timeUs);
  return html`<section class="side-card" aria-label=${sideText(side)}>
    <h3 class="side-name">${sideText(side)}</h3>
    <p class="event-title">${icon(CATEGORY_ICONS[event.category])}
      <button type="button" class="link" @click=${() => go(event.id)}>${event.title}</button></p>
    <p class="event-where quiet"><span>${formatTime(event.timeUs)}</span><span>${t("event {0}", event.id)}</span>
      ${lineLink(event.line, { go, reveal })}
      <button type="button" class="link" @click=${() => actions.open(side, event.id, event.timeUs)}>${t("show the cluster")}</button></p>
    ${event.reason === null ? nothing : html`<p class="reason">${event.reason}</p>`}
  </section>`;
}

function contents(trace: ComparedTrace & { readonly kind: "different" }) {
  if (trace.contents.length === 0) return nothing;
  return html`<table class="contents">
    <caption>${t("The same kind of event at the same time, with other contents")}</caption>
    <thead><tr><th scope="col">${t("part")}</th><th scope="col">${t("left")}</th><th scope="col">${t("right")}</th></tr></thead>
    <tbody>${trace.contents.map(
      ({ name, left, right }) =>
        html`<tr><th scope="row">${name}</th><td>${left || "–"}</td><td>${right || "–"}</td></tr>`,
    )}</tbody>
  </table>`;
}

function chain(side: Side, state: CompareState, actions: CompareActions) {
  const answer = state.whys[side];
  const trace = state.view?.trace;
  const event = trace?.kind === "different" ? trace[side] : null;
  const reveal = state.view?.[side].uri == null ? null : (line: number) => actions.reveal(side, line);
  return html`<section class="side-card" aria-label=${t("Why, {0}", sideText(side))}>
    <h3 class="side-name">${sideText(side)}</h3>
    ${
      event === null
        ? html`<p class="quiet">${t("The run has ended.")}</p>`
        : answer === null || answer.kind === "asked"
          ? html`<p class="quiet">${icon("loading", "codicon-modifier-spin")} ${t("Loading…")}</p>`
          : answer.kind === "failed"
            ? html`<p>${answer.message}</p>`
            : whyAnswer(answer.why, {
                ask: null,
                copy: null,
                go: (id) => {
                  const link = answer.why.links.find((each) => each.id === id);
                  actions.go(side, id, link?.timeUs ?? 0);
                },
                reveal,
              })
    }
  </section>`;
}
