/**
 * The text of a report about an unexpected end or a defect: what somebody needs who is to find the cause, and nothing of the person's own.
 * Knows nothing of VS Code.
 */

/** A session that was running. */
export interface ReportedSession {
  readonly kind: string;
  readonly seed: number;
  readonly events: number;
  /** Of the scenario's text, SHA-256, the first 16 digits: tells whether two reports are about the same text. */
  readonly textHash: string | null;
}

/** What a report says. */
export interface Report {
  /** ISO 8601. */
  readonly at: string;
  /** What was being done, or what ended. */
  readonly what: string;
  /** The error with its stack; `null` when there is none, as when a process was killed. */
  readonly error: string | null;
  /** Versions and platform, by name. */
  readonly facts: Readonly<Record<string, string>>;
  /** Settings that differ from their defaults. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Requests that had no answer yet, by method. */
  readonly requests: readonly string[];
  readonly sessions: readonly ReportedSession[];
  /** The last lines of the log, oldest first. */
  readonly log: readonly string[];
}

/** Characters of a report; what is too long loses the oldest lines of the log. */
export const REPORT_LENGTH = 64_000;

const NO_ERROR = "none: the process ended without telling why";

/** Where something lies, and what stands for it in a report. Longer ones first where one lies in another. */
export type Places = readonly (readonly [path: string, name: string])[];

/** The report as a Markdown file. */
export function reportText(report: Report, places: Places): string {
  const clean = (text: string): string => redact(text, places);
  const facts = Object.entries(report.facts).map(([name, value]) => `- ${name}: ${value}`);
  const settings = Object.entries(report.settings).map(
    ([name, value]) => `- raftlab.${name}: ${JSON.stringify(value)}`,
  );
  const sessions = report.sessions.map(
    ({ kind, seed, events, textHash }) => `- ${kind}, seed ${seed}, ${events} events, text ${textHash ?? "unknown"}`,
  );
  const head = [
    "# Raft Lab: report of a problem",
    "",
    "Written on this machine; nothing has been sent anywhere. It holds no scenario text; names of files, texts in quotes and the places of",
    "folders were taken out. Read it before you pass it on.",
    "",
    `- when: ${report.at}`,
    `- what: ${clean(report.what)}`,
    ...facts,
    "",
    "## Error",
    "",
    ...block(clean((report.error ?? NO_ERROR).slice(0, REPORT_LENGTH / 4)).split("\n")),
    ...section("Settings that are not the default", settings),
    ...section(
      "Requests without an answer",
      report.requests.map((method) => `- ${method}`),
    ),
    ...section("Sessions that were running", sessions),
  ].join("\n");
  const log: string[] = [];
  let room = REPORT_LENGTH - 100 - head.length;
  for (const line of report.log.map(clean).toReversed()) {
    room -= line.length + 1;
    if (room < 0) break;
    log.unshift(line);
  }
  return `${[head, "## The last lines of the log", "", ...block(log)].join("\n")}\n`;
}

/** Takes out of a line what is the person's own: folders, what is in quotes, the names of files and people. */
export function redact(text: string, places: Places): string {
  let clean = text.replace(/"(?:[^"\\\n]|\\.)*"/g, '"…"').replaceAll("\\", "/");
  for (const [path, name] of places) {
    const plain = path.replaceAll("\\", "/").replace(/\/$/, "");
    if (plain.length > 1) clean = clean.replaceAll(plain, `<${name}>`);
  }
  return clean
    .replace(/\/(home|Users)\/[^/\s"')]+/g, "/$1/<user>")
    .replace(/“[^”\n]*”/g, "“…”")
    .replace(/`[^`\n]*`/g, "`…`")
    .replace(/[^\s/<>"'(:]{1,200}[.]raftlab\b/g, "….raftlab");
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ["", `## ${title}`, "", ...lines];
}

function block(lines: readonly string[]): readonly string[] {
  return ["```", ...lines, "```", ""];
}
