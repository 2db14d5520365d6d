/** The row that is looked at: its event in full, its partner, and why. */
import type { EventId } from "../../server/src/protocol/session.js";
import type { WhySubject } from "../../server/src/protocol/why.js";
import { isReply, type PlacedMessage } from "../../server/src/view-model/diagram/arrows.js";
import { repliesAfter, requestOf } from "../../server/src/view-model/diagram/pairing.js";
import { Latest } from "../shared/latest.js";
import type { Asks } from "./asks.js";
import type { DiagramState, PickedRow } from "./model.js";
import type { RowPages } from "./row-pages.js";

/** Rows around a message among which its partner is looked for. */
const NEAR = 200;

/** What picking needs of the panel. */
export interface Picker {
  readonly state: DiagramState;
  readonly asks: Asks;
  readonly pages: RowPages;
  set(patch: Partial<DiagramState>): void;
  reveal(row: number): void;
  go(eventId: EventId | null): void;
}

/** Picks rows for a panel. */
export class Picking {
  readonly #panel: Picker;
  readonly #learning = new Latest<number>((row) => this.#learn(row));

  constructor(panel: Picker) {
    this.#panel = panel;
  }

  /** Picks a row, brings it into sight and moves the cursor to it. */
  pick(row: number): void {
    const placed = this.#panel.pages.row(row);
    this.#panel.set({ picked: { row, placed, event: null, partner: null }, why: null });
    this.#panel.reveal(row);
    if (placed !== null) this.#begin(row, placed.eventId);
  }

  /** Picks another row by so many. */
  by(rows: number): void {
    const { picked, cursorRow, totalRows } = this.#panel.state;
    if (totalRows === null || totalRows === 0) return;
    const now = picked?.row ?? cursorRow ?? 0;
    const goal = Math.max(0, Math.min(totalRows - 1, now + rows));
    if (goal !== picked?.row) this.pick(goal);
  }

  forget(): void {
    this.#panel.set({ picked: null, why: null });
  }

  /** Rows arrived: the picked one may be among them. */
  refresh(): void {
    const { picked } = this.#panel.state;
    if (picked === null || picked.placed !== null) return;
    const placed = this.#panel.pages.row(picked.row);
    if (placed === null) return;
    this.#panel.set({ picked: { ...picked, placed } });
    this.#begin(picked.row, placed.eventId);
  }

  /** Asks why the picked row's event happened, or a question about its moment. */
  async why(eventId: EventId, about: WhySubject | null = null): Promise<void> {
    const { session } = this.#panel.state;
    if (session === null) return;
    this.#panel.set({ why: { eventId, view: null, failure: null } });
    const answer = await this.#panel.asks.why(session.id, eventId, about, "why");
    if (answer.kind === "ok") this.#panel.set({ why: { eventId, view: answer.value.why, failure: null } });
    if (answer.kind === "failed") this.#panel.set({ why: { eventId, view: null, failure: answer.message } });
  }

  #begin(row: number, eventId: EventId): void {
    if (this.#panel.state.session?.cursor !== eventId) this.#panel.go(eventId);
    this.#learning.put(row);
  }

  async #learn(row: number): Promise<void> {
    const { session, picked } = this.#panel.state;
    if (session === null || picked?.row !== row || picked.placed === null) return;
    const answer = await this.#panel.asks.event(session.id, picked.placed.eventId);
    if (answer.kind === "ok") this.#improve(row, { event: answer.value.events[0] ?? null });
    if (picked.placed.kind !== "message") return;
    const partner = await this.#partnerOf(session.id, picked.placed);
    if (partner !== null) this.#improve(row, { partner });
  }

  #improve(row: number, more: Partial<PickedRow>): void {
    const { picked } = this.#panel.state;
    if (picked?.row === row) this.#panel.set({ picked: { ...picked, ...more } });
  }

  async #partnerOf(sessionId: string, message: PlacedMessage): Promise<PlacedMessage | null> {
    const rows = this.#panel.pages.between(message.row - NEAR, message.row + NEAR);
    if (isReply(message.type)) return this.#requestOf(sessionId, message, [...rows, ...this.#passing(message.row)]);
    for (const reply of repliesAfter(message, rows)) {
      const request = await this.#requestOf(sessionId, reply, rows);
      if (request?.row === message.row) return reply;
    }
    return null;
  }

  async #requestOf(sessionId: string, reply: PlacedMessage, rows: Parameters<typeof requestOf>[2]) {
    const answer = await this.#panel.asks.why(sessionId, reply.eventId, null, "partner");
    return answer.kind === "ok"
      ? requestOf(
          reply,
          answer.value.why.links.flatMap((link) => [link, ...link.steps]),
          rows,
        )
      : null;
  }

  #passing(row: number) {
    return this.#panel.pages.pageOf(row)?.passing ?? [];
  }
}
