import { t } from "../../l10n/text.js";
import { withLine } from "../lines.js";
import { timeText } from "../time-text.js";
import type { WhyAnswer } from "./answer.js";
import { withSections } from "./cited.js";
import type { WhyLink } from "./link.js";

/** An answer as text, line by line: question, answer, links, what is to come, what one asks next. For the command line and for copies. */
export function answerLines(answer: WhyAnswer): string[] {
  const { question, headline, sections, links, truncated, waits, questions } = answer;
  const [first] = links;
  const chain = first?.relation === "asked";
  const lines = [question, withSections(headline, sections)];
  // Of an event the headline is the reason already.
  for (const link of links) lines.push(...linkLines(link, chain && link === first && link.because === headline));
  if (truncated) lines.push(t("  … and so on"));
  for (const { text, timeUs, eventId } of waits) {
    lines.push(
      timeUs === null
        ? t("  still to come: {0} [event {1}]", text, eventId)
        : t("  at {0}: {1} [event {2}]", timeText(timeUs), text, eventId),
    );
  }
  for (const { title } of questions) lines.push(t("  ask next: {0}", title));
  return lines;
}

function linkLines(
  { relation, text, because, sections, mechanics, timeUs, id, line, title }: WhyLink,
  told: boolean,
): string[] {
  const place = t("{0}, event {1}", timeText(timeUs), id);
  if (relation === "fact")
    return [`  - ${withSections(text, sections)}`, `      ${t("since {0}: {1}", place, withLine(title, line))}`];
  const head = relation === "asked" ? text : t("because {0}", text);
  const lines = [`  - ${withLine(head, line)} [${place}]`];
  if (because !== null && !told) lines.push(`      ${withSections(because, sections)}`);
  if (mechanics !== null) lines.push(`      ${mechanics}`);
  return lines;
}

/** The causes of an event in few words, a line each and without the event itself: below a failure. */
export function causeLines(links: readonly Pick<WhyLink, "text" | "because" | "sections" | "line" | "timeUs" | "id">[]): string[] {
  return links.slice(1).map(({ text, because, sections, line, timeUs, id }) => {
    const told = because === null ? text : t("{0}: {1}", text, withSections(because, sections));
    return t("because {0}", t("{0}, at {1} [event {2}]", withLine(told, line), timeText(timeUs), id));
  });
}
