/** Answers to "why?": what is so and what it rests on, as a list to walk along; and the questions that can be asked. */
import { html, nothing, type TemplateResult } from "lit";
import { t } from "../../server/src/l10n/text.js";
import type { EventView } from "../../server/src/protocol/event-view.js";
import type { EventId } from "../../server/src/protocol/session.js";
import type { WhyLink, WhyQuestion, WhyView, WhyWait } from "../../server/src/protocol/why.js";
import { formatTime } from "../../server/src/view-model/time.js";
import { sectionTooltip, sectionWords } from "../../server/src/view-model/why/paper.js";
import { answerLines, sinceWords } from "../../server/src/view-model/why/text.js";
import { icon } from "./icon.js";

/** What one can do from an event's words. */
export interface EventLinks {
  /** Moves the cursor to the event. */
  go(eventId: EventId): void;
  /** Shows the scenario's line; absent when there is no file. */
  readonly reveal: ((line: number) => void) | null;
}

/** The icon of an event's category. */
export const CATEGORY_ICONS: Readonly<Record<EventView["category"], string>> = {
  message: "mail",
  timer: "watch",
  role: "star-full",
  log: "list-ordered",
  disk: "database",
  client: "account",
  watch: "eye",
  fault: "zap",
  step: "debug-breakpoint-function",
  note: "note",
  violation: "error",
};

/** What one can do with an answer. */
export interface WhyActions extends EventLinks {
  /** Asks one of the questions that follow; `null` where the panel cannot. */
  readonly ask: ((question: WhyQuestion) => void) | null;
  /** Puts the answer's text on the clipboard; `null` where the panel cannot. */
  readonly copy: ((text: string) => void) | null;
}

/** Links that are shown before one asks for more. */
const FIRST_LINKS = 7;

/** An answer: a sentence, what it rests on, what is still to come, and what one asks next. */
export function whyAnswer(view: WhyView, actions: WhyActions): TemplateResult {
  const { headline, sections, links, truncated, waits, questions } = view;
  // One link more is no reason to hide it.
  const shown = links.length <= FIRST_LINKS + 1 ? links : links.slice(0, FIRST_LINKS);
  const rest = links.slice(shown.length);
  const item = (link: WhyLink, at: number) => whyLink(link, at === 0 && link.because === headline, actions);
  return html`<p class="why-headline">${headline} ${sectionTags(sections)}</p>
    <ol class="causes" @keydown=${moveAmongLinks}>
      ${shown.map(item)}
    </ol>
    ${
      rest.length === 0
        ? nothing
        : html`<details class="twin why-more">
            <summary>${icon("chevron-right")}${rest.length === 1 ? t("1 earlier cause") : t("{0} earlier causes", rest.length)}</summary>
            <ol class="causes" @keydown=${moveAmongLinks}>${rest.map((link) => whyLink(link, false, actions))}</ol>
          </details>`
    }
    ${truncated ? html`<p class="quiet">${t("… and further back: go to the last event and ask again.")}</p>` : nothing}
    ${waits.length === 0 ? nothing : stillToCome(waits, actions)}
    ${questionList(t("Ask next"), questions, actions.ask)}
    ${
      actions.copy === null
        ? nothing
        : html`<p class="row"><button type="button" class="link why-copy" @click=${() => actions.copy?.(answerLines(view).join("\n"))}>${icon("copy")}${t("Copy as text")}</button></p>`
    }`;
}

/** Questions as a list of buttons; nothing where there is none, or nobody to ask. */
export function questionList(
  title: string,
  questions: readonly WhyQuestion[],
  ask: ((question: WhyQuestion) => void) | null,
): TemplateResult | typeof nothing {
  if (ask === null || questions.length === 0) return nothing;
  return html`<section class="questions" aria-label=${title}>
    <h3>${title}</h3>
    <ul class="plain-list" @keydown=${moveAmongLinks}>
      ${questions.map(
        (question) => html`<li>
          <button type="button" class="link question" data-why-step @click=${() => ask(question)}>${icon("question")}<span>${question.title}</span></button>
        </li>`,
      )}
    </ul>
  </section>`;
}

/** One step of an answer. `told`: its reason stands above as the answer. */
function whyLink(link: WhyLink, told: boolean, actions: WhyActions): TemplateResult {
  const { id, relation, text, because, sections, mechanics, steps, at, timeUs, category, line } = link;
  return html`<li class="cause ${relation}">
    <div class="cause-head">
      ${icon(CATEGORY_ICONS[category])}
      <button type="button" class="link" data-why-step @click=${() => actions.go(id)} title=${t("Move the cursor to event {0}", id)}>
        ${relation === "cause" ? html`<span class="cause-because">${t("because")} </span>` : nothing}${text}
      </button>
    </div>
    <div class="cause-where">
      ${relation === "fact" ? html`<span>${sinceWords(link)}</span>` : html`<span>${formatTime(timeUs)}</span>`}
      <span>${t("event {0}", id)}</span>
      ${at === null || relation === "fact" ? nothing : html`<span>${t("at {0}", at)}</span>`} ${lineLink(line, actions)}
    </div>
    ${because === null || told ? nothing : html`<p class="reason">${because} ${sectionTags(sections)}</p>`}
    ${because === null && sections.length > 0 ? html`<p class="reason">${sectionTags(sections)}</p>` : nothing}
    ${mechanics === null ? nothing : mechanicsOf(mechanics, steps, actions)}
    ${relation === "asked" ? fields(link) : nothing}
  </li>`;
}

/** What took time in between, and on demand each of the events. */
function mechanicsOf(mechanics: string, steps: readonly EventView[], actions: WhyActions): TemplateResult {
  return html`<details class="twin mechanics">
    <summary>${icon("chevron-right")}${mechanics}</summary>
    <ul class="plain-list">
      ${steps.map(
        (step) => html`<li>
          <button type="button" class="link" @click=${() => actions.go(step.id)} title=${t("Move the cursor to event {0}", step.id)}>${step.title}</button>
          <span class="quiet">${formatTime(step.timeUs)}</span>
        </li>`,
      )}
    </ul>
  </details>`;
}

function stillToCome(waits: readonly WhyWait[], actions: WhyActions): TemplateResult {
  return html`<section class="waits" aria-label=${t("Still to come")}>
    <h4>${t("Still to come")}</h4>
    <ul class="plain-list">
      ${waits.map(
        ({ text, timeUs, eventId }) => html`<li>
          ${icon("watch")}<span class="quiet">${timeUs === null ? nothing : formatTime(timeUs)}</span>
          <button type="button" class="link" @click=${() => actions.go(eventId)} title=${t("Move the cursor to event {0}", eventId)}>${text}</button>
        </li>`,
      )}
    </ul>
  </section>`;
}

/** The sources of a rule as small tags that open to its short explanation. */
function sectionTags(sections: readonly string[]): TemplateResult | typeof nothing {
  if (sections.length === 0) return nothing;
  return html`<span class="paper-tags">${sections.map((mark) => {
    const { title, rule, source } = sectionWords(mark);
    return html`<details class="paper-tag">
      <summary title=${sectionTooltip(mark)}>${mark}</summary>
      <span class="paper-rule"><strong>${title}</strong> ${rule} <span class="quiet">${source}</span></span>
    </details>`;
  })}</span>`;
}

/** Up and Down go from step to step, as in a list. */
function moveAmongLinks(event: KeyboardEvent): void {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const { currentTarget, target } = event;
  if (!(currentTarget instanceof HTMLElement) || !(target instanceof HTMLElement)) return;
  const steps = [...currentTarget.querySelectorAll<HTMLElement>("[data-why-step]")];
  const at = steps.indexOf(target);
  const next = steps[at + (event.key === "ArrowDown" ? 1 : -1)];
  if (at < 0 || next === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  next.focus();
}

/** A link to the scenario's line behind an event. */
export function lineLink(line: number | null, actions: EventLinks): TemplateResult | typeof nothing {
  const { reveal } = actions;
  if (line === null || reveal === null) return nothing;
  return html`<button type="button" class="link line-link" @click=${() => reveal(line)}>
    ${icon("go-to-file")}${t("line {0}", line)}
  </button>`;
}

/** An event's fields as a table of names and values. */
export function fields(event: EventView): TemplateResult | typeof nothing {
  if (event.fields.length === 0) return nothing;
  return html`<dl class="fields">
    ${event.fields.map(({ name, value }) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}
  </dl>`;
}
