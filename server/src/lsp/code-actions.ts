/** `textDocument/codeAction`: the quick fixes of findings, and "why" for what a run broke. */
import { type CodeAction, CodeActionKind, type CodeActionParams, type Diagnostic } from "vscode-languageserver";
import { t } from "../l10n/text.js";
import type { Diagnostic as Finding } from "../language/program.js";
import { COMMANDS, type SessionArgument } from "../protocol/commands.js";
import { SERVER_CODES } from "./diagnostics.js";
import type { OpenDocument } from "./documents.js";
import { checkFields } from "./fields.js";
import { rangeOf, textEdits, touches } from "./positions.js";

/** Mends all misspelt words of a document: for "fix all" on saving. */
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.raftlab`;

/** Misspelt steps, settings, names and words, of which the nearest known one is meant. */
const SPELLING: ReadonlySet<string> = new Set([
  "RL0003",
  "RL0004",
  "RL1001",
  "RL1002",
  "RL1003",
  "RL1004",
  "RL1005",
  "RL1006",
  "RL1007",
  "RL1008",
  "RL1009",
  "RL1024",
]);

/** The actions for a range. */
export function codeActions(open: OpenDocument, params: CodeActionParams): CodeAction[] {
  const { only } = params.context;
  if (only?.some((kind) => kind === FIX_ALL || kind === CodeActionKind.SourceFixAll) === true) return fixAll(open);
  const wanted = only === undefined || only.some((kind) => kind === "" || kind === CodeActionKind.QuickFix);
  if (!wanted) return [];
  const fixes = open.analysis.diagnostics
    .filter((finding) => finding.fixes.length > 0 && touches(rangeOf(open.document, finding.span), params.range))
    .flatMap((finding) => quickFixes(open, finding, params.context.diagnostics));
  return [...fixes, ...params.context.diagnostics.flatMap(whyActions)];
}

/** All misspelt words at once; those of which several words may be meant are left alone. */
function fixAll(open: OpenDocument): CodeAction[] {
  const fixes = open.analysis.diagnostics.flatMap(({ code, fixes: [fix, ...others] }) =>
    SPELLING.has(code) && fix !== undefined && others.length === 0 ? [fix] : [],
  );
  if (fixes.length === 0) return [];
  const edits = textEdits(
    open.document,
    fixes.flatMap((fix) => fix.edits),
  );
  return [{ title: t("Mend all misspelt words"), kind: FIX_ALL, edit: { changes: { [open.document.uri]: edits } } }];
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
  const title = t("Show why this happened");
  return [
    {
      title,
      kind: CodeActionKind.QuickFix,
      diagnostics: [diagnostic],
      command: { title, command: COMMANDS.showWhy, arguments: [argument] },
    },
  ];
}
