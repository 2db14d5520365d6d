import { describe, expect, it } from "vitest";
import type { ClusterView } from "../../server/src/protocol/cluster-view.js";
import type { SessionInfo } from "../../server/src/protocol/session.js";
import { type ClusterState, initialState } from "./model.js";
import { type MotionNow, PARTS, type Part, type ShownParts, Turns } from "./turns.js";

const VIEW: ClusterView = {
  sessionId: "a",
  eventId: 0,
  timeUs: 0,
  servers: [],
  clients: [],
  messages: [],
  moreMessages: 0,
  blocked: [],
  faults: [],
  logRange: { from: 1, to: 0, last: 0 },
  watches: [],
  moreWatches: 0,
};

const SESSION: SessionInfo = {
  id: "a",
  kind: "run",
  uri: null,
  title: "a run",
  seed: 1,
  startedAt: "",
  state: { kind: "finished", verdict: "pass" },
  timeUs: 0,
  events: 1,
  traceHash: null,
  cursor: null,
  pace: null,
  leader: null,
  term: 0,
  servers: [],
  clients: [],
};

const start: ClusterState = { ...initialState, known: true, view: VIEW };

/** The panel a view later. */
function later(state: ClusterState): ClusterState {
  return { ...state, view: { ...VIEW, eventId: (state.view?.eventId ?? 0) + 1 } };
}

function showing(shown: ShownParts, state: ClusterState): Part[] {
  return PARTS.filter((part) => shown[part].state.view === state.view);
}

const moving = (nowMs: number): MotionNow => ({ outOfSight: new Set(), lasting: false, nowMs });

describe("the panel's parts", () => {
  it("show the newest state at rest, all of them", () => {
    const turns = new Turns();
    turns.take(start, 0, null);
    const next = later(start);
    expect(showing(turns.take(next, 1, null), next)).toEqual([...PARTS]);
    expect(turns.behind).toBe(false);
  });

  it("take turns in motion: one a frame, and all have the last view soon after the motion ends", () => {
    const turns = new Turns();
    turns.take(start, 0, null);
    const next = later(start);
    for (let frame = 1; frame <= PARTS.length; frame += 1) {
      expect(showing(turns.take(next, 1, moving(1)), next)).toHaveLength(frame);
      expect(turns.behind).toBe(frame < PARTS.length);
    }
  });

  it("let the picture of the servers follow every other frame, and the others in turn", () => {
    const turns = new Turns();
    let state = start;
    let shown = turns.take(state, 0, null);
    const order: Part[] = [];
    for (let frame = 0; frame < 18; frame += 1) {
      const before = shown;
      state = later(state);
      shown = turns.take(state, frame, moving(frame));
      order.push(...PARTS.filter((part) => shown[part] !== before[part]));
    }
    expect(order.filter((part) => part === "servers")).toHaveLength(9);
    expect(order.filter((_, at) => at % 2 === 1)).toEqual([
      "head",
      "cards",
      "logs",
      "inspect",
      "faults",
      "state",
      "clients",
      "events",
      "head",
    ]);
  });

  it("wait while out of sight, and have a turn now and then all the same", () => {
    const turns = new Turns();
    turns.take(start, 0, null);
    const hidden = new Set<Part>(["logs", "state", "clients", "events"]);
    let state = start;
    let shown = turns.take(state, 0, null);
    const order: Part[] = [];
    for (let frame = 1; frame <= 800; frame += 1) {
      const before = shown;
      state = later(state);
      shown = turns.take(state, frame, { outOfSight: hidden, lasting: frame <= 400, nowMs: frame * (1000 / 60) });
      order.push(...PARTS.filter((part) => shown[part] !== before[part]));
    }
    expect(order).toHaveLength(800);
    expect(order.filter((part) => hidden.has(part))).toHaveLength(3);
    expect(showing(turns.take(state, 1, null), state)).toEqual([...PARTS]);
  });

  it("owe nothing once all in sight have come: the rest waits for the end of a motion", () => {
    const turns = new Turns();
    turns.take(start, 0, null);
    const next = later(start);
    const motion: MotionNow = {
      outOfSight: new Set<Part>(["logs", "state", "clients", "events"]),
      lasting: false,
      nowMs: 1,
    };
    for (let frame = 1; frame <= 5; frame += 1) {
      turns.take(next, 1, motion);
      expect(turns.owes).toBe(frame < 5);
      expect(turns.behind).toBe(true);
    }
    turns.take(next, 1, null);
    expect(turns.behind).toBe(false);
  });

  it("show at once what the person has done, even in motion, where it is to be seen", () => {
    const turns = new Turns();
    turns.take(start, 0, null);
    const picked: ClusterState = { ...later(start), selection: { kind: "server", server: "s1" } };
    const shown = turns.take(picked, 1, moving(1));
    expect(PARTS.filter((part) => shown[part].state.selection !== null)).toEqual([
      "servers",
      "cards",
      "logs",
      "inspect",
      "faults",
      "clients",
    ]);
    expect(turns.behind).toBe(true);
  });

  it("all show another session at once", () => {
    const turns = new Turns();
    const session: SessionInfo = { ...SESSION, id: "a" };
    turns.take({ ...start, session }, 0, null);
    const other: ClusterState = { ...later(start), session: { ...SESSION, id: "b" } };
    expect(showing(turns.take(other, 1, moving(1)), other)).toEqual([...PARTS]);
  });

  it("stay as they are while nothing of theirs changes", () => {
    const turns = new Turns();
    const shown = turns.take(start, 0, null);
    const touched: ClusterState = { ...start, touch: { ...start.touch, held: true }, replay: { pace: 1, timeUs: 7 } };
    const after = turns.take(touched, 9, moving(9));
    expect(PARTS.filter((part) => after[part] !== shown[part])).toEqual([]);
    expect(turns.behind).toBe(false);
  });
});
