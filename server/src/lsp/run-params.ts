/** The parameters of the requests in `protocol/runs.ts`, checked where they enter the server. */
import type { ParamsOf } from "../lab/contract.js";
import type { compareRequest, tracePageRequest } from "../protocol/runs.js";
import type { Fields } from "./fields.js";

/** `raftlab/compare` */
export function readCompare(f: Fields): ParamsOf<typeof compareRequest> {
  return { left: f.string("left"), right: f.string("right") };
}

/** `raftlab/trace` */
export function readTracePage(f: Fields): ParamsOf<typeof tracePageRequest> {
  return { sessionId: f.string("sessionId"), from: f.integer("from", 0), count: f.integer("count", 1) };
}
