import type { Action, ActionResult, RecordedAction } from "../sim/action.js";
import type { WorldConfig } from "../sim/config.js";
import { History } from "../sim/history.js";
import type { RaftFactory } from "../sim/kernel.js";
import { kvStateMachine, type MachineFactory } from "../sim/machine-options.js";
import type { Monitor } from "../sim/monitor.js";
import { CountingRecorder } from "../sim/recorder.js";
import { World } from "../sim/world.js";
import { EventLog } from "./event-log.js";
import { FaultSpans } from "./fault-spans.js";
import { RevisionEvents } from "./revision-events.js";

/** Events between two checkpoints at first; doubled whenever there are {@link MOST_CHECKPOINTS}. */
const FIRST_SPACING = 4096;
const MOST_CHECKPOINTS = 512;

/** A world as it stood when its trace had `events` events and `actions` actions had been done. */
interface Checkpoint {
  readonly world: World;
  readonly events: number;
  readonly actions: number;
}

/**
 * A run with everything it leaves behind: trace, history, actions, and sparse checkpoints from which any moment
 * is found again by replaying. Drive it with {@link step}, {@link advanceTo} and {@link act} only.
 */
export class Recording {
  readonly log = new EventLog();
  readonly history = new History();
  readonly world: World;
  /** When each fault was in force. */
  readonly faultSpans = new FaultSpans();
  readonly #revisions = new RevisionEvents();
  readonly #actions: RecordedAction[] = [];
  /** The event that records each action: ascending, since every action is an event. */
  readonly #actionEvents: number[] = [];
  #checkpoints: Checkpoint[] = [];
  #spacing = FIRST_SPACING;
  #replay: Checkpoint | null = null;

  constructor(
    config: WorldConfig,
    makeRaft: RaftFactory,
    monitor: Monitor | null = null,
    makeMachine: MachineFactory = kvStateMachine,
  ) {
    this.world = World.create(config, { recorder: this.log, monitor, history: this.history, makeRaft, makeMachine });
    this.#revisions.take(this.world, this.log, 0);
    this.faultSpans.take(this.world, this.log, 0);
    this.#checkpoint();
  }

  /** The instant of an event, for whoever is told of events by number. */
  readonly timeOf = (eventId: number): number => this.log.timeUs(eventId);

  /** The event that wrote a revision of the store: the first at which a server applied it; `null` when none did. */
  eventOfRevision(revision: number): number | null {
    return this.#revisions.eventOf(revision);
  }

  /** Every action with its place, in order. */
  get actions(): readonly RecordedAction[] {
    return this.#actions;
  }

  /** The action recorded by event `eventId`, if one was. */
  actionOf(eventId: number): RecordedAction | undefined {
    let low = 0;
    let high = this.#actionEvents.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#actionEvents[middle] ?? 0) < eventId) low = middle + 1;
      else high = middle;
    }
    return this.#actionEvents[low] === eventId ? this.#actions[low] : undefined;
  }

  /** Processes the next queue item; false when there is none. */
  step(): boolean {
    const first = this.log.count;
    const going = this.world.step();
    this.#revisions.take(this.world, this.log, first);
    this.faultSpans.take(this.world, this.log, first);
    const last = this.#checkpoints[this.#checkpoints.length - 1];
    if (last === undefined || this.log.count - last.events >= this.#spacing) this.#checkpoint();
    return going;
  }

  /** Lets time pass without anything happening. */
  advanceTo(timeUs: number): void {
    this.world.advanceTo(timeUs);
  }

  /** Does an action now and remembers it. */
  act(action: Action, line: number, cause: number): ActionResult {
    const { nowUs: timeUs, position } = this.world;
    const recorded: RecordedAction = { action, line, cause, timeUs, position };
    this.#actions.push(recorded);
    const first = this.log.count;
    const result = this.world.act(action, line, cause);
    this.#revisions.take(this.world, this.log, first);
    this.faultSpans.take(this.world, this.log, first);
    this.#actionEvents.push(result.eventId);
    return result;
  }

  /**
   * The world as it stood after event `eventId` and everything that happened in the same step; -1 is the beginning.
   * Read only, and valid until the next call. Costs at most one checkpoint interval of replay.
   */
  stateAt(eventId: number): World {
    const wanted = Math.min(eventId, this.log.count - 1) + 1;
    const start = this.#startFor(wanted);
    const { world } = start;
    let actions = start.actions;
    while (world.recorder.count < wanted) {
      const action = this.#actions[actions];
      if (action !== undefined && action.position === world.position) {
        if (action.timeUs > world.nowUs) world.advanceTo(action.timeUs);
        world.act(action.action, action.line, action.cause);
        actions += 1;
      } else if (!world.step()) {
        throw new Error(`the replay ended at event ${world.recorder.count}, before event ${eventId}`);
      }
    }
    this.#replay = { world, events: world.recorder.count, actions };
    return world;
  }

  /** Approximate number of checkpoints kept. */
  get checkpointCount(): number {
    return this.#checkpoints.length;
  }

  #startFor(wanted: number): Checkpoint {
    const first = this.#checkpoints[0];
    if (first === undefined) throw new Error("a recording has a checkpoint at its beginning");
    let low = 0;
    let high = this.#checkpoints.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#checkpoints[middle]?.events ?? 0) <= wanted) low = middle;
      else high = middle - 1;
    }
    const best = this.#checkpoints[low] ?? first;
    const replay = this.#replay;
    if (replay !== null && replay.events <= wanted && replay.events >= best.events) return replay;
    return { ...best, world: best.world.clone(new CountingRecorder(best.events)) };
  }

  #checkpoint(): void {
    if (this.#checkpoints.length >= MOST_CHECKPOINTS) {
      this.#checkpoints = this.#checkpoints.filter((_, position) => position % 2 === 0);
      this.#spacing *= 2;
    }
    const events = this.log.count;
    this.#checkpoints.push({
      world: this.world.clone(new CountingRecorder(events)),
      events,
      actions: this.#actions.length,
    });
  }
}
