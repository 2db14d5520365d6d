import type { Action } from "./operation.js";
import { REFUSED } from "./problem.js";
import { MISSING, type ValueId, type Values } from "./values.js";

/** What an operation does to one key: the value afterwards, or {@link REFUSED}. */
export type KeyStep = (value: ValueId) => ValueId;

/** The step of a one-key action; `seen` is whether its result must be what the client saw. */
export function keyStep(action: Action, seen: boolean, values: Values): KeyStep {
  switch (action.kind) {
    case "read": {
      const wanted = values.id(action.value);
      return (value) => (value === wanted ? value : REFUSED);
    }
    case "write": {
      const written = values.id(action.value);
      if (!seen || action.previous === undefined) return () => written;
      const previous = values.id(action.previous);
      return (value) => (value === previous ? written : REFUSED);
    }
    case "append": {
      const suffix = values.id(action.value);
      return (value) => values.append(value, suffix);
    }
    case "cas": {
      const from = values.id(action.from);
      const to = values.id(action.to);
      const { succeeded, actual } = action;
      if (!seen || succeeded === undefined) return (value) => (value === from ? to : value);
      if (succeeded) return (value) => (value === from ? to : REFUSED);
      if (actual === undefined) return (value) => (value === from ? REFUSED : value);
      const found = values.id(actual);
      return (value) => (value === found && value !== from ? value : REFUSED);
    }
    case "delete": {
      if (!seen || action.deleted === undefined) return () => MISSING;
      const existed = action.deleted > 0;
      return (value) => (existed === (value !== MISSING) ? MISSING : REFUSED);
    }
    case "read-prefix":
    case "delete-prefix":
      throw new Error(`${action.kind} concerns more than one key`);
  }
}

/** What names an action without a known outcome: actions of one name do the same in every state. */
export function openName(action: Action): string {
  switch (action.kind) {
    case "write":
    case "append":
      return JSON.stringify([action.kind, action.key, action.value]);
    case "cas":
      return JSON.stringify([action.kind, action.key, action.from, action.to]);
    case "read":
    case "delete":
      return JSON.stringify([action.kind, action.key]);
    case "read-prefix":
    case "delete-prefix":
      return JSON.stringify([action.kind, action.prefix]);
  }
}
