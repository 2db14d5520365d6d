/** `textDocument/codeAction`: the quick fixes of findings, and "why" for what a run broke. */
import { type CodeAction, CodeActionKind, type CodeActionParams, type Diagnostic } from "vscode-languageserver";
import type { Diagnostic as Finding } from "../language/program.js";
import { COMMANDS, type SessionArgument } from "../protocol/commands.js";
import { SERVER_CODES } from "./diagnostics.js";
import type { OpenDocument } from "./documents.js";
import { checkFields } from "./fields.js";
import { rangeOf, textEdits, touches } from "./positions.js";

/** The actions for a range. */
export function codeActions(open: OpenDocument, params: CodeActionParams): CodeAction[] {
  const { only } = params.context;
  const wanted = only === undefined || only.some((kind) => kind === "" || kind === CodeActionKind.QuickFix);
  if (!wanted) return [];
  const fixes = open.analysis.diagnostics
    .filter((finding) => finding.fixes.length > 0 && touches(rangeOf(open.document, finding.span), params.range))
    .flatMap((finding) => quickFixes(open, finding, params.context.diagnostics));
  return [...fixes, ...params.context.diagnostics.flatMap(whyActions)];
}

function quickFixes(open: OpenDocument, finding: Finding, shown: readonly Diagnostic[]): CodeAction[] {
  const range = rangeOf(open.document, finding.span);
  const diagnostics = shown.filter(
    (d) =>
      d.code === finding.code &&
      d.range.start.line === range.start.line &&
      d.range.start.character === range.start.character,
  );
  return finding.fixes.map((fix, i) => ({
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    diagnostics,
    // The language puts the likeliest remedy first; "Auto Fix" takes only what is preferred.
    isPreferred: i === 0,
    edit: { changes: { [open.document.uri]: textEdits(open.document, fix.edits) } },
  }));
}

function whyActions(diagnostic: Diagnostic): CodeAction[] {
  if (diagnostic.code !== SERVER_CODES.failedStep && diagnostic.code !== SERVER_CODES.violation) return [];
  // The client hands back what it was given, but it is the client's data by then.
  const data = checkFields("diagnostic", diagnostic.data, (f) => ({
    sessionId: f.string("sessionId"),
    eventId: f.integer("eventId", -1),
  }));
  if (!data.ok) return [];
  const argument: SessionArgument = data.value;
  const title = "Show why this happened";
  return [
    {
      title,
      kind: CodeActionKind.QuickFix,
      diagnostics: [diagnostic],
      command: { title, command: COMMANDS.showWhy, arguments: [argument] },
    },
  ];
}
