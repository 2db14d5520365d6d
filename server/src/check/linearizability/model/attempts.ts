import type { Sliced } from "../../sliced.js";
import type { ModelOperation } from "./operation.js";
import { modelProblem } from "./problem.js";
import { ModelSearch, type ModelSearchStatus } from "./search.js";
import type { ModelState } from "./state.js";

/** Searches in parts of one history, within one budget. */
export class Attempts {
  /** The state before the history. */
  readonly initial: ModelState;
  readonly #log: readonly number[];
  readonly #room: number;
  #left: number;

  /** `log`: ids in the order known of the log. `budget` in steps over all searches, `room` in configurations and states of each. */
  constructor(initial: ModelState, log: readonly number[], budget: number, room: number) {
    this.initial = initial;
    this.#log = log;
    this.#room = room;
    this.#left = budget;
  }

  /** Steps that are left. */
  get left(): number {
    return this.#left;
  }

  /** Searches for an explanation of operations by call order, for at most `most` steps. */
  *run(operations: readonly ModelOperation[], most: number): Sliced<ModelSearchStatus> {
    const search = new ModelSearch(modelProblem(operations, this.initial, this.#log));
    const status = yield* search.inSlices(Math.min(most, this.#left), this.#room);
    // Taking a history in costs something as well, however soon its search ends.
    this.#left -= search.steps + operations.length;
    return status;
  }
}
