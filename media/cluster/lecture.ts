/** Lecture mode: the panel for a room. The ring, the note in large type, what it speaks of, and a timeline; no forms. */
import { html, nothing, type TemplateResult } from "lit";
import { t } from "../../server/src/l10n/text.js";
import type { ClusterView } from "../../server/src/protocol/cluster-view.js";
import { RING_LIMIT } from "../../server/src/view-model/cluster/geometry.js";
import { roleWords, statusWords } from "../../server/src/view-model/cluster/words.js";
import { type LecturePlace, placeAmong } from "../../server/src/view-model/lecture/notes.js";
import { namesOf, type Spoken, spokenOf } from "../../server/src/view-model/lecture/spoken.js";
import { labelled } from "../../server/src/view-model/phrases.js";
import { termClass } from "../../server/src/view-model/term.js";
import { formatTime } from "../../server/src/view-model/time.js";
import { icon, iconButton } from "../shared/icon.js";
import { serverBanner } from "../shared/states.js";
import { verdict } from "../shared/verdict.js";
import { CATEGORY_ICONS } from "../shared/why.js";
import type { Actions } from "./actions.js";
import { matrix } from "./matrix.js";
import type { ClusterState } from "./model.js";
import { ring } from "./ring.js";
import { timeline } from "./timeline.js";

/** Where the lecture stands; `null` while the notes are not there. */
export function lecturePlace({ lecture, view }: ClusterState): LecturePlace | null {
  return lecture.notes === null || view === null ? null : placeAmong(lecture.notes, view.eventId);
}

/** The whole panel in lecture mode. */
export function lecture(state: ClusterState, actions: Actions, nowUs: number): TemplateResult {
  const { session, view } = state;
  const place = lecturePlace(state);
  return html`<div class="lecture ${state.server.status === "running" ? "" : "stale"}">
    <header class="lecture-head">
      <h1>${session?.title ?? ""}</h1>
      ${session === null ? nothing : verdict(session)}
      <span class="lecture-time">${formatTime(nowUs)}</span>
      ${iconButton("close", t("Leave lecture mode"), actions.toggleLecture, { keys: "L" })}
    </header>
    ${serverBanner(state.server, actions.tell)}
    <main class="lecture-stage">
      <div class="lecture-picture">${picture(state, actions, nowUs)}</div>
      <section class="lecture-words" aria-label=${t("Note")}>
        ${place === null ? nothing : place.count === 0 ? noNotes() : noteText(place)}
        ${view === null || place?.note == null ? nothing : spokenList(view, spokenNow(state))}
        ${happens(state)}
        ${place === null || place.count === 0 ? nothing : controls(state, place, actions)}
      </section>
    </main>
    <section class="lecture-timeline" aria-label=${t("Time")}>${timeline(state, actions, nowUs)}</section>
  </div>`;
}

function picture(state: ClusterState, actions: Actions, nowUs: number) {
  const { view } = state;
  if (view === null)
    return html`<p class="quiet loading">${icon("loading", "codicon-modifier-spin")} ${t("Loading…")}</p>`;
  return view.servers.length > RING_LIMIT ? matrix(view, state, actions) : ring(view, state, actions, nowUs);
}

function noteText({ note, at, count, next }: LecturePlace) {
  return html`<p class="lecture-count">${t("{0} of {1}", at + 1, count)}</p>
    ${
      note === null
        ? html`<p class="lecture-note waiting">${next === null ? "" : t("The first note is at {0}.", formatTime(next.timeUs))}</p>`
        : html`<p class="lecture-note" role="status">${note.text}</p>`
    }`;
}

function noNotes() {
  return html`<div class="lecture-empty">
    <p class="lecture-note">${t("This run has no notes.")}</p>
    <p>${t("Write notes between the steps of the scenario and run it again. Each becomes a page of the lecture:")}</p>
    <pre><code>${t('note "s1 asks the others for their votes."')}</code></pre>
  </div>`;
}

/** The current event, in one line: what the picture shows just now. */
function happens({ event }: ClusterState) {
  if (event === null || event.category === "note") return nothing;
  return html`<p class="lecture-event">${icon(CATEGORY_ICONS[event.category])}<span>${event.title}</span></p>`;
}

function controls(state: ClusterState, { previous, next }: LecturePlace, actions: Actions) {
  const playing = state.replay !== null;
  const go = (note: LecturePlace["note"]) => () =>
    note !== null && actions.move({ kind: "event", eventId: note.eventId });
  return html`<div class="lecture-controls" role="toolbar" aria-label=${t("Notes")}>
    ${iconButton("arrow-left", t("Previous note"), go(previous), { disabled: previous === null, keys: "←" })}
    ${iconButton(playing ? "debug-pause" : "play", playing ? t("Pause the replay") : t("Play to the next note"), actions.playToNextNote, { disabled: next === null && !playing, keys: "Space" })}
    ${iconButton("arrow-right", t("Next note"), go(next), { disabled: next === null, keys: "→" })}
  </div>`;
}

/** What the note that holds now speaks of. */
export function spokenNow(state: ClusterState): Spoken | null {
  const { view, lecture: own } = state;
  const note = lecturePlace(state)?.note;
  if (!own.on || view === null || note == null) return null;
  const until = own.until?.of === note.eventId ? own.until.events : [];
  return spokenOf(note.text, namesOf(view), until);
}

function spokenList(view: ClusterView, spoken: Spoken | null) {
  if (spoken === null || spoken.by === "nothing") return nothing;
  const servers = view.servers.filter(({ name }) => spoken.servers.includes(name));
  const values = new Map(view.servers.flatMap(({ kv }) => kv.map(({ key, value }) => [key, value] as const)));
  return html`<ul class="lecture-spoken" aria-label=${t("It speaks of")}>
    ${servers.map(
      (server) => html`<li class=${termClass(server.term)}><b>${server.name}</b>
        ${server.status === "up" ? roleWords(server.role) : statusWords(server.status)} <span class="term-chip">${t("term {0}", server.term)}</span></li>`,
    )}
    ${spoken.clients.map((client) => html`<li>${icon("account")}<b>${client}</b></li>`)}
    ${spoken.terms.map((term) => html`<li class=${termClass(term)}><span class="term-chip">${t("term {0}", term)}</span></li>`)}
    ${spoken.indices.map((index) => html`<li>${icon("list-ordered")}${t("entry {0}", index)}</li>`)}
    ${spoken.keys.map((key) => html`<li>${icon("key")}${values.has(key) ? labelled(key, values.get(key) ?? "") : key}</li>`)}
  </ul>`;
}

/** Points at what the note speaks of: the others step back. Said in words as well, and not by colour alone. */
export function pointAtSpoken(root: Element, spoken: Spoken | null): void {
  const none = spoken === null || spoken.servers.length + spoken.clients.length === 0;
  const mark = (element: Element, name: string, names: readonly string[]) => {
    if (none) element.removeAttribute("data-spoken");
    else element.setAttribute("data-spoken", names.includes(name) ? "yes" : "no");
  };
  for (const element of root.querySelectorAll("[data-server]"))
    mark(element, element.getAttribute("data-server") ?? "", spoken?.servers ?? []);
  for (const element of root.querySelectorAll(".ring .client"))
    mark(element, element.querySelector(".client-name")?.textContent ?? "", spoken?.clients ?? []);
}
