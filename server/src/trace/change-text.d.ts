import type { MembershipChange } from "../raft/membership.js";
import type { Names } from "./reason-text.js";
/** A change of the configuration in the words of the scenario language: `add voter s4`, `reconfigure {s1 s2 s4} explicit`. */
export declare function changeText(change: MembershipChange, names: Names): string;
