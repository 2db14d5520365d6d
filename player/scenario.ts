/** The scenario's text: what each line gave, the line at the cursor, and from a line to its first event. */
import { html, nothing, type TemplateResult } from "lit";
import { icon } from "../media/shared/icon.js";
import { t } from "../server/src/l10n/text.js";
import { eventOfLine } from "../server/src/trace/lines.js";
import { formatTime } from "../server/src/view-model/time.js";
import { highlighted, type Stretch } from "./highlight.js";
import type { PlayerActions, PlayerState } from "./model.js";
import type { PlayedRun } from "./played-run.js";

/** A line as it is shown. */
export interface ScenarioLine {
  readonly number: number;
  readonly stretches: readonly Stretch[];
  /** Whether it caused something in this run. */
  readonly caused: boolean;
  /** What its step gave the last time, if it gave something. */
  readonly result: string | null;
  readonly failed: boolean;
}

/** The lines of a run's text; made once, when it has run. */
export function scenarioLines(run: PlayedRun): readonly ScenarioLine[] {
  const { text } = run.source;
  if (text === null) return [];
  const results = new Map<number, { readonly result: string; readonly failed: boolean }>();
  for (const { line, ok, result } of run.steps) {
    // A step in a loop that failed once has failed.
    if (results.get(line)?.failed !== true) results.set(line, { result, failed: !ok });
  }
  for (const { line, expected, property } of run.violations) {
    if (line !== null && !expected) results.set(line, { result: t("{0} is broken", property), failed: true });
  }
  return highlighted(text).map((stretches, at) => {
    const number = at + 1;
    const given = results.get(number);
    return {
      number,
      stretches,
      caused: eventOfLine(run.recording, number) >= 0,
      result: given === undefined || given.result === "ok" ? null : given.result,
      failed: given?.failed ?? false,
    };
  });
}

/** The text, and of a live session what was done by hand. */
export function scenarioView(
  run: PlayedRun,
  lines: readonly ScenarioLine[],
  state: PlayerState,
  actions: PlayerActions,
): TemplateResult {
  return html`${steps(run, state, actions)}
    ${
      lines.length === 0
        ? html`<p class="quiet pad">${t("This cluster was started from nothing: there is no scenario file.")}</p>`
        : html`<ol class="lines" aria-label=${t("Scenario {0}", run.source.file ?? "")}>
            ${lines.map((line) => lineRow(line, state.line === line.number, actions))}
          </ol>`
    }`;
}

function lineRow(line: ScenarioLine, here: boolean, actions: PlayerActions): TemplateResult {
  const { number, stretches, caused, result, failed } = line;
  const code = html`<code>${stretches.map(({ text, look }) => (look === "" ? text : html`<span class=${look}>${text}</span>`))}</code>`;
  const given =
    result === null
      ? nothing
      : html`<span class="given ${failed ? "failed" : ""}">${failed ? icon("error") : nothing}<span>=> ${result}</span></span>`;
  const content = html`<span class="gutter">${number}</span><span class="code">${code}${given}</span>`;
  const current = here ? "true" : nothing;
  return html`<li class=${here ? "here" : ""} data-line=${number} aria-current=${current}>
    ${
      caused
        ? html`<button type="button" class="line" title=${t("Go to the first event of line {0}", number)} @click=${() => actions.goToLine(number)}>${content}</button>`
        : html`<div class="line">${content}</div>`
    }
  </li>`;
}

function steps(run: PlayedRun, { cursor }: PlayerState, actions: PlayerActions): TemplateResult | typeof nothing {
  const { live } = run.source;
  if (live === null) return nothing;
  const { log } = run.recording;
  const now = cursor === null || cursor < 0 ? -1 : log.timeUs(cursor);
  const done = live.steps.filter(({ timeUs }) => timeUs <= now).length - 1;
  return html`<section class="hand" aria-label=${t("Steps done by hand")}>
    <h2>${t("Steps done by hand")}</h2>
    ${live.steps.length === 0 ? html`<p class="quiet">${t("None: the cluster was left to itself.")}</p>` : nothing}
    <ol class="hand-steps">
      ${live.steps.map(
        (
          { text, timeUs },
          at,
        ) => html`<li class=${at === done ? "here" : ""} aria-current=${at === done ? "true" : nothing}>
          <button type="button" class="hand-step" @click=${() => actions.goToTime(timeUs)}>
            <span class="when">${formatTime(timeUs)}</span><code>${text}</code>
          </button>
        </li>`,
      )}
    </ol>
  </section>`;
}
