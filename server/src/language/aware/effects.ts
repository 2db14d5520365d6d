/** What steps do at all: whether they break something, change the cluster, or send a request. */

import type { Operation, Step } from "../program.js";

/** Whether some step does anything to the servers or the network. */
export function hasFaults(steps: readonly Step[]): boolean {
  return steps.some((step) => {
    switch (step.kind) {
      case "repeat":
      case "every":
      case "async":
      case "until":
        return hasFaults(step.body);
      case "wait":
      case "at":
      case "end":
      case "await":
      case "await-handle":
      case "expect":
      case "expect-watch":
      case "expect-canceled":
      case "expect-progress":
      case "expect-observed":
      case "invoke":
      case "note":
      case "mark":
      case "always":
      case "never":
      case "reach":
        return false;
      default:
        return true;
    }
  });
}

/** Whether other servers may come to be the voters. */
export function changesCluster(steps: readonly Step[]): boolean {
  return steps.some((step) => {
    switch (step.kind) {
      case "repeat":
      case "every":
      case "async":
      case "until":
        return changesCluster(step.body);
      case "nemesis":
        return changesCluster(step.nemesis.actions);
      default:
        return "refused" in step && step.kind !== "transfer";
    }
  });
}

/** Whether the step goes on only when the server that is asked has answered. */
export function sendsRequest(operation: Operation): boolean {
  switch (operation.kind) {
    case "watch":
    case "unwatch":
    case "observe":
    case "progress":
    case "lease-stop":
      return false;
    default:
      return true;
  }
}
