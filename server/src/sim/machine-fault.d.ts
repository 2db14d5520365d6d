import type { EndpointId, Micros } from "./config.js";
import type { MessageSelector } from "./message.js";
/** What a server does when a crash point strikes; `install` is the installation of a snapshot. */
export type CrashPlace = "fsync" | "send" | "apply" | "install";
/** Where a server crashes the next time it gets there. */
export interface CrashPoint {
    readonly kind: "crash-point";
    readonly server: EndpointId;
    readonly when: "before" | "after";
    readonly place: CrashPlace;
    /** For `send`: messages of this type only; `null` for any. */
    readonly message: MessageSelector | null;
    /** How long the server stays down then; `null` until it is restarted. */
    readonly downUs: Micros | null;
}
/** A fault of one machine: of its clock, of its disk, or a crash that waits for it. */
export type MachineFault = 
/** The clock runs so many parts per million too fast; negative: too slow. */
{
    readonly kind: "clock-drift";
    readonly server: EndpointId;
    readonly ppm: number;
}
/** The clock leaps; without a duration it stays where it leapt. */
 | {
    readonly kind: "clock-jump";
    readonly server: EndpointId;
    readonly byUs: Micros;
}
/** Each write takes so much longer. */
 | {
    readonly kind: "disk-slow";
    readonly server: EndpointId;
    readonly byUs: Micros;
} | {
    readonly kind: "disk-ignore-fsync" | "disk-tear" | "disk-corrupt" | "disk-fail";
    readonly server: EndpointId;
} | CrashPoint;
/** A fault of a machine that is in force. */
export interface ActiveMachineFault {
    /** From 1, counted together with the network's. */
    readonly number: number;
    readonly fault: MachineFault;
    readonly text: string;
    readonly sinceUs: Micros;
    readonly untilUs: Micros | null;
}
/** What the faults in force make of a disk. */
export interface DiskFaults {
    /** Added to the time of each write. */
    readonly slowUs: Micros;
    /** Writes are reported as durable that are not. */
    readonly ignoresFsync: boolean;
    /** The next crash leaves the last record half-written. */
    readonly tears: boolean;
    /** Nothing can be written or read. */
    readonly fails: boolean;
}
/** A disk in order. */
export declare const NO_DISK_FAULTS: DiskFaults;
/** The slowest that a clock can run, whatever faults come together: a hundredth of its rate. */
export declare const LEAST_RATE = 10000;
/** Whether a fault is over as soon as it has struck: there is nothing to undo. */
export declare function isMomentary(fault: MachineFault, durationUs: Micros | null): boolean;
