import { DiagramIndex } from "../trace/diagram-index.js";
import { windowOf } from "../trace/diagram-window.js";
import type { Recording } from "../trace/recording.js";
import type { Mark } from "../trace/view.js";
import { LIGHT_PALETTE } from "../view-model/diagram/paint.js";
import { sceneSvg } from "../view-model/diagram/scene-svg.js";

/** Rows of one picture: its height is what viewers can still show. */
const MOST_ROWS = 1000;

/** The message diagram of a run, or of a span of it, as the text of an SVG file: the picture that the diagram panel saves. */
export function diagramPicture(
  recording: Recording,
  span: { readonly fromUs?: number | undefined; readonly toUs?: number | undefined },
  marks: readonly Mark[],
  title: string,
): { readonly svg: string; readonly moreRows: number } {
  const selection = { span: { fromUs: span.fromUs ?? 0, toUs: span.toUs ?? recording.world.nowUs } };
  const run = new DiagramIndex(recording).select(selection, marks);
  while (!run.advance());
  const view = windowOf(run, 0, MOST_ROWS);
  return { svg: sceneSvg(view, LIGHT_PALETTE, { title }), moreRows: view.totalRows - view.rows.length };
}
