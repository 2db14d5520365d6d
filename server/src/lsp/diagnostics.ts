/** `textDocument/publishDiagnostics`: findings about the text, and what the last run broke. */

import { type Diagnostic, type DiagnosticRelatedInformation, DiagnosticSeverity } from "vscode-languageserver";
import { t } from "../l10n/text.js";
import { SERVER } from "../language/diagnostics/server.js";
import type { Diagnostic as Finding, Severity } from "../language/program.js";
import { RUN_CODES } from "../scenario/result-text.js";
import type { DocumentState, OpenDocument } from "./documents.js";
import { rangeOf, rangeOfLine } from "./positions.js";
import { type CurrentRun, type RunResults, timeText } from "./run-results.js";
import { scenarioNodes } from "./scenario-lines.js";

/** Codes of what the server itself reports; each has a page. */
export const SERVER_CODES = {
  /** The file cannot be read as a scenario. */
  unreadable: SERVER.unreadable.code,
  /** The analysis failed: a defect of Raft Lab. */
  internal: SERVER.internal.code,
  /** A step failed in the last run. */
  failedStep: RUN_CODES.failedStep,
  /** The last run broke a property. */
  violation: RUN_CODES.violation,
} as const;

const SOURCE = "Raft Lab";

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** The page that explains a code; `null` when the server's surroundings have none. */
export type DiagnosticPage = (code: string) => string | null;

/** All diagnostics of a document. */
export function documentDiagnostics(state: DocumentState, runs: RunResults, page: DiagnosticPage): Diagnostic[] {
  switch (state.kind) {
    case "unreadable":
      return [onFirstLine(SERVER_CODES.unreadable, state.reason, page)];
    case "broken":
      return [
        onFirstLine(
          SERVER_CODES.internal,
          t("Raft Lab failed to analyse this text, which is a defect of Raft Lab. The log has the details."),
          page,
        ),
      ];
    case "analysed":
      return [
        ...state.analysis.diagnostics.map((finding) => textDiagnostic(state, finding, page)),
        ...runs.all(state).flatMap((run) => runDiagnostics(state, run, page)),
      ];
  }
}

function onFirstLine(code: string, message: string, page: DiagnosticPage): Diagnostic {
  const start = { line: 0, character: 0 };
  const range = { start, end: { line: 0, character: 1 } };
  return { range, severity: DiagnosticSeverity.Error, source: SOURCE, message, ...codeOf(code, page) };
}

function codeOf(code: string, page: DiagnosticPage): Pick<Diagnostic, "code" | "codeDescription"> {
  const href = page(code);
  return href === null ? { code } : { code, codeDescription: { href } };
}

/** A finding of the language as the editor shows it. */
function textDiagnostic(open: OpenDocument, finding: Finding, page: DiagnosticPage): Diagnostic {
  const relatedInformation: DiagnosticRelatedInformation[] = finding.related.map((place) => ({
    location: { uri: open.document.uri, range: rangeOf(open.document, place.span) },
    message: place.message,
  }));
  return {
    range: rangeOf(open.document, finding.span),
    severity: SEVERITIES[finding.severity],
    source: SOURCE,
    message: finding.message,
    ...codeOf(finding.code, page),
    ...(relatedInformation.length === 0 ? {} : { relatedInformation }),
  };
}

/** What a client finds in the `data` of a run's diagnostic: for "show why". */
export interface RunDiagnosticData {
  readonly sessionId: string;
  readonly eventId: number;
}

interface RunFailure {
  readonly code: string;
  /** In the text that ran. */
  readonly line: number | null;
  readonly message: string;
  readonly because: readonly string[];
  readonly timeUs: number;
  readonly eventId: number;
}

function runFailures(run: CurrentRun): RunFailure[] {
  const steps = run.steps.flatMap(({ ok, line, result, timeUs, eventId }) => {
    const reason = run.causes.get(eventId)?.reason ?? null;
    const because = reason === null ? [] : [t("because {0}", reason)];
    return ok ? [] : [{ code: SERVER_CODES.failedStep, line, message: result, because, timeUs, eventId }];
  });
  const violations = run.violations.flatMap(({ expected, property, message, why, line, timeUs, eventId }) => {
    const text = t("{0} broken: {1}", property, message);
    // All links but the first say so themselves.
    const because = why.map((link, position) => (position === 0 ? t("because {0}", link) : link));
    return expected ? [] : [{ code: SERVER_CODES.violation, line, message: text, because, timeUs, eventId }];
  });
  return [...steps, ...violations];
}

function runDiagnostics(open: OpenDocument, run: CurrentRun, page: DiagnosticPage): Diagnostic[] {
  const { lines, session } = run;
  if (lines === null) return [];
  const seen = new Set<string>();
  return runFailures(run).flatMap(({ code, line, message, because, timeUs, eventId }) => {
    const now = line === null ? null : (lines.get(line) ?? null);
    // A step in a loop may fail in the same words each time round: once is enough.
    const key = `${now} ${code} ${message}`;
    if (seen.has(key)) return [];
    seen.add(key);
    const data: RunDiagnosticData = { sessionId: session.id, eventId };
    const first = t("{0} (at {1} of the last run, seed {2})", message, timeText(timeUs), session.seed);
    return [
      {
        range: now === null ? titleRange(open, session.title) : rangeOfLine(open.document, now),
        severity: DiagnosticSeverity.Error,
        source: t("Raft Lab run"),
        message: [first, ...because.map((reason) => `  ${reason}`)].join("\n"),
        ...codeOf(code, page),
        ...relatedTo(open, run, eventId),
        data,
      },
    ];
  });
}

/** The step that led to a failure, where it is known and still stands. */
function relatedTo(open: OpenDocument, run: CurrentRun, eventId: number): Pick<Diagnostic, "relatedInformation"> {
  const step = run.causes.get(eventId)?.step ?? null;
  const line = step === null ? undefined : run.lines?.get(step.line);
  if (step === null || line === undefined) return {};
  const location = { uri: open.document.uri, range: rangeOfLine(open.document, line) };
  return { relatedInformation: [{ location, message: t("because of this: {0}", step.title) }] };
}

function titleRange(open: OpenDocument, title: string): Diagnostic["range"] {
  const found = scenarioNodes(open.analysis.tree).find((scenario) => scenario.title === title);
  return rangeOf(open.document, found?.titleNode ?? { start: 0, end: 1 });
}
