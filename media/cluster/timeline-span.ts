/** The span that the timeline shows. */
import { endWithRoom, type Span } from "../../server/src/view-model/timeline/span.js";
import { type ClusterState, isFlowing } from "./model.js";

/** The end of what there is to show, with some room ahead while a live cluster flows. `nowUs`: the time shown, virtual microseconds. */
export function timelineEnd(state: ClusterState, nowUs: number): number {
  const endUs = state.overview?.endUs ?? 0;
  return isFlowing(state) ? endWithRoom(Math.max(endUs, nowUs)) : endUs;
}

/** The zoomed span, or all of the run. */
export function timelineSpan(state: ClusterState, nowUs: number): Span {
  return state.span ?? { fromUs: 0, toUs: timelineEnd(state, nowUs) };
}
