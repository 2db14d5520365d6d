/** What the server can do, as told to the editor in the answer to `initialize`. */
import { CodeActionKind, type InitializeResult, TextDocumentSyncKind } from "vscode-languageserver";
import { FIX_ALL } from "./code-actions.js";
import { SEMANTIC_TOKENS_LEGEND } from "./semantic-tokens.js";

/** The answer to `initialize`. */
export const INITIALIZE_RESULT: InitializeResult = {
  serverInfo: { name: "raftlab" },
  capabilities: {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    completionProvider: { triggerCharacters: [" ", ".", "{", ">", "[", "("] },
    hoverProvider: true,
    signatureHelpProvider: { triggerCharacters: [" "] },
    definitionProvider: true,
    referencesProvider: true,
    documentHighlightProvider: true,
    renameProvider: { prepareProvider: true },
    documentSymbolProvider: true,
    workspaceSymbolProvider: true,
    foldingRangeProvider: true,
    selectionRangeProvider: true,
    documentFormattingProvider: true,
    documentRangeFormattingProvider: true,
    documentOnTypeFormattingProvider: { firstTriggerCharacter: "}", moreTriggerCharacter: ["\n"] },
    codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL] },
    codeLensProvider: {},
    documentLinkProvider: {},
    inlayHintProvider: true,
    semanticTokensProvider: { legend: SEMANTIC_TOKENS_LEGEND, full: { delta: true }, range: true },
  },
};
