import type { ReasonCode } from "../raft/reason.js";
import type { Sentence } from "./reason-text.js";
/** The reasons of what changes the configuration, or hands leadership on. */
type ClusterReason = Extract<ReasonCode, "not-a-voter" | "leader-removed" | "proposal-refused-transfer" | `configuration-${string}` | `transfer-${string}` | `timeout-now${string}`>;
/** A sentence for each of them. See `reason-text.ts`. */
export declare const CLUSTER_SENTENCES: Readonly<Record<ClusterReason, Sentence>>;
export {};
