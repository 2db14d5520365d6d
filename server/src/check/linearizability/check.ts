import { finish, type Sliced } from "../sliced.js";
import { firstBlocked } from "./blocked.js";
import { type Compiled, compile, problemOf } from "./compile.js";
import { Memory, MemoryShare } from "./memory.js";
import type { Operation } from "./operation.js";
import { type Partition, partitions } from "./partition.js";
import type { Placed, Problem } from "./problem.js";
import { Search } from "./search.js";
import { checkWitness } from "./witness.js";

/** How to check. */
export interface LinearizabilityOptions {
  /** What every key holds before the history begins; `null` when there is none. */
  readonly initial: string | null;
  /** Steps of the search, over all keys, after which the rest is unproven. One step applies one operation to one state. */
  readonly budget: number;
  /** Ids in an order that the caller believes in, such as the order of application in the log; tried first. */
  readonly witness: readonly number[];
  /** Bytes that the searches may take together, about; a part that would need more is unproven. {@link MEMORY} where left out. */
  readonly memory?: number;
}

/** Bytes that a check takes at most where nothing else is asked for. */
export const MEMORY = 128 * 1024 * 1024;

/** A history that no order of its operations explains. */
export interface NotLinearizable {
  /** The keys of the part that fails; nearly always one. */
  readonly keys: readonly string[];
  /** The first operation before whose return no order can place it along with all that returned earlier. */
  readonly blocked: Operation;
  /** The operations of these keys that were called before that return; alone, they are not linearizable either. */
  readonly history: readonly Operation[];
}

/** The verdict on a history. */
export type Linearizability =
  /** Ids in an order that explains everything, for each set of keys. */
  | { readonly kind: "ok"; readonly orders: readonly (readonly number[])[]; readonly steps: number }
  | { readonly kind: "violation"; readonly violation: NotLinearizable; readonly steps: number }
  /** Steps or memory were too few for these keys; all others are fine. */
  | { readonly kind: "unproven"; readonly keys: readonly string[]; readonly steps: number };

/** Steps for each set of keys in the first round; every further round doubles them. */
const FIRST_ROUND = 1024;
/** Steps after which others may have their turn. */
const SLICE = 1 << 15;

interface Job {
  readonly partition: Partition;
  readonly compiled: Compiled;
  readonly problem: Problem;
  readonly search: Search;
}

/** Decides whether a history, given by call order, is linearizable. */
export function checkLinearizability(history: readonly Operation[], options: LinearizabilityOptions): Linearizability {
  return finish(linearizabilityInSlices(history, options));
}

/** {@link checkLinearizability} in pieces of some milliseconds. */
export function* linearizabilityInSlices(
  history: readonly Operation[],
  options: LinearizabilityOptions,
): Sliced<Linearizability> {
  const { initial, budget } = options;
  const rank = new Map<number, number>();
  for (let place = 0; place < options.witness.length; place += 1) rank.set(options.witness[place] ?? 0, place);
  const orders: number[][] = [];
  const memory = new Memory(options.memory ?? MEMORY);
  const undecided: Partition[] = [];
  let jobs: Job[] = [];
  for (const partition of partitions(history)) {
    const compiled = compile(partition, initial, new MemoryShare(memory));
    const order = checkWitness(compiled, rank);
    yield;
    if (order === null) jobs.push(jobOf(partition, compiled));
    else {
      orders.push(order);
      compiled.share.release();
    }
  }
  let steps = 0;
  // In turn and not one after the other: a key that is easily refuted must not wait for one that is hard.
  for (let round = FIRST_ROUND; jobs.length > 0 && steps < budget; round *= 2) {
    const unfinished: Job[] = [];
    for (const job of jobs) {
      const { status, used } = yield* searching(job.search, Math.min(round, budget - steps));
      steps += used;
      if (status.kind === "running") {
        unfinished.push(job);
        continue;
      }
      job.search.release();
      if (status.kind === "violation") return yield* violated(job, status, steps, budget);
      job.compiled.share.release();
      if (status.kind === "full") undecided.push(job.partition);
      else orders.push(orderOf(job, status.order));
    }
    jobs = unfinished;
  }
  undecided.push(...jobs.map(({ partition }) => partition));
  if (undecided.length > 0) return { kind: "unproven", keys: undecided.flatMap(({ keys }) => keys), steps };
  return { kind: "ok", orders, steps };
}

/** Goes on with a search for about `steps`. */
function* searching(search: Search, steps: number): Sliced<ReturnType<Search["run"]>> {
  let used = 0;
  for (;;) {
    const part = search.run(Math.min(SLICE, steps - used));
    used += part.used;
    if (part.status.kind !== "running" || used >= steps) return { status: part.status, used };
    yield;
  }
}

function jobOf(partition: Partition, compiled: Compiled): Job {
  const problem = problemOf(compiled);
  return { partition, compiled, problem, search: new Search(problem) };
}

function orderOf({ compiled }: Job, order: readonly Placed[]): number[] {
  return order.map(({ kind, operation }) => operationOf(compiled[kind], operation).id);
}

function* violated(
  { partition, compiled, problem }: Job,
  status: { readonly blocked: number; readonly first: boolean },
  steps: number,
  budget: number,
): Sliced<Linearizability> {
  const { blocked: number, used } = status.first
    ? { blocked: status.blocked, used: 0 }
    : yield* firstBlocked(problem, status.blocked, budget - steps);
  const blocked = operationOf(compiled.closed, number);
  const end = blocked.return ?? blocked.call;
  const history = partition.operations.filter(({ call }) => call < end);
  return { kind: "violation", violation: { keys: partition.keys, blocked, history }, steps: steps + used };
}

function operationOf(operations: readonly Operation[], number: number): Operation {
  const operation = operations[number];
  if (operation === undefined) throw new Error(`the search named operation ${number} of ${operations.length}`);
  return operation;
}
