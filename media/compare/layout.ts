/** The comparison as a whole: which two runs, what made them differ, where they part, and what each comes to. */
import { html, nothing, type TemplateResult } from "lit";
import { t } from "../../server/src/l10n/text.js";
import type { SessionInfo } from "../../server/src/protocol/session.js";
import { SIDES, type Side } from "../../server/src/view-model/compare/frame.js";
import { headline, inputsHeading } from "../../server/src/view-model/compare/words.js";
import { sessionTitle } from "../../server/src/view-model/session-title.js";
import { formatCount, formatTime } from "../../server/src/view-model/time.js";
import { icon, iconButton } from "../shared/icon.js";
import { serverBanner } from "../shared/states.js";
import { verdict } from "../shared/verdict.js";
import type { CompareActions } from "./actions.js";
import { axis, sideText } from "./axis.js";
import { firstDifference, inputs } from "./difference.js";
import type { CompareState } from "./model.js";
import { clusters, milestones } from "./tables.js";

/** Sessions that a side can be chosen from. */
const CHOICES = 100;

/** Draws everything. */
export function layout(state: CompareState, actions: CompareActions): TemplateResult {
  if (!state.known)
    return html`<p class="quiet loading">${icon("loading", "codicon-modifier-spin")} ${t("Waiting for the lab…")}</p>`;
  const { pair } = state;
  const chosen = pair.left !== null && pair.right !== null;
  return html`
    <header class="head">
      <h1>${t("Two runs side by side")}</h1>
      <div class="runs">${runCard("left", state, actions)} ${swapButton(state, actions)} ${runCard("right", state, actions)}</div>
      ${ways(state, actions)}
    </header>
    ${serverBanner(state.server, actions.tell)} ${goneBanner(state)}
    <main class=${state.server.status === "running" ? "" : "stale"}>${chosen ? body(state, actions) : choosing()}</main>`;
}

function swapButton({ pair }: CompareState, actions: CompareActions) {
  return iconButton("arrow-swap", t("Swap left and right"), actions.swap, {
    disabled: pair.left === null || pair.right === null,
    keys: "S",
  });
}

/** One of the two runs: how it is called and ended, and the list to choose another. */
function runCard(side: Side, state: CompareState, actions: CompareActions) {
  const id = state.pair[side];
  const session = state.sessions.find((each) => each.id === id) ?? (id === null ? null : (state.view?.[side] ?? null));
  return html`<section class="run" aria-label=${side === "left" ? t("Left run") : t("Right run")}>
    <div class="run-name"><span class="side-name">${sideText(side)}</span>${session === null ? nothing : verdict(session)}</div>
    ${chooser(side, session, state, actions)}
    ${
      session === null
        ? nothing
        : html`<dl class="figures">
            ${figure(t("Seed"), String(session.seed))} ${figure(t("Virtual time"), formatTime(session.timeUs))}
            ${figure(t("Events"), formatCount(session.events))}
            ${session.traceHash === null ? nothing : figure(t("Trace"), session.traceHash)}
          </dl>`
    }
  </section>`;
}

function figure(name: string, value: string) {
  return html`<div class="figure"><dt>${name}</dt><dd>${value}</dd></div>`;
}

function chooser(side: Side, session: SessionInfo | null, { sessions }: CompareState, actions: CompareActions) {
  const shown = sessions.slice(0, CHOICES);
  const listed = session === null || shown.some(({ id }) => id === session.id) ? shown : [session, ...shown];
  return html`<select class="chooser" aria-label=${side === "left" ? t("Which run on the left") : t("Which run on the right")}
    @change=${(event: Event) => {
      if (event.target instanceof HTMLSelectElement && event.target.value !== "")
        actions.choose(side, event.target.value);
    }}>
    ${session === null ? html`<option value="" selected>${t("Choose a run…")}</option>` : nothing}
    ${listed.map((each) => html`<option value=${each.id} ?selected=${each.id === session?.id} .selected=${each.id === session?.id}>${optionText(each)}</option>`)}
  </select>`;
}

function optionText(session: SessionInfo): string {
  return t("{0}, seed {1}, {2} events", sessionTitle(session), session.seed, formatCount(session.events));
}

/** Other runs to compare the left one with. */
function ways({ pair, sessions, view }: CompareState, actions: CompareActions) {
  const left = sessions.find(({ id }) => id === pair.left) ?? view?.left;
  if (left === undefined || left.kind === "live") return nothing;
  const button = (name: string, title: string, text: string, press: () => void, disabled = false) =>
    html`<button type="button" class="way" title=${title} ?disabled=${disabled} @click=${press}>${icon(name)}${text}</button>`;
  return html`<div class="ways" role="group" aria-label=${t("Compare the left run with")}>
    <span class="quiet">${t("Compare the left run with")}</span>
    ${button("symbol-number", t("The same text and settings with another seed"), t("another seed…"), () => actions.compareWith("seed"))}
    ${button("settings", t("The same text and seed with one setting or rule flipped"), t("one setting flipped…"), () => actions.compareWith("setting"))}
    ${button("edit", t("The present text with the same seed and settings"), t("the file as it is now"), () => actions.compareWith("file"), left.uri === null)}
    ${view === null ? nothing : button("copy", t("The whole comparison as text"), t("copy as text"), actions.copy)}
  </div>`;
}

function goneBanner({ gone }: CompareState) {
  const side = SIDES.find((each) => gone[each]);
  if (side === undefined) return nothing;
  const text =
    side === "left"
      ? t("The run on the left was deleted. This is what was known of it; choose another run above.")
      : t("The run on the right was deleted. This is what was known of it; choose another run above.");
  return html`<div class="banner info" role="status">${icon("trash")}<span>${text}</span></div>`;
}

function choosing() {
  return html`<div class="choose-hint">
    <svg class="choose-sign" viewBox="0 0 96 48" aria-hidden="true">
      <path d="M4 24H40" /><path d="M40 24L60 10H92" /><path class="other" d="M40 24L60 38H92" /><circle cx="40" cy="24" r="4" />
    </svg>
    <h2>${t("Choose two runs")}</h2>
    <p>${t("Take two runs above: of one scenario with two seeds, with a setting flipped, or from before and after an edit. Their first difference is found and explained here.")}</p>
  </div>`;
}

function body(state: CompareState, actions: CompareActions) {
  const { view, failure } = state;
  if (failure !== null) {
    return html`<div class="banner error" role="alert">${icon("error")}<span>${failure} ${t("Choose another run above.")}</span></div>`;
  }
  if (view === null)
    return html`<p class="quiet loading">${icon("loading", "codicon-modifier-spin")} ${t("Comparing two runs")}</p>`;
  const equal = view.trace.kind === "equal";
  return html`
    <p class="headline ${equal ? "equal" : ""}" role="status">${icon(equal ? "check-all" : "git-compare")}<span>${headline(view)}</span></p>
    <div class="sections">
      ${section("inputs", inputsHeading(view), inputs(state, actions))}
      ${equal ? nothing : section("first", t("First difference"), firstDifference(state, actions))}
      ${section("time", t("One axis of time"), axis(state, actions))}
      ${section("clusters", t("Both clusters at the cursor"), clusters(state))}
      ${section("milestones", t("What each comes to"), milestones(state, actions))}
    </div>`;
}

function section(name: string, title: string, content: TemplateResult | typeof nothing) {
  return html`<section class="section section-${name}" aria-labelledby="heading-${name}">
    <h2 id="heading-${name}">${title}</h2>${content}
  </section>`;
}
