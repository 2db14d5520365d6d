/** The parameters of the requests in `protocol/runs.ts`, checked where they enter the server. */
import type { ParamsOf } from "../lab/contract.js";
import type { comparisonRequest, milestonesRequest, runSettingsRequest } from "../protocol/comparison.js";
import type { compareRequest, tracePageRequest } from "../protocol/runs.js";
import { type Fields, given } from "./fields.js";

/** `raftlab/compare` */
export function readCompare(f: Fields): ParamsOf<typeof compareRequest> {
  return { left: f.string("left"), right: f.string("right") };
}

/** `raftlab/view/comparison` */
export function readComparison(f: Fields): ParamsOf<typeof comparisonRequest> {
  return readCompare(f);
}

/** `raftlab/view/milestones` */
export function readMilestones(f: Fields): ParamsOf<typeof milestonesRequest> {
  return {
    ...readCompare(f),
    choice: f.oneOf("choice", ["outcome", "changed", "all"]),
    from: f.integer("from", 0),
    count: f.integer("count", 1),
  };
}

/** `raftlab/run/settings` */
export function readRunSettings(f: Fields): ParamsOf<typeof runSettingsRequest> {
  return { sessionId: f.string("sessionId"), ...given("setting", f.optionalString("setting")) };
}

/** `raftlab/trace` */
export function readTracePage(f: Fields): ParamsOf<typeof tracePageRequest> {
  return { sessionId: f.string("sessionId"), from: f.integer("from", 0), count: f.integer("count", 1) };
}
