/** The head of the panel: which session this is, how it ended, and who leads. */

import { html, nothing, type TemplateResult } from "lit";
import { t } from "../../server/src/l10n/text.js";
import type { ClusterView } from "../../server/src/protocol/cluster-view.js";
import { leaderQuestion } from "../../server/src/view-model/questions.js";
import { sessionTitle } from "../../server/src/view-model/session-title.js";
import { termClass } from "../../server/src/view-model/term.js";
import { formatCount, formatTime } from "../../server/src/view-model/time.js";
import { icon, iconButton } from "../shared/icon.js";
import { verdict } from "../shared/verdict.js";
import type { Actions } from "./actions.js";
import type { ClusterState } from "./model.js";

/** Title, verdict and figures. */
export function header(state: ClusterState, actions: Actions): TemplateResult | typeof nothing {
  const { session, view } = state;
  if (session === null) return nothing;
  const leader = view?.servers
    .filter((server) => server.role === "leader" && server.status === "up")
    .reduce<{ name: string; term: number } | null>((best, s) => (best === null || s.term > best.term ? s : best), null);
  const term = view?.servers.reduce((most, server) => Math.max(most, server.term), 0) ?? session.term;
  return html`<header class="head">
    <div class="head-title">
      <h1>${sessionTitle(session)}</h1>
      ${verdict(session)}
    </div>
    <dl class="figures">
      ${leader == null && view !== null ? leaderless(view, actions) : figure(t("Leader"), leader == null ? t("none") : leader.name)}
      <div class="figure ${termClass(term)}"><dt>${t("Term")}</dt><dd><span class="term-chip">${term}</span></dd></div>
      ${figure(t("Event"), t("{0} of {1}", formatCount(Math.max(0, (view?.eventId ?? -1) + 1)), formatCount(session.events)))}
      ${figure(t("Virtual time"), formatTime(session.timeUs))}
      ${figure(t("Seed"), String(session.seed))}
      ${session.traceHash === null ? nothing : figure(t("Trace"), session.traceHash, "hash")}
    </dl>
    <div class="head-actions">
      ${iconButton("history", t("Open the client history"), actions.openHistory, { keys: "H" })}
      ${iconButton("list-tree", t("Open the message diagram"), actions.openDiagram, { keys: "D" })}
    </div>
  </header>`;
}

/** That there is no leader is what one asks about first. */
function leaderless(view: ClusterView, actions: Actions) {
  const question = leaderQuestion(view);
  return html`<div class="figure">
    <dt>${t("Leader")}</dt>
    <dd>${t("none")} <button type="button" class="link ask-leader" title=${question.title} aria-label=${question.title} @click=${() => actions.ask(question)}>${icon("question")}${t("why?")}</button></dd>
  </div>`;
}

function figure(name: string, value: string, extra = "") {
  return html`<div class="figure ${extra}"><dt>${name}</dt><dd>${value}</dd></div>`;
}
