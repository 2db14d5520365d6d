/**
 * What an operation did to the keys and what its client saw. Values are compared as strings; `null` is a missing
 * key. Where a result is optional, leaving it out means that the client did not see it.
 */
export type Action =
  | { readonly kind: "read"; readonly key: string; readonly value: string | null }
  | { readonly kind: "read-prefix"; readonly prefix: string; readonly pairs: readonly (readonly [string, string])[] }
  | { readonly kind: "write"; readonly key: string; readonly value: string; readonly previous?: string | null }
  /** Writes the old value followed by `value`; a missing key counts as empty. */
  | { readonly kind: "append"; readonly key: string; readonly value: string }
  /** Writes `to` if the value is `from`; never succeeds on a missing key. */
  | {
      readonly kind: "cas";
      readonly key: string;
      readonly from: string;
      readonly to: string;
      readonly succeeded?: boolean;
      readonly actual?: string | null;
    }
  /** `deleted`: how many keys there were. */
  | { readonly kind: "delete"; readonly key: string; readonly deleted?: number }
  | { readonly kind: "delete-prefix"; readonly prefix: string; readonly deleted?: number };

/** One operation of a client. */
export interface Operation {
  /** The caller's number for it, unique in its history. */
  readonly id: number;
  readonly client: number;
  /** Position of the call in the history's order of events. All calls and returns of a history have different ones. */
  readonly call: number;
  /** Position of the return; `null` when the outcome is unknown: it may take effect at any time after the call, or never. */
  readonly return: number | null;
  /** Results of an operation without a known outcome are not looked at. */
  readonly action: Action;
}

/** Whether the action can only look. */
export function isRead(action: Action): boolean {
  return action.kind === "read" || action.kind === "read-prefix";
}

/** Whether an action that returned cannot have changed anything. */
export function observes(action: Action): boolean {
  switch (action.kind) {
    case "read":
    case "read-prefix":
      return true;
    case "cas":
      return action.succeeded === false;
    case "delete":
    case "delete-prefix":
      return action.deleted === 0;
    case "write":
    case "append":
      return false;
  }
}
