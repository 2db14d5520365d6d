import type { Reason } from "../raft/reason.js";
import { type Rules } from "../raft/types.js";
/** The name of an endpoint. */
export type Names = (id: number) => string;
/**
 * Says one reason with its arguments, whose meaning stands beside the code in `raft/reason.ts`. Where a rule is off, the
 * sentence must not claim what the rule would have made sure of.
 */
export type Sentence = (a: number, b: number, name: Names, rules: Rules) => string;
/** A reason in words, as it was decided under `rules`. */
export declare function reasonText(reason: Reason, names: Names, rules?: Rules): string;
