import type { Sliced } from "../sliced.js";
import { type LinearizabilityOptions, linearizabilityInSlices, type NotLinearizable } from "./check.js";
import type { Operation } from "./operation.js";

/**
 * The longest beginning of a violation that has an explanation: orders of ids, each of keys that share operations, for everything that
 * had returned before the blocked operation did. `null` where none was found within the budget.
 */
export function* linearizablePrefix(
  { history, blocked }: NotLinearizable,
  options: LinearizabilityOptions,
): Sliced<readonly (readonly number[])[] | null> {
  const end = blocked.return ?? blocked.call;
  const before = history.map((operation): Operation => {
    return operation.return !== null && operation.return >= end ? { ...operation, return: null } : operation;
  });
  const result = yield* linearizabilityInSlices(before, options);
  return result.kind === "ok" ? result.orders : null;
}

/**
 * The values that the blocked operation, a read of one key, could have returned instead, in the order found for everything before it;
 * `null` stands for a missing key. Empty where the question makes no sense or there was no order.
 */
export function possibleValues(
  { history, blocked }: NotLinearizable,
  order: readonly number[],
  initial: string | null,
): readonly (string | null)[] {
  const { action, call, id } = blocked;
  if (action.kind !== "read") return [];
  const { key } = action;
  const byId = new Map(history.map((operation) => [operation.id, operation]));
  const required = new Set(order.filter((each) => (byId.get(each)?.return ?? call) < call));
  const values = new Set<string | null>();
  let value = initial;
  if (required.size === 0) values.add(value);
  for (const each of order) {
    const operation = byId.get(each);
    if (operation === undefined || each === id) continue;
    required.delete(each);
    value = valueAfter(operation, key, value);
    if (required.size === 0) values.add(value);
  }
  return [...values];
}

/** What a key holds after an operation that took effect. */
function valueAfter({ action }: Operation, key: string, value: string | null): string | null {
  switch (action.kind) {
    case "read":
    case "read-prefix":
      return value;
    case "delete-prefix":
      return key.startsWith(action.prefix) ? null : value;
    case "write":
      return action.key === key ? action.value : value;
    case "append":
      return action.key === key ? `${value ?? ""}${action.value}` : value;
    case "cas":
      return action.key === key && value === action.from ? action.to : value;
    case "delete":
      return action.key === key ? null : value;
  }
}
