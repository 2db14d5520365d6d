/** An answer as text: what is copied from a panel and what the command line prints. */
import { t } from "../../l10n/text.js";
import type { WhyLink, WhyView } from "../../protocol/why.js";
import { formatTime } from "../time.js";

/** Question, answer, links, what is to come, and what one asks next; a line each, links indented. */
export function answerLines(answer: WhyView): readonly string[] {
  const { question, headline, sections, links, truncated, waits, questions } = answer;
  return [
    question,
    cite(headline, sections),
    ...links.flatMap((link, at) => linkLines(link, at === 0 && link.because === headline)),
    ...(truncated ? [t("  … and so on")] : []),
    ...waits.map(({ text, timeUs, eventId }) =>
      timeUs === null
        ? t("  still to come: {0} [event {1}]", text, eventId)
        : t("  at {0}: {1} [event {2}]", formatTime(timeUs), text, eventId),
    ),
    ...questions.map(({ title }) => t("  ask next: {0}", title)),
  ];
}

/** A sentence with its sources in brackets behind it. */
export function cite(text: string, sections: readonly string[]): string {
  return sections.length === 0 ? text : t("{0} ({1})", text, sections.join(", "));
}

/** `since 500 ms: s3 crashes`, what happened when a fact began. */
export function sinceWords({ timeUs, title }: WhyLink): string {
  return t("since {0}: {1}", formatTime(timeUs), title);
}

/** What the link says, with its `because` where it is the cause of the one before. */
export function linkWords({ relation, text }: WhyLink): string {
  return relation === "cause" ? t("because {0}", text) : text;
}

/** `told`: the reason was the answer already. */
function linkLines(link: WhyLink, told: boolean): readonly string[] {
  const { relation, because, sections, mechanics } = link;
  if (relation === "fact") return [`  - ${cite(link.text, sections)}`, `      ${place(sinceWords(link), link)}`];
  return [
    `  - ${place(t("{0}, at {1}", linkWords(link), formatTime(link.timeUs)), link)}`,
    ...(because === null || told ? [] : [`      ${cite(because, sections)}`]),
    ...(mechanics === null ? [] : [`      ${mechanics}`]),
  ];
}

function place(text: string, { id, line }: WhyLink): string {
  return line === null ? t("{0} [event {1}]", text, id) : t("{0} [event {1}, line {2}]", text, id, line);
}
