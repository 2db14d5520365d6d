/** The player's page: its head, and the panels beside the scenario. */
import { html, nothing, svg, type TemplateResult } from "lit";
import { icon, iconButton } from "../media/shared/icon.js";
import { t } from "../server/src/l10n/text.js";
import type { PanelKind } from "../server/src/protocol/webview.js";
import { formatCount, formatTime } from "../server/src/view-model/time.js";
import type { PlayerActions, PlayerState, SideName } from "./model.js";
import type { PlayedRun } from "./played-run.js";

/** What stands beside the panels, drawn. */
export type Sides = Readonly<Record<SideName, () => TemplateResult>>;

/** The name of a panel on its tab. */
export function panelTitle(panel: PanelKind): string {
  const titles: Readonly<Record<PanelKind, string>> = {
    cluster: t("Cluster"),
    diagram: t("Messages"),
    history: t("Client history"),
    compare: t("Comparison"),
  };
  return titles[panel];
}

/** The page while the run is made anew. */
export function loadingPage(title: string, { progress }: PlayerState): TemplateResult {
  const { events, ofEvents } = progress ?? { events: 0, ofEvents: 0 };
  return html`<main class="loading-page">
    ${mark()}
    <h1>${title}</h1>
    <p class="quiet">${t("Running the scenario anew: {0} of {1} events", formatCount(Math.min(events, ofEvents)), formatCount(ofEvents))}</p>
    <progress max=${Math.max(1, ofEvents)} .value=${Math.min(events, ofEvents)} aria-label=${t("Events")}></progress>
  </main>`;
}

/** The page when there is nothing to play. */
export function brokenPage(message: string): TemplateResult {
  return html`<main class="loading-page">${mark()}
    <h1>${t("This run cannot be shown")}</h1>
    <p role="alert">${message}</p>
  </main>`;
}

/** The page of a run that is there. */
export function playerPage(
  run: PlayedRun,
  state: PlayerState,
  actions: PlayerActions,
  sides: Sides,
  panels: readonly PanelKind[],
): TemplateResult {
  return html`
    ${head(run, state)} ${differs(run, state)} ${notice(state, actions)}
    <main class="stage" data-front=${state.front}>
      <div class="tabs panels" role="tablist" aria-label=${t("Panels")} @keydown=${onTabKey}>
        ${panels.map((panel) => tab(panelTitle(panel), "panel", isChosen(state, "panel") && state.panel === panel, () => actions.showPanel(panel)))}
      </div>
      <div class="tabs sides" role="tablist" aria-label=${t("Scenario and result")} @keydown=${onTabKey}>
        ${tab(t("Scenario"), "side", isChosen(state, "side") && state.side === "scenario", () => actions.showSide("scenario"))}
        ${tab(t("Result"), "side", isChosen(state, "side") && state.side === "result", () => actions.showSide("result"))}
      </div>
      <div class="panel" id="panel" role="tabpanel" aria-label=${panelTitle(state.panel)}></div>
      <div class="side" id="side" role="tabpanel" tabindex="0" aria-label=${state.side === "scenario" ? t("Scenario") : t("Result")}>
        ${sides[state.side]()}
      </div>
    </main>`;
}

/** In a narrow window one of the two is in front, and the tabs of the other are not the chosen ones. */
function isChosen({ narrow, front }: PlayerState, side: PlayerState["front"]): boolean {
  return !narrow || front === side;
}

function tab(title: string, controls: string, chosen: boolean, choose: () => void): TemplateResult {
  return html`<button type="button" class="tab" role="tab" aria-selected=${String(chosen)} aria-controls=${controls}
    tabindex=${chosen ? 0 : -1} @click=${choose}>${title}</button>`;
}

/** Arrows, Home and End move among the tabs; a list in which none is chosen is entered by its first. */
function onTabKey(event: KeyboardEvent): void {
  const { currentTarget, target, key } = event;
  if (!(currentTarget instanceof HTMLElement)) return;
  const tabs = [...currentTarget.querySelectorAll<HTMLElement>("[role=tab]")];
  const at = target instanceof HTMLElement ? tabs.indexOf(target) : -1;
  const goals: Readonly<Record<string, number>> = {
    ArrowRight: at + 1,
    ArrowLeft: at - 1,
    Home: 0,
    End: tabs.length - 1,
  };
  const goal = goals[key];
  if (goal === undefined || at < 0) return;
  event.preventDefault();
  const next = tabs[(goal + tabs.length) % tabs.length];
  next?.focus();
  next?.click();
}

function head(run: PlayedRun, state: PlayerState): TemplateResult {
  const { source, recording } = run;
  const fact = (name: string, value: string, extra: TemplateResult | typeof nothing = nothing) =>
    html`<div><dt>${name}</dt><dd>${value}${extra}</dd></div>`;
  const same =
    state.exact === true
      ? html`<span class="same" title=${t("This run gave the very trace that was exported.")}>${icon("pass")}${t("as exported")}</span>`
      : nothing;
  return html`<header class="head">
    ${mark()}
    <div class="title"><h1>${source.title}</h1>${badge(run)}</div>
    <dl class="facts">
      ${source.file === null ? nothing : fact(t("File"), source.file)}
      ${fact(t("Seed"), String(source.seed))}
      ${source.settings.length === 0 ? nothing : fact(t("Settings"), source.settings.join(", "))}
      ${fact(t("Events"), formatCount(recording.log.count))}
      ${fact(t("Virtual time"), formatTime(recording.world.nowUs))}
      ${fact(t("Trace"), recording.log.hash, same)}
    </dl>
  </header>`;
}

/** Said loudly: what is shown is not what was exported. */
function differs(run: PlayedRun, { exact }: PlayerState): TemplateResult | typeof nothing {
  if (exact !== false) return nothing;
  return html`<div class="banner error differs" role="alert">${icon("error")}<span>
    <strong>${t("This is not the run that was exported.")}</strong>
    ${t("The file tells of the trace {0}, and the run gave {1}. The file was changed, or this browser computes differently: do not rely on what is shown.", run.source.traceHash, run.recording.log.hash)}
  </span></div>`;
}

function notice({ notice: word }: PlayerState, actions: PlayerActions): TemplateResult | typeof nothing {
  if (word === null) return nothing;
  return html`<div class="banner ${word.kind}" role=${word.kind === "error" ? "alert" : "status"}>
    ${icon(word.kind)}<span>${word.text}</span>${iconButton("close", t("Dismiss"), actions.dismiss)}
  </div>`;
}

function badge({ verdict, source }: PlayedRun): TemplateResult {
  const show = (name: string, sign: string, text: string) =>
    html`<span class="verdict ${name}">${icon(sign)}${text}</span>`;
  switch (verdict) {
    case null:
      return show("unproven", "circle-slash", source.kind === "live" ? t("stopped") : t("cancelled"));
    case "pass":
      return show("pass", "pass-filled", t("pass"));
    case "fail":
      return show("fail", "error", t("fail"));
    case "unproven":
      return show("unproven", "question", t("unproven"));
  }
}

function mark(): TemplateResult {
  return html`<svg class="product" viewBox="0 0 24 24" role="img" aria-label="Raft Lab">${svg`
    <path d="M9.1 6.6 6.4 13.4M14.9 6.6l2.7 6.8M8.4 17h7.2" />
    <circle class="leader" cx="12" cy="5" r="3.1" /><circle cx="5.2" cy="17" r="2.8" /><circle cx="18.8" cy="17" r="2.8" />`}</svg>`;
}
