/** A duration or instant: `187.2 ms`, `2.500 s`. */
export declare function timeText(us: number): string;
