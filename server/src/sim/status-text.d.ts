/** What a process is that cannot do what was asked of it: `s1 is down`. */
export declare function statusText(name: string, status: "up" | "down" | "paused"): string;
