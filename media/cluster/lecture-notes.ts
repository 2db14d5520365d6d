/** What lecture mode needs besides the panel's views: the run's notes, and the events up to the next note. */
import { notesRequest } from "../../server/src/protocol/lecture.js";
import { eventsRequest } from "../../server/src/protocol/requests.js";
import { placeAmong } from "../../server/src/view-model/lecture/notes.js";
import { arrayOf, isNumber, object } from "../shared/guard.js";
import { isEventView, isNoteView } from "../shared/guards.js";
import { Latest } from "../shared/latest.js";
import type { Store } from "../shared/store.js";
import type { ClusterState } from "./model.js";
import type { PanelHost } from "./panel-host.js";
import type { Replayer } from "./replayer.js";

/** Events looked at after a note. */
const WINDOW = 200;

/** Keeps `lecture` of the state true while lecture mode is on. */
export class LectureNotes {
  readonly #host: PanelHost;
  readonly #store: Store<ClusterState>;
  readonly #replayer: Replayer;
  readonly #loads = new Latest<null>(() => this.#load());
  /** The session, and how many events it had, when its notes were asked for. */
  #asked: { readonly sessionId: string; readonly events: number } | null = null;

  constructor(host: PanelHost, replayer: Replayer) {
    this.#host = host;
    this.#store = host.store;
    this.#replayer = replayer;
  }

  /** Switches lecture mode on or off. */
  toggle(): void {
    const { lecture } = this.#store.state;
    this.#set({ on: !lecture.on });
    this.#host.keep();
    this.follow();
  }

  /** Another session is shown. */
  forget(): void {
    this.#asked = null;
    this.#set({ notes: null, until: null });
  }

  /** Replays up to the next note and stops there; ends what is under way. */
  playToNext(): void {
    const { lecture, view, replay } = this.#store.state;
    const next = lecture.notes === null || view === null ? null : placeAmong(lecture.notes, view.eventId).next;
    if (next === null) {
      if (replay !== null) this.#replayer.stop();
      return;
    }
    const reached = () => this.#host.move({ kind: "event", eventId: next.eventId });
    this.#replayer.toggle({ timeUs: next.timeUs, reached });
  }

  /** The session, its events, or the cursor changed, or lecture mode was switched on. */
  follow(): void {
    if (this.#store.state.lecture.on) this.#loads.put(null);
  }

  async #load(): Promise<void> {
    const { session } = this.#store.state;
    if (session === null) return;
    if (this.#asked?.sessionId !== session.id || this.#asked.events !== session.events) {
      this.#asked = { sessionId: session.id, events: session.events };
      const answer = await this.#host.connection.ask(
        notesRequest,
        { sessionId: session.id },
        object({ notes: arrayOf(isNoteView), more: isNumber }),
      );
      if (answer.kind === "failed") this.#host.say("error", answer.message);
      if (answer.kind !== "ok" || this.#store.state.session?.id !== session.id) return;
      this.#set({ notes: answer.value.notes, until: null });
    }
    await this.#loadUntil(session.id);
  }

  async #loadUntil(sessionId: string): Promise<void> {
    const { lecture, view } = this.#store.state;
    if (view === null || lecture.notes === null) return;
    const { note, at } = placeAmong(lecture.notes, view.eventId);
    if (note === null || lecture.until?.of === note.eventId) return;
    const end = lecture.notes[at + 1]?.eventId ?? Number.POSITIVE_INFINITY;
    const answer = await this.#host.connection.ask(
      eventsRequest,
      { sessionId, from: note.eventId, count: Math.min(WINDOW, Math.max(1, end - note.eventId)) },
      object({ events: arrayOf(isEventView) }),
    );
    if (answer.kind !== "ok" || this.#store.state.session?.id !== sessionId) return;
    this.#set({ until: { of: note.eventId, events: answer.value.events } });
  }

  #set(patch: Partial<ClusterState["lecture"]>): void {
    this.#store.set({ lecture: { ...this.#store.state.lecture, ...patch } });
  }
}
