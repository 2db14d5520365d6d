import { t } from "../../l10n/text.js";
import { operationsOf } from "../../trace/export.js";
import { timelineOf } from "../../trace/timeline.js";
import { why, whyLines } from "../../trace/why/chain.js";
import { formatTime } from "../../view-model/time.js";
import { code, plain, table } from "./markdown.js";
import { leftOut, type Reported } from "./reported.js";

/** Rows of a table of elections, and of operations. */
const ELECTIONS = 100;
const OPERATIONS = 300;
/** Violations told with their causes, and the causes of each. */
const VIOLATIONS = 20;
const CAUSES = 25;

/** What was broken, each with its chain of causes; failed steps with theirs. */
export function violationSection({ recording, violations, steps }: Reported): readonly string[] {
  const chain = (eventId: number): readonly string[] =>
    eventId < 0
      ? []
      : [
          whyLines(why(recording, eventId))
            .slice(0, CAUSES)
            .map((line, at) => `${at + 1}. ${plain(line)}`)
            .join("\n"),
        ];
  const failed = steps.filter(({ ok }) => !ok).slice(0, VIOLATIONS);
  const shown = violations.slice(0, VIOLATIONS);
  return [
    ...(failed.length === 0 ? [] : [`## ${t("Steps that failed")}`]),
    ...failed.flatMap(({ line, result, eventId }) => [`### ${t("Line {0}", line)}`, plain(result), ...chain(eventId)]),
    ...(shown.length === 0 ? [] : [`## ${t("Violations")}`]),
    ...shown.flatMap(({ property, message, timeUs, eventId, expected }) => [
      `### ${plain(property)}${expected ? ` (${t("asked for by the scenario")})` : ""}`,
      `${plain(message)} (${t("at {0}, event {1}", formatTime(timeUs), eventId)})`,
      ...chain(eventId),
    ]),
    ...leftOut(violations.length - shown.length),
  ];
}

/** Who was elected when. */
export function electionSection({ recording, violations }: Reported): readonly string[] {
  const marks = timelineOf(recording, { buckets: 1 }, violations).marks.filter(({ kind }) => kind === "leader");
  if (marks.length === 0) return [];
  const shown = marks.slice(0, ELECTIONS);
  const rows = shown.map(({ timeUs, eventId, text }) => [formatTime(timeUs), String(eventId), plain(text)]);
  return [
    `## ${t("Elections")}`,
    table([t("Time"), t("Event"), t("What")], rows),
    ...leftOut(marks.length - shown.length),
  ];
}

/** What clients asked, and what they got. */
export function operationSection({ recording }: Reported): readonly string[] {
  const operations = operationsOf(recording);
  if (operations.length === 0) return [];
  const shown = operations.slice(0, OPERATIONS);
  const rows = shown.map(({ client, text, invokeUs, returnUs, outcome, revision }) => [
    plain(client),
    code(text),
    formatTime(invokeUs),
    returnUs === null ? "" : formatTime(returnUs),
    plain(outcome),
    revision === null ? "" : String(revision),
  ]);
  return [
    `## ${t("Operations of clients")}`,
    table([t("Client"), t("Operation"), t("Asked"), t("Answered"), t("Outcome"), t("Revision")], rows),
    ...leftOut(operations.length - shown.length),
  ];
}
