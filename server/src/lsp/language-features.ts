/** Registers the features of the Language Server Protocol, each guarded so that its defects stay its own. */
import {
  type Connection,
  type HoverParams,
  LSPErrorCodes,
  type Position,
  ResponseError,
  type TextDocumentIdentifier,
} from "vscode-languageserver";
import { codeActions } from "./code-actions.js";
import type { CodeLensFeature } from "./code-lenses.js";
import { completion } from "./completion.js";
import { cursorHints } from "./cursor-hints.js";
import { withCursorHover } from "./cursor-hover.js";
import type { Cursors } from "./cursors.js";
import { documentLinks, type LinkTargets } from "./document-links.js";
import type { Documents, OpenDocument } from "./documents.js";
import { foldingRanges } from "./folding.js";
import { formatDocument, formatOnType, formatRange } from "./formatting.js";
import { hover } from "./hover.js";
import { inlayHints } from "./inlay-hints.js";
import { withKeyHover } from "./key-hover.js";
import type { LabAccess } from "./lab-access.js";
import { guarded, type Log } from "./log.js";
import { definition, documentHighlights, references } from "./navigation.js";
import { prepareRename, type RenameOutcome, rename } from "./rename.js";
import type { RunResults } from "./run-results.js";
import { selectionRanges } from "./selection-ranges.js";
import type { SemanticTokensFeature } from "./semantic-tokens.js";
import { signatureHelp } from "./signature-help.js";
import { documentSymbols } from "./symbols.js";
import { workspaceSymbols } from "./workspace-symbols.js";

/** What the features share. */
export interface FeatureServices {
  readonly connection: Connection;
  readonly log: Log;
  readonly documents: Documents;
  readonly runs: RunResults;
  readonly lab: LabAccess;
  readonly cursors: Cursors;
  readonly lenses: CodeLensFeature;
  readonly tokens: SemanticTokensFeature;
  readonly links: LinkTargets;
}

interface OnDocument {
  readonly textDocument: TextDocumentIdentifier;
  readonly position?: Position;
}

/** Registers all language features on the connection. */
export function registerLanguageFeatures(services: FeatureServices): void {
  const { connection, log, documents, runs, lab, cursors, lenses, tokens } = services;

  /** A feature of one open document; for others, and after an exception, it answers with the fallback. */
  function feature<P extends OnDocument, R>(
    name: string,
    fallback: R,
    answer: (open: OpenDocument, params: P) => R,
  ): (params: P) => R {
    return (params) => {
      // As JSON, because parameters that make a feature throw may well not have the shape they should.
      const what = (): string => `${name} of ${JSON.stringify(params.textDocument)} ${JSON.stringify(params.position)}`;
      return guarded(log, what, fallback, () => {
        const open = documents.get(params.textDocument.uri);
        return open === undefined ? fallback : answer(open, params);
      });
    };
  }

  connection.onCompletion(
    feature("completion", null, (open, p) => completion(open, p.position, p.context?.triggerCharacter)),
  );
  const plainHover = feature("hover", null, (open, p: HoverParams) => hover(open, p.position, runs));
  connection.onHover(async (p) => {
    const plain = plainHover(p);
    const open = documents.get(p.textDocument?.uri);
    // What has no position has been complained about already.
    if (open === undefined || typeof p.position?.line !== "number") return plain;
    try {
      const atCursor = await withCursorHover(plain, open, p.position, runs, () => lab.get());
      return await withKeyHover(atCursor, open, p.position, runs, () => lab.get());
    } catch (error) {
      log.failed("hover at the cursor", error);
      return plain;
    }
  });
  connection.onSignatureHelp(feature("signature help", null, (open, p) => signatureHelp(open, p.position)));
  connection.onDefinition(feature("definition", null, (open, p) => definition(open, p.position)));
  connection.onReferences(
    feature("references", null, (open, p) => references(open, p.position, p.context.includeDeclaration)),
  );
  connection.onDocumentHighlight(feature("highlight", null, (open, p) => documentHighlights(open, p.position)));
  connection.onDocumentSymbol(feature("symbols", null, (open) => documentSymbols(open.document, open.analysis.tree)));
  connection.onFoldingRanges(
    feature("folding", null, (open) => foldingRanges(open.document, open.analysis.tree, open.analysis.tokens)),
  );
  connection.onSelectionRanges(
    feature("selection ranges", null, (open, p) => selectionRanges(open.document, open.analysis.tree, p.positions)),
  );
  connection.onCodeAction(feature("code actions", null, codeActions));
  connection.onDocumentLinks(feature("document links", null, (open) => documentLinks(open, services.links)));
  connection.onCodeLens(feature("code lenses", null, (open) => lenses.lenses(open)));
  connection.languages.inlayHint.on(
    feature("inlay hints", null, (open, p) => [
      ...inlayHints(open, runs, p.range),
      ...cursorHints(open, runs, cursors.of(open.document.uri), p.range),
    ]),
  );

  connection.onDocumentFormatting(feature("formatting", null, (open) => formatDocument(open.document)));
  connection.onDocumentRangeFormatting(feature("formatting", null, (open, p) => formatRange(open.document, p.range)));
  connection.onDocumentOnTypeFormatting(
    feature("formatting on type", null, (open, p) => formatOnType(open.document, p.position, p.ch)),
  );

  const { semanticTokens } = connection.languages;
  semanticTokens.on(feature("semantic tokens", { data: [] }, (open) => tokens.full(open)));
  semanticTokens.onDelta(feature("semantic tokens", { data: [] }, (open, p) => tokens.delta(open, p.previousResultId)));
  semanticTokens.onRange(feature("semantic tokens", { data: [] }, (open, p) => tokens.range(open, p.range)));

  connection.onPrepareRename(
    feature("prepare rename", null, (open, p) => renameAnswer(prepareRename(open, p.position))),
  );
  connection.onRenameRequest(feature("rename", null, (open, p) => renameAnswer(rename(open, p.position, p.newName))));
  connection.onWorkspaceSymbol(({ query }) =>
    guarded(
      log,
      () => `workspace symbols for "${query}"`,
      [],
      () => workspaceSymbols(documents, query),
    ),
  );
}

/** A refusal becomes an error whose message the editor shows at the caret. */
function renameAnswer<T>(outcome: RenameOutcome<T>): T | ResponseError {
  return outcome.ok ? outcome.value : new ResponseError(LSPErrorCodes.RequestFailed, outcome.message);
}
