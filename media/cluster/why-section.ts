/** What can be asked about what is picked, and the answer with the way back to earlier ones. */
import { html, nothing } from "lit";
import { t } from "../../server/src/l10n/text.js";
import type { ClusterView } from "../../server/src/protocol/cluster-view.js";
import { questionsOf } from "../../server/src/view-model/questions.js";
import { icon, iconButton } from "../shared/icon.js";
import { type EventLinks, questionList, whyAnswer } from "../shared/why.js";
import type { Actions } from "./actions.js";
import type { ClusterState } from "./model.js";

/** The questions about what is picked, or about the cluster where nothing is. */
export function questions({ selection }: ClusterState, view: ClusterView, actions: Actions) {
  return questionList(t("Ask why"), questionsOf(selection ?? { kind: "cluster" }, view), actions.ask);
}

/** The answer to what was asked last, or to an earlier question that one went back to. */
export function whySection(state: ClusterState, links: EventLinks, actions: Actions) {
  const { why, trail } = state;
  if (why === null) return nothing;
  const { view, failure } = why;
  return html`<section class="why" aria-label=${t("Why")}>
    <div class="why-head">
      ${icon("question")}
      <h3>${view?.question ?? why.title}</h3>
      ${iconButton("arrow-left", t("Back to the question before"), () => actions.walkWhy(-1), { disabled: trail.at <= 0, keys: "Backspace" })}
      ${iconButton("arrow-right", t("Forward to the question after"), () => actions.walkWhy(1), { disabled: trail.at >= trail.asked.length - 1 })}
      ${iconButton("close", t("Close the answer"), actions.forgetWhy, { keys: "Escape" })}
    </div>
    ${failure === null ? nothing : html`<p class="failure">${failure}</p>`}
    ${view === null && failure === null ? html`<p class="quiet">${t("Looking…")}</p>` : nothing}
    ${view === null ? nothing : whyAnswer(view, { ...links, ask: actions.ask, copy: actions.copy })}
  </section>`;
}
