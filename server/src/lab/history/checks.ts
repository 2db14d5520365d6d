import type { PointSpan } from "../../check/linearizability/points.js";
import { pointsOf } from "../../check/linearizability/points.js";
import type { Sliced } from "../../check/sliced.js";
import { type Placing, placeOperations } from "../../scenario/placing.js";
import type { OpenSession } from "../open-session.js";
import { inSlice } from "../slice-mark.js";
import { pause } from "../slices.js";

/** Operations after which others may have their turn. */
const SPANS = 4096;
/** How long a piece of a check may keep others waiting, milliseconds. */
const SLICE_MS = 8;

/** Where an operation stands in an order. */
export interface Point {
  /** From 1. */
  readonly place: number;
  readonly timeUs: number;
  /** The order's number, from 0. */
  readonly order: number;
}

/** What a check found, ready to be looked up by operation. */
export interface CheckedHistory {
  /** Events that it went by. */
  readonly events: number;
  readonly placing: Placing;
  /** By number of the operation. */
  readonly points: ReadonlyMap<number, Point>;
  /** The number of the explanation, from 1, of each operation that nothing places. */
  readonly stuck: ReadonlyMap<number, number>;
  /** The explanations that each operation takes part in. */
  readonly partOf: ReadonlyMap<number, readonly number[]>;
}

/** The checks of the sessions' histories: made when somebody asks, one at a time for each session, and kept. */
export class HistoryChecks {
  readonly #known = new WeakMap<OpenSession, CheckedHistory>();
  readonly #running = new WeakMap<OpenSession, Promise<CheckedHistory | null>>();

  /** The newest check of a session, which may be of an earlier moment of a live cluster; `null` where nobody has asked. */
  latest(session: OpenSession): CheckedHistory | null {
    return this.#known.get(session) ?? null;
  }

  #fresh(session: OpenSession): CheckedHistory | null {
    const known = this.latest(session);
    return known?.events === session.recording.log.count ? known : null;
  }

  /**
   * The check of everything until now; `null` when `signal` ended it. Work goes on in pieces between which others have their turn.
   * A live cluster that goes on meanwhile is checked as it stood at the last piece.
   */
  async check(session: OpenSession, signal: AbortSignal): Promise<CheckedHistory | null> {
    for (;;) {
      const known = this.#fresh(session);
      if (known !== null) return known;
      const running = this.#running.get(session);
      if (running === undefined) break;
      // Somebody else asked first: theirs may have been given up.
      if ((await running) === null && signal.aborted) return null;
    }
    const work = this.#run(session, signal).finally(() => this.#running.delete(session));
    this.#running.set(session, work);
    return work;
  }

  async #run(session: OpenSession, signal: AbortSignal): Promise<CheckedHistory | null> {
    const events = session.recording.log.count;
    const checked = await inPieces(session, checking(session, events), signal);
    if (checked === null) return null;
    this.#known.set(session, checked);
    return checked;
  }
}

async function inPieces<T>({ id }: OpenSession, work: Sliced<T>, signal: AbortSignal): Promise<T | null> {
  for (;;) {
    const step = inSlice(id, () => {
      const began = performance.now();
      let next = work.next();
      while (next.done !== true && performance.now() < began + SLICE_MS) next = work.next();
      return next;
    });
    if (step.done === true) return step.value;
    await pause();
    if (signal.aborted) return null;
  }
}

function* checking(session: OpenSession, events: number): Sliced<CheckedHistory> {
  const placing = yield* placeOperations(session.recording, session.safety);
  const points = new Map<number, Point>();
  for (const [order, numbers] of placing.orders.entries()) {
    const spans: PointSpan[] = [];
    for (const number of numbers) {
      spans.push(spanOf(session, number));
      if (spans.length % SPANS === 0) yield;
    }
    yield;
    for (const [at, timeUs] of pointsOf(spans).entries()) {
      const number = numbers[at];
      if (number !== undefined) points.set(number, { place: at + 1, timeUs, order });
    }
  }
  const stuck = new Map<number, number>();
  const partOf = new Map<number, number[]>();
  for (const [at, { operation, others }] of placing.stuck.entries()) {
    stuck.set(operation, at + 1);
    // It has no place: where an order has it, that was without its answer.
    points.delete(operation);
    for (const other of others) partOf.set(other, [...(partOf.get(other) ?? []), at + 1]);
  }
  return { events, placing, points, stuck, partOf };
}

/** An operation's span, with the instant at which a server first applied it. */
function spanOf({ recording, safety }: OpenSession, number: number): PointSpan {
  const record = recording.history.operation(number);
  if (record === undefined) return { call: 0, return: null, wanted: null };
  const { invokeUs, returnUs, outcome, session, sequence } = record;
  const index = safety.executedAt(session, sequence);
  const wanted = index > 0 ? recording.log.timeUs(safety.log.eventAt(index)) : null;
  return { call: invokeUs, return: outcome?.kind === "result" ? returnUs : null, wanted };
}
