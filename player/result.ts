/** How the run ended: the verdict, what failed and why, what was broken, and how to run it again. */
import { html, nothing, type TemplateResult } from "lit";
import { icon, iconButton } from "../media/shared/icon.js";
import { t } from "../server/src/l10n/text.js";
import type { Verdict } from "../server/src/protocol/session.js";
import { reproduceLine } from "../server/src/scenario/reproduce.js";
import { why, whyLines } from "../server/src/trace/why/chain.js";
import { formatCount, formatTime } from "../server/src/view-model/time.js";
import type { PlayerActions, PlayerState } from "./model.js";
import type { PlayedRun } from "./played-run.js";

/** Causes shown of what failed; the panel has the rest. */
const CAUSES = 12;

/** The page about the result. */
export function resultView(run: PlayedRun, state: PlayerState, actions: PlayerActions): TemplateResult {
  const failed = run.steps.filter(({ ok }) => !ok);
  const broken = run.violations.filter(({ expected }) => !expected);
  const asked = run.violations.filter(({ expected }) => expected);
  return html`<div class="result">
    ${headline(run, failed.length + broken.length)}
    ${failed.map(({ line, result, eventId, timeUs }) => found(run, t("Line {0} failed", line), result, eventId, timeUs, actions))}
    ${broken.map(({ property, message, eventId, timeUs }) => found(run, t("{0} is broken", property), message, eventId, timeUs, actions))}
    ${asked.length === 0 ? nothing : html`<h2>${t("Violations that the scenario asked for")}</h2>`}
    ${asked.map(({ property, message, eventId, timeUs }) => found(run, property, message, eventId, timeUs, actions, "asked"))}
    ${again(run, actions)}
    <h2>${t("About this file")}</h2>
    <p>${t("It holds the scenario and the simulator, not the trace: your browser ran it anew, {0} events in {1} ms, and nothing was loaded from anywhere.", formatCount(run.recording.log.count), formatCount(state.tookMs))}</p>
    <dl class="facts">
      <div><dt>${t("Trace exported")}</dt><dd><code>${run.source.traceHash}</code></dd></div>
      <div><dt>${t("Trace of this run")}</dt><dd><code>${run.recording.log.hash}</code></dd></div>
    </dl>
  </div>`;
}

function headline({ verdict, violations }: PlayedRun, problems: number): TemplateResult {
  return html`<p class="headline">${headlineText(verdict, violations.length > 0, problems)}</p>`;
}

function headlineText(verdict: Verdict | null, broken: boolean, problems: number): string {
  switch (verdict) {
    case null:
      return t("It was stopped before its end: what had happened until then is here.");
    case "pass":
      return broken
        ? t("Everything that the scenario demands holds, the violations that it asked for among it.")
        : t("Everything that the scenario demands holds, and every safety property was kept.");
    case "unproven":
      return t("Nothing failed, but a checker ran out of its budget: the result is not proven.");
    case "fail":
      return problems === 1 ? t("One thing went wrong:") : t("{0} things went wrong:", problems);
  }
}

function found(
  run: PlayedRun,
  title: string,
  text: string,
  eventId: number,
  timeUs: number,
  actions: PlayerActions,
  kind: "wrong" | "asked" = "wrong",
): TemplateResult {
  const causes = eventId < 0 ? [] : whyLines(why(run.recording, eventId));
  return html`<section class="found ${kind}">
    <h2>${icon(kind === "wrong" ? "error" : "info")}${title}</h2>
    <p>${text}</p>
    ${
      eventId < 0
        ? nothing
        : html`<p><button type="button" class="link" @click=${() => actions.goToEvent(eventId)}>${t("Go to event {0}, at {1}", formatCount(eventId), formatTime(timeUs))}</button></p>
      <details class="chain"><summary>${icon("chevron-right")}${t("Why?")}</summary>
        <ol>${causes.slice(0, CAUSES).map((cause) => html`<li>${cause}</li>`)}</ol>
        ${causes.length > CAUSES ? html`<p class="quiet">${t("… and {0} more.", causes.length - CAUSES)}</p>` : nothing}
      </details>`
    }
  </section>`;
}

function again(run: PlayedRun, actions: PlayerActions): TemplateResult | typeof nothing {
  const line = reproduceLine(run.source);
  if (line === null) return nothing;
  return html`<h2>${t("Run it again")}</h2>
    <p class="shell"><code>${line}</code>${iconButton("copy", t("Copy the line"), () => actions.copy(line))}</p>`;
}
