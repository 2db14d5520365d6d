import type { MembershipChange } from "../raft/membership.js";
import type { Names } from "./reason-text.js";

/** A change of the configuration in the words of the scenario language: `add voter s4`, `reconfigure {s1 s2 s4} explicit`. */
export function changeText(change: MembershipChange, names: Names): string {
  switch (change.kind) {
    case "add-voter":
      return `add voter ${names(change.server)}`;
    case "add-learner":
      return `add learner ${names(change.server)}`;
    case "promote":
    case "remove":
      return `${change.kind} ${names(change.server)}`;
    case "reconfigure":
      return `reconfigure {${change.voters.map(names).join(" ")}}${change.autoLeave ? "" : " explicit"}`;
    case "leave-joint":
      return "leave joint";
  }
}
