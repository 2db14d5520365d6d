/** What a condition needs in order to hold. */

import type { Condition, Operand } from "../program.js";

/** Whether the condition can hold only while there is a leader. */
export function requiresLeader(condition: Condition): boolean {
  switch (condition.kind) {
    case "has-leader":
      return true;
    case "compare":
      return namesLeader(condition.left) || namesLeader(condition.right);
    case "and":
      return condition.operands.some(requiresLeader);
    case "or":
      return condition.operands.every(requiresLeader);
    default:
      return false;
  }
}

function namesLeader(operand: Operand): boolean {
  switch (operand.kind) {
    case "nodes":
    case "field":
    case "key":
    case "progress":
      return operand.nodes.kind === "leader";
    default:
      return false;
  }
}

/**
 * The server that the condition wants as leader although it is down, or `null`.
 *
 * @param isDown whether a server surely is down for as long as the condition may wait
 */
export function impossibleLeader(condition: Condition, isDown: (node: string) => boolean): string | null {
  switch (condition.kind) {
    case "and": {
      for (const operand of condition.operands) {
        const found = impossibleLeader(operand, isDown);
        if (found !== null) return found;
      }
      return null;
    }
    case "compare":
      if (condition.operator !== "==") return null;
      return wanted(condition.left, condition.right, isDown) ?? wanted(condition.right, condition.left, isDown);
    default:
      return null;
  }
}

function wanted(leader: Operand, node: Operand, isDown: (node: string) => boolean): string | null {
  if (leader.kind !== "nodes" || leader.nodes.kind !== "leader") return null;
  if (node.kind !== "nodes" || node.nodes.kind !== "node") return null;
  return isDown(node.nodes.name) ? node.nodes.name : null;
}
