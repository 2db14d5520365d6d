import type { World } from "../sim/world.js";
import type { EventLog } from "./event-log.js";
/**
 * The event that wrote each revision: the one at which a server, the leader unless something is broken, applied it first. Kept as a run
 * goes, one number for each revision, since nothing else in the trace tells what revision an entry became.
 */
export declare class RevisionEvents {
    #private;
    /** Takes in what a step of `world` wrote to `log` from event `from` on. Only landmarks change stores: the rest costs a comparison. */
    take(world: World, log: EventLog, from: number): void;
    /** The event that wrote a revision; `null` for one that nothing recorded wrote. */
    eventOf(revision: number): number | null;
}
