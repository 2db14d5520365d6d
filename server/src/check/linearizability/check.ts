import { type Compiled, compile, problemOf } from "./compile.js";
import type { Operation } from "./operation.js";
import { type Partition, partitions } from "./partition.js";
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
}

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
  /** The budget was too small for these keys; all others are fine. */
  | { readonly kind: "unproven"; readonly keys: readonly string[]; readonly steps: number };

/** Steps for each set of keys in the first round; every further round doubles them. */
const FIRST_ROUND = 1024;

interface Job {
  readonly partition: Partition;
  readonly compiled: Compiled;
  readonly search: Search;
}

/** Decides whether a history, given by call order, is linearizable. */
export function checkLinearizability(history: readonly Operation[], options: LinearizabilityOptions): Linearizability {
  const rank = new Map<number, number>();
  for (let place = 0; place < options.witness.length; place += 1) rank.set(options.witness[place] ?? 0, place);
  const orders: number[][] = [];
  let jobs: Job[] = [];
  for (const partition of partitions(history)) {
    const compiled = compile(partition, options.initial);
    const order = checkWitness(compiled, rank);
    if (order === null) jobs.push({ partition, compiled, search: new Search(problemOf(compiled)) });
    else orders.push(order);
  }
  let steps = 0;
  // In turn and not one after the other: a key that is easily refuted must not wait for one that is hard.
  for (let round = FIRST_ROUND; jobs.length > 0 && steps < options.budget; round *= 2) {
    const unfinished: Job[] = [];
    for (const job of jobs) {
      const allowed = Math.min(round, options.budget - steps);
      const { status, used } = job.search.run(allowed);
      steps += used;
      if (status.kind === "violation") {
        return { kind: "violation", violation: violationOf(job, status.blocked), steps };
      }
      if (status.kind === "running") unfinished.push(job);
      else orders.push(status.order.map(({ kind, operation }) => idOf(job.compiled[kind], operation)));
    }
    jobs = unfinished;
  }
  if (jobs.length > 0) return { kind: "unproven", keys: jobs.flatMap(({ partition }) => partition.keys), steps };
  return { kind: "ok", orders, steps };
}

function idOf(operations: readonly Operation[], number: number): number {
  const operation = operations[number];
  if (operation === undefined) throw new Error(`the search placed operation ${number} of ${operations.length}`);
  return operation.id;
}

function violationOf(job: Job, number: number): NotLinearizable {
  const blocked = job.compiled.closed[number];
  if (blocked === undefined) throw new Error(`the search was blocked by operation ${number}, which there is not`);
  const end = blocked.return ?? blocked.call;
  const history = job.partition.operations.filter(({ call }) => call < end);
  return { keys: job.partition.keys, blocked, history };
}
