/** Two runs compared, in words. */
import { t } from "../../l10n/text.js";
import type { ComparisonView, InputDifference, MilestoneRow, MilestoneSide } from "../../protocol/comparison.js";
import type { EventView } from "../../protocol/event-view.js";
import type { SessionInfo } from "../../protocol/session.js";
import { sessionTitle } from "../session-title.js";
import { formatCount, formatTime } from "../time.js";

/** What the whole comparison comes to, in a sentence. */
export function headline({ trace }: ComparisonView): string {
  if (trace.kind === "equal")
    return t("The two runs are the same: {0} events, trace {1}.", formatCount(trace.events), trace.hash);
  if (trace.same === 0) return t("The two runs differ from their first event on.");
  return trace.same === 1
    ? t("The two runs are the same for 1 event, then they part at {0}.", formatTime(trace.partUs))
    : t(
        "The two runs are the same for {0} events, then they part at {1}.",
        formatCount(trace.same),
        formatTime(trace.partUs),
      );
}

/** A run: `a title · check-quorum off, seed 7`. */
export function runText(session: SessionInfo): string {
  return t("{0}, seed {1}", sessionTitle(session), session.seed);
}

/** What a difference of inputs is about. */
export function inputName(input: InputDifference): string {
  switch (input.kind) {
    case "seed":
      return t("seed");
    case "setting":
      return input.name;
    case "text":
      return t("the text of the scenario");
    case "scenario":
      return t("the scenario");
    case "person":
      return t("what persons did");
  }
}

/** What made two runs differ, in a sentence each. */
export function inputText(input: InputDifference): string {
  switch (input.kind) {
    case "seed":
      return t(
        "Another seed: {0} on the left, {1} on the right. All chance is drawn otherwise.",
        input.left,
        input.right,
      );
    case "setting":
      return t(
        "Another setting: {0} in the left run, {1} in the right one.",
        `${input.name} ${input.left}`,
        `${input.name} ${input.right}`,
      );
    case "text": {
      const lines = input.edits.length + input.more;
      return lines === 1
        ? t("Another text: 1 line of the scenario differs.")
        : t("Another text: {0} lines of the scenario differ.", lines);
    }
    case "scenario":
      return t("Another scenario: “{0}” on the left, “{1}” on the right.", input.left, input.right);
    case "person":
      return t("What persons did to a live cluster: its steps are no part of a text.");
  }
}

/** The heading of what two runs were made from. */
export function inputsHeading({ trace }: ComparisonView): string {
  return trace.kind === "equal" ? t("What they were made from") : t("What made them differ");
}

/** What is said where nothing differs that runs are made from. */
export function noInputs({ trace }: ComparisonView): string {
  return trace.kind === "equal"
    ? t("Both were made from the same text, settings and seed.")
    : t(
        "Both were made from the same text, settings and seed: a version of Raft Lab between them must have changed something.",
      );
}

/** An event with its time: `[187.2 ms] s2's election timer runs out`. */
export function eventText(event: EventView | null): string {
  if (event === null) return t("The run has ended.");
  return `[${formatTime(event.timeUs)}] ${event.title}`;
}

/** How the two of a milestone relate: a sign and a word, so that neither colour nor sign has to say it alone. */
export function gradeWords(row: MilestoneRow): { readonly sign: string; readonly text: string } {
  const { grade, left, right } = row;
  if (grade === "equal") return { sign: "=", text: t("same") };
  if (left === null) return { sign: "≠", text: t("right only") };
  if (right === null) return { sign: "≠", text: t("left only") };
  if (grade === "outcome") return { sign: "≠", text: t("differs") };
  const late = right.timeUs - left.timeUs;
  return { sign: "≈", text: late > 0 ? t("{0} later", formatTime(late)) : t("{0} earlier", formatTime(-late)) };
}

/** How one run came to a milestone: `412 ms: s3`. */
export function sideText(side: MilestoneSide | null): string {
  if (side === null) return t("did not happen");
  return side.value === "" ? formatTime(side.timeUs) : t("{0}: {1}", formatTime(side.timeUs), side.value);
}

/**
 * The comparison as lines of text: the twin of the panel, and what the command line prints. `more`: rows that are left out. `causes`: of the
 * first difference of each, a line a cause.
 */
export function comparisonLines(
  view: ComparisonView,
  rows: readonly MilestoneRow[],
  more: number,
  causes: Readonly<Record<"left" | "right", readonly string[]>> = { left: [], right: [] },
): readonly string[] {
  const { trace, inputs, left, right, counts } = view;
  const lines = [`${t("left")}:  ${runText(left)}`, `${t("right")}: ${runText(right)}`, "", headline(view)];
  lines.push("", inputsHeading(view));
  lines.push(...(inputs.length === 0 ? [`  ${noInputs(view)}`] : inputs.flatMap(inputLines)));
  if (trace.kind === "different") {
    lines.push("", t("First difference"));
    lines.push(`  ${t("left")}:  ${withReason(trace.left)}`, ...causes.left.map((cause) => `         ${cause}`));
    lines.push(`  ${t("right")}: ${withReason(trace.right)}`, ...causes.right.map((cause) => `         ${cause}`));
    lines.push(...trace.sentences.map((sentence) => `  ${sentence}`));
    for (const { name, left: a, right: b } of trace.contents) lines.push(`  ${name}: ${a || "–"} | ${b || "–"}`);
  }
  lines.push("", t("What each comes to"), `  ${countsText(counts)}`);
  for (const row of rows) {
    const { sign, text } = gradeWords(row);
    lines.push(`  ${sign} ${row.label} (${text})`);
    if (row.grade !== "equal") lines.push(`      ${sideText(row.left)} | ${sideText(row.right)}`);
  }
  if (more > 0) lines.push(`  ${t("… and {0} more.", formatCount(more))}`);
  return lines;
}

/** `5 differ, 12 at another time, 20 the same` */
export function countsText({ outcome, time, equal }: ComparisonView["counts"]): string {
  return t(
    "{0} differ, {1} at another time, {2} the same",
    formatCount(outcome),
    formatCount(time),
    formatCount(equal),
  );
}

function withReason(event: EventView | null): string {
  const text = eventText(event);
  return event?.reason == null ? text : t("{0}: {1}", text, event.reason);
}

function inputLines(input: InputDifference): readonly string[] {
  const lines = [`  ${inputText(input)}`];
  if (input.kind !== "text") return lines;
  for (const { side, line, text } of input.edits) lines.push(`    ${side === "left" ? "-" : "+"} ${line}: ${text}`);
  if (input.more > 0) lines.push(`    ${t("… and {0} more.", formatCount(input.more))}`);
  return lines;
}
