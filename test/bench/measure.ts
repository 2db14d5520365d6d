/** The median; 0 for nothing. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? 0)) / 2;
}

/**
 * How long something took, in seconds of this process's processor time, and what it gave. Processor time, because
 * others may be at work on the machine; it includes the garbage collector's helpers.
 */
export function timed<T>(work: () => T): { readonly seconds: number; readonly value: T } {
  const started = process.cpuUsage();
  const value = work();
  const { user, system } = process.cpuUsage(started);
  return { seconds: (user + system) / 1_000_000, value };
}

/** Steps of {@link calibrate}. */
const CALIBRATION_STEPS = 4_000_000;

/**
 * Steps a second of a loop that does what a simulator does at the least: a seeded generator, a binary heap of small
 * objects, columns. Figures are given as ratios to it, so that machines, busy or not, can be compared.
 */
export function calibrate(): number {
  const heap: { readonly due: number; readonly order: number }[] = [];
  const column = new Int32Array(1 << 16);
  let state = 0x2545f491;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  const { seconds } = timed(() => {
    for (let step = 0; step < CALIBRATION_STEPS; step += 1) {
      if (heap.length < 32) push(heap, { due: step + (next() & 0xff), order: step });
      else column[pop(heap) & 0xffff] = step;
    }
  });
  return CALIBRATION_STEPS / seconds;
}

interface Item {
  readonly due: number;
  readonly order: number;
}

function before(a: Item, b: Item): boolean {
  return a.due < b.due || (a.due === b.due && a.order < b.order);
}

function push(heap: Item[], item: Item): void {
  let position = heap.length;
  heap.push(item);
  while (position > 0) {
    const parent = (position - 1) >> 1;
    const above = heap[parent];
    if (above === undefined || !before(item, above)) break;
    heap[position] = above;
    position = parent;
  }
  heap[position] = item;
}

function pop(heap: Item[]): number {
  const top = heap[0];
  const item = heap.pop();
  if (top === undefined || item === undefined) return 0;
  let position = 0;
  while (heap.length > 0) {
    const left = position * 2 + 1;
    const right = heap[left + 1];
    const first = heap[left];
    if (first === undefined) break;
    const child = right !== undefined && before(right, first) ? left + 1 : left;
    const smaller = heap[child];
    if (smaller === undefined || !before(smaller, item)) break;
    heap[position] = smaller;
    position = child;
  }
  if (heap.length > 0) heap[position] = item;
  return top.order;
}
