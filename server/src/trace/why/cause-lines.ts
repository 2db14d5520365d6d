import { t } from "../../l10n/text.js";
import { withLine } from "../lines.js";
import { timeText } from "../time-text.js";
import { withSections } from "./cited.js";
import type { WhyLink } from "./link.js";

/** The causes of an event in few words, a line each and without the event itself: below a failure. */
export function causeLines(
  links: readonly Pick<WhyLink, "text" | "because" | "sections" | "line" | "timeUs" | "id">[],
): string[] {
  return links.slice(1).map(({ text, because, sections, line, timeUs, id }) => {
    const told = because === null ? text : t("{0}: {1}", text, withSections(because, sections));
    return t("because {0}", t("{0}, at {1} [event {2}]", withLine(told, line), timeText(timeUs), id));
  });
}
