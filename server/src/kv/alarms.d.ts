import type { AlarmRequest, AlarmType } from "./request.js";
import type { Alarm } from "./response.js";
/** The alarms that are on, in the order they went on. Immutable. */
export declare class Alarms {
    #private;
    static readonly none: Alarms;
    private constructor();
    /** The alarms of a type; `null` for all. */
    list(type?: AlarmType | null): readonly Alarm[];
    /** Whether any member has an alarm of this type on. */
    has(type: AlarmType): boolean;
    /**
     * What a request makes of them, and the alarms that it answers: those asked for, or the one that it switched
     * (etcdserver/apply.go, Alarm; api/v3alarm/alarms.go). No server has the number 0, so that switching it off does nothing.
     */
    after({ action, member, alarm }: AlarmRequest): {
        readonly alarms: Alarms;
        readonly answered: readonly Alarm[];
    };
}
