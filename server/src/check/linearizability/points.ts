/** What a point may be chosen from: an operation's span, and the instant at which it is known to have taken effect. */
export interface PointSpan {
  readonly call: number;
  /** `null`: it has no end. */
  readonly return: number | null;
  /** Where its point belongs if the order allows it; `null` where nothing is known. */
  readonly wanted: number | null;
}

/**
 * An instant for each operation of an order: within its span, none before the one in front of it, at the wanted instant where that is
 * possible. The order must be one that keeps real time: nothing stands before what had returned when it was called.
 */
export function pointsOf(order: readonly PointSpan[]): number[] {
  const count = order.length;
  /** By place: the bounds that the spans set, first alone and then with the instants that are known. */
  const low = new Float64Array(count);
  const high = new Float64Array(count);
  let latestCall = Number.NEGATIVE_INFINITY;
  for (const [at, { call }] of order.entries()) {
    latestCall = Math.max(latestCall, call);
    low[at] = latestCall;
  }
  let firstReturn = Number.POSITIVE_INFINITY;
  for (let at = count - 1; at >= 0; at -= 1) {
    firstReturn = Math.min(firstReturn, order[at]?.return ?? Number.POSITIVE_INFINITY);
    high[at] = firstReturn;
  }
  const known = order.map(({ wanted }, at) => (wanted === null ? null : clamp(wanted, low[at] ?? 0, high[at] ?? 0)));
  let next = Number.POSITIVE_INFINITY;
  for (let at = count - 1; at >= 0; at -= 1) {
    next = Math.min(next, known[at] ?? Number.POSITIVE_INFINITY, high[at] ?? 0);
    high[at] = next;
  }
  let before = Number.NEGATIVE_INFINITY;
  return order.map((_, at) => {
    const from = Math.max(before, low[at] ?? 0);
    const to = high[at] ?? from;
    const free = to === Number.POSITIVE_INFINITY ? from : Math.floor((from + to) / 2);
    before = clamp(known[at] ?? free, from, to);
    return before;
  });
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
