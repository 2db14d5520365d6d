/** A lease's id, from 0 on, as text of one length whose order is the ids'. */
export declare function orderedId(id: number): string;
/** A time in µs, rounded down, as text of one length whose order is the times'. */
export declare function orderedTime(timeUs: number): string;
