import type { Revision } from "../../kv/request.js";

/** What is believed of an operation's place in the order. */
export interface Believed {
  readonly id: number;
  readonly call: number;
  /** `null` for an operation of unknown outcome. */
  readonly return: number | null;
  /** The store's revision after it; `null` for an error that does not stand in the log: it tells none. */
  readonly revision: Revision | null;
  /** Whether it made that revision. */
  readonly changed: boolean;
  /** Its position in the log; `null` where it has none or nobody knows. */
  readonly position: number | null;
  /** Among the places that fit, an operation that was refused for a compaction takes the last one. */
  readonly late: boolean;
}

/**
 * Ids in an order in which they probably took effect: changes and what stands in the log by revision and position; everything else where its
 * revision allows and as soon as everything is done that had returned when it was called.
 */
export function witnessOrder(operations: readonly Believed[]): number[] {
  const fixed = operations.filter(({ changed, position }) => changed || position !== null);
  fixed.sort(
    (a, b) =>
      (a.revision ?? 0) - (b.revision ?? 0) ||
      Number(b.changed) - Number(a.changed) ||
      (a.position ?? 0) - (b.position ?? 0) ||
      a.call - b.call,
  );
  const loose = operations.filter(({ changed, position }) => !changed && position === null);
  loose.sort((a, b) => a.call - b.call);
  const slots = new Map<number, number[]>();
  const earliest = earliestSlots(fixed, loose);
  for (const [at, operation] of loose.entries()) {
    const slot = slotOf(operation, fixed, earliest[at] ?? 0);
    const found = slots.get(slot);
    if (found === undefined) slots.set(slot, [operation.id]);
    else found.push(operation.id);
  }
  const order = [...(slots.get(0) ?? [])];
  for (const [at, { id }] of fixed.entries()) order.push(id, ...(slots.get(at + 1) ?? []));
  return order;
}

/** For each of the loose ones, by call order: how many of the fixed ones come before it for certain, having returned before. */
function earliestSlots(fixed: readonly Believed[], loose: readonly Believed[]): number[] {
  const returned = fixed
    .map((operation, at) => ({ end: operation.return ?? Number.POSITIVE_INFINITY, at }))
    .sort((a, b) => a.end - b.end);
  let next = 0;
  let slot = 0;
  return loose.map(({ call }) => {
    for (let one = returned[next]; one !== undefined && one.end < call; one = returned[next]) {
      slot = Math.max(slot, one.at + 1);
      next += 1;
    }
    return slot;
  });
}

function slotOf({ revision, late, return: end }: Believed, fixed: readonly Believed[], earliest: number): number {
  if (revision === null) {
    if (!late || end === null) return earliest;
    let slot = earliest;
    while (slot < fixed.length && (fixed[slot]?.call ?? 0) < end) slot += 1;
    return slot;
  }
  let low = 0;
  let high = fixed.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((fixed[middle]?.revision ?? 0) < revision) low = middle + 1;
    else high = middle;
  }
  const makes = fixed[low]?.revision === revision && fixed[low]?.changed === true;
  return Math.max(makes ? low + 1 : low, earliest);
}
