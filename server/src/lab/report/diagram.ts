import { t } from "../../l10n/text.js";
import { diagramOf } from "../../trace/diagram.js";
import { timelineOf } from "../../trace/timeline.js";
import { formatTime } from "../../view-model/time.js";
import { fenced } from "./markdown.js";
import type { Reported } from "./reported.js";

/** Rows of the picture: what one can take in, and what mermaid draws at once. */
const ROWS = 60;

/** The messages around what matters most, for whoever draws mermaid. */
export function diagramSection(run: Reported): readonly string[] {
  const { recording, violations } = run;
  const { what, eventId } = moment(run);
  if (recording.log.count === 0) return [];
  const diagram = diagramOf(recording, { kind: "around", eventId }, {}, ROWS, violations);
  if (diagram.rows.length === 0) return [];
  const span = t("{0}: from {1} to {2}.", what, formatTime(diagram.fromUs), formatTime(diagram.toUs));
  return [`## ${t("Messages")}`, span, fenced(diagram.mermaid, "mermaid")];
}

/** What a person would look at first. */
function moment({ recording, violations, steps }: Reported): { readonly what: string; readonly eventId: number } {
  const broken = violations.find(({ expected, eventId }) => !expected && eventId >= 0);
  if (broken !== undefined) return { what: t("Around the violation"), eventId: broken.eventId };
  const failed = steps.find(({ ok, eventId }) => !ok && eventId >= 0);
  if (failed !== undefined) return { what: t("Around the step that failed"), eventId: failed.eventId };
  const asked = violations.find(({ eventId }) => eventId >= 0);
  if (asked !== undefined) return { what: t("Around the violation"), eventId: asked.eventId };
  const elected = timelineOf(recording, { buckets: 1 }).marks.find(({ kind }) => kind === "leader");
  if (elected !== undefined) return { what: t("Around the first election"), eventId: elected.eventId };
  return { what: t("The beginning"), eventId: 0 };
}
