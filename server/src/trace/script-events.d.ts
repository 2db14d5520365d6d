/** Whether events with this code are the scenario's own: a step that begins, a note, what a step gave. */
export declare function isScript(code: number): boolean;
/** Whether the first word of events with this code is a line of the scenario. */
export declare function hasLine(code: number): boolean;
/** Whether the second word of events with this code is the number of an event. */
export declare function hasEvent(code: number): boolean;
/**
 * The scenario's own events in a trace, so that the others can be counted without them: what happened to the cluster has
 * the same numbers however many steps, notes and expectations stand between.
 */
export declare class ScriptEvents {
    #private;
    /** How many there are. */
    get count(): number;
    /** Notes one; its number is greater than those before. */
    add(id: number): void;
    /** The number of an event among those of the cluster, from 0; -1 for a scenario's own and for none. */
    clusterNumber(id: number): number;
}
