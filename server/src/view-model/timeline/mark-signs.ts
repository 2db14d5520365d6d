/** The shapes of marks: SVG paths around a middle, some 12 pixels wide, each of its own form. */
import type { TimelineMark } from "../../protocol/timeline-view.js";

/** The path of each kind of mark. */
export const MARK_SIGNS: Readonly<Record<TimelineMark["kind"], string>> = {
  leader: "M-5 4L-6 -4L-2.5 -1L0 -6L2.5 -1L6 -4L5 4Z",
  configuration: "M-2 -6A4 4 0 1 0 -2 2A4 4 0 1 0 -2 -6M2 -2A4 4 0 1 0 2 6A4 4 0 1 0 2 -2",
  install: "M-5 -5H5V5H-5ZM0 -3V2M-2.5 0L0 2.5L2.5 0",
  fault: "M1 -6L-4 1H-1L-1 6L4 -1H1Z",
  undone: "M0 -5L5 0L0 5L-5 0Z",
  note: "M-4 6V-6H4L2 -2.5L4 1H-4",
  failure: "M-4 -4L4 4M-4 4L4 -4",
  violation: "M-4 -4L4 4M-4 4L4 -4",
  step: "M0 -3V4",
};
