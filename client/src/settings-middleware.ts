/** What settings switch off in the editor. It takes effect at once: the editor asks anew when a setting changes. */
import * as vscode from "vscode";
import { CodeLensRequest, InlayHintRequest, type LanguageClient, type Middleware } from "vscode-languageclient/node";
import { currentSettings } from "./settings.js";

/** Asks the server for lenses and hints only where a person wants them. */
export const settingsMiddleware: Middleware = {
  provideCodeLenses: (document, token, next) => (currentSettings()["codeLens.enabled"] ? next(document, token) : []),
  provideInlayHints: (document, range, token, next) =>
    currentSettings()["inlayHints.enabled"] ? next(document, range, token) : [],
};

/** Makes the editor ask for lenses and hints of all open documents again. */
export function refreshProviders(client: LanguageClient): void {
  for (const document of vscode.workspace.textDocuments) {
    if (document.languageId !== "raftlab") continue;
    client.getFeature(CodeLensRequest.method).getProvider(document)?.onDidChangeCodeLensEmitter.fire();
    client.getFeature(InlayHintRequest.method).getProvider(document)?.onDidChangeInlayHints.fire();
  }
}
