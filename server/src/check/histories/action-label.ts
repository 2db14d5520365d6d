import type { Action } from "../linearizability/operation.js";
import type { HistoryModel } from "./history.js";
import { named, quoted } from "./printable.js";

/** An action on a register or a key in a few words. */
export function actionLabel(action: Action, model: HistoryModel): string {
  const on = "key" in action && model !== "register" ? ` ${named(action.key)}` : "";
  switch (action.kind) {
    case "read":
    case "delete":
      return `${action.kind}${on}`;
    case "write":
    case "append":
      return `${action.kind}${on} ${quoted(action.value)}`;
    case "cas":
      return `cas${on} ${quoted(action.from)} ${quoted(action.to)}`;
    case "read-prefix":
    case "delete-prefix":
      return `${action.kind} ${named(action.prefix)}`;
  }
}

/** What an action's client saw, in a few words. */
export function answerLabel(action: Action): string {
  switch (action.kind) {
    case "read":
      return action.value === null ? "none" : quoted(action.value);
    case "cas":
      return action.succeeded === undefined ? "ok" : action.succeeded ? "succeeded" : "failed";
    case "delete":
    case "delete-prefix":
      return action.deleted === undefined ? "ok" : `${action.deleted} deleted`;
    case "read-prefix":
      return `${action.pairs.length} pairs`;
    case "write":
    case "append":
      return "ok";
  }
}
