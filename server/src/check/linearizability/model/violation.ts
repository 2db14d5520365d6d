import type { Revision } from "../../../kv/request.js";
import type { KvResponse } from "../../../kv/response.js";
import type { ModelOperation } from "./operation.js";

/** A history that no order of its operations explains. */
export interface ModelViolation {
  /** The first operation at whose return nothing explains what had returned until then, itself included. */
  readonly blocked: ModelOperation;
  /**
   * What the model would have answered in its place, after everything that explains the answers before; and in what the answer seen differs,
   * in words. `null` where that could not be found within the steps allowed.
   */
  readonly fit: { readonly expected: KvResponse; readonly difference: string; readonly revision: Revision } | null;
  /**
   * Ids in an order that explains everything that had returned before the blocked operation did. The blocked one stands in it, if it does,
   * without its answer. `null` where none was found within the steps allowed.
   */
  readonly prefix: readonly number[] | null;
  /** The blocked operation and others that returned, by call order, which have no explanation together with `background`. */
  readonly history: readonly ModelOperation[];
  /**
   * The other operations that may have changed something before, by call order, without their answers. Even if each of them may have
   * happened at any time after its call or never, nothing explains `history`; where `made` is set, at any time at which it makes that revision,
   * as its answer said.
   */
  readonly background: readonly ModelOperation[];
}
