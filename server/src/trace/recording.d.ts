import type { Action, ActionResult, RecordedAction } from "../sim/action.js";
import type { WorldConfig } from "../sim/config.js";
import { History } from "../sim/history.js";
import type { RaftFactory } from "../sim/kernel.js";
import { type MachineFactory } from "../sim/machine-options.js";
import type { Monitor } from "../sim/monitor.js";
import { World } from "../sim/world.js";
import { EventLog } from "./event-log.js";
/**
 * A run with everything it leaves behind: trace, history, actions, and sparse checkpoints from which any moment
 * is found again by replaying. Drive it with {@link step}, {@link advanceTo} and {@link act} only.
 */
export declare class Recording {
    #private;
    readonly log: EventLog;
    readonly history: History;
    readonly world: World;
    constructor(config: WorldConfig, makeRaft: RaftFactory, monitor?: Monitor | null, makeMachine?: MachineFactory);
    /** The instant of an event, for whoever is told of events by number. */
    readonly timeOf: (eventId: number) => number;
    /** The event that wrote a revision of the store: the first at which a server applied it; `null` when none did. */
    eventOfRevision(revision: number): number | null;
    /** Every action with its place, in order. */
    get actions(): readonly RecordedAction[];
    /** The action recorded by event `eventId`, if one was. */
    actionOf(eventId: number): RecordedAction | undefined;
    /** Processes the next queue item; false when there is none. */
    step(): boolean;
    /** Lets time pass without anything happening. */
    advanceTo(timeUs: number): void;
    /** Does an action now and remembers it. */
    act(action: Action, line: number, cause: number): ActionResult;
    /**
     * The world as it stood after event `eventId` and everything that happened in the same step; -1 is the beginning.
     * Read only, and valid until the next call. Costs at most one checkpoint interval of replay.
     */
    stateAt(eventId: number): World;
    /** Approximate number of checkpoints kept. */
    get checkpointCount(): number;
}
