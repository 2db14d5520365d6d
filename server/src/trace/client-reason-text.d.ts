import type { ReasonCode } from "../raft/reason.js";
import type { Names } from "./reason-text.js";
/** The reasons of what clients do, and of what servers do for their watches. */
type ClientReason = Extract<ReasonCode, `watch-${string}` | `retry-${string}` | `client-${string}`>;
/** A sentence for each of them, with the part of etcd that it follows. See `reason-text.ts`. */
export declare const CLIENT_SENTENCES: Readonly<Record<ClientReason, (a: number, b: number, name: Names) => string>>;
export {};
