/**
 * The language server: connects the editor's requests to the language and to the lab. Knows nothing of the
 * transport; {@link Host} is all it needs of its surroundings.
 */
import {
  type ClientCapabilities,
  CodeLensRefreshRequest,
  type Connection,
  MessageType,
  ShowMessageNotification,
} from "vscode-languageserver";
import { readMessages, useMessages } from "../l10n/text.js";
import type { LabEvent, LabSettings } from "../lab/contract.js";
import type { InitializationOptions } from "../protocol/initialize.js";
import type { Settings } from "../protocol/settings.js";
import { heartbeatRequest, internalErrorNotification, serverStatusNotification } from "../protocol/status.js";
import { INITIALIZE_RESULT } from "./capabilities.js";
import { CodeLensFeature } from "./code-lenses.js";
import { Cursors } from "./cursors.js";
import { documentDiagnostics } from "./diagnostics.js";
import { Documents } from "./documents.js";
import { type Checked, checkFields } from "./fields.js";
import type { Host } from "./host.js";
import { LabAccess } from "./lab-access.js";
import { forwardLabEvent, type Notify } from "./lab-events.js";
import { registerLabRequests } from "./lab-requests.js";
import { registerLanguageFeatures } from "./language-features.js";
import { createLog, guarded, type Log } from "./log.js";
import { Publisher } from "./publisher.js";
import { findCauses } from "./run-causes.js";
import { RunResults } from "./run-results.js";
import { runnableScenarios } from "./scenarios.js";
import { SemanticTokensFeature } from "./semantic-tokens.js";
import { changedSettings, ServerSettings } from "./settings.js";
import { StatusReporter } from "./status.js";
import { registerTasks } from "./task-requests.js";
import { registerTests } from "./tests/requests.js";

/** Sets up the server on a connection; the caller then lets the connection listen. */
export function createServer(connection: Connection, host: Host): void {
  const log = createLog(connection.console, (what, error) => {
    // One that cannot be told of, as an editor that is gone cannot be, is in the log.
    connection.sendNotification(internalErrorNotification.method, { what, error }).catch(() => undefined);
  });
  const documents = new Documents(host, log);
  const runs = new RunResults();
  const lenses = new CodeLensFeature(runs);
  const tokens = new SemanticTokensFeature();
  let supports: ClientCapabilities = {};
  let locale = "en";
  const pageOf = (code: string): string | null => host.diagnosticPage(code, locale);

  const status = new StatusReporter((params) => notify(serverStatusNotification, params));
  const settings = new ServerSettings((message) => {
    const params = { type: MessageType.Warning, message };
    inBackground(log, "telling of a setting", connection.sendNotification(ShowMessageNotification.method, params));
  });
  const publisher = new Publisher(host.now, (uri) => {
    publishDiagnostics(uri);
    guarded(
      log,
      () => `tests of ${uri}`,
      undefined,
      () => tests.documentChanged(uri),
    );
  });

  function publishDiagnostics(uri: string): void {
    const what = (): string => `diagnostics of ${uri}`;
    guarded(log, what, undefined, () => {
      const state = documents.state(uri);
      if (state === undefined) return;
      const diagnostics = documentDiagnostics(state, runs, pageOf);
      inBackground(log, what(), connection.sendDiagnostics({ uri, version: state.version, diagnostics }));
    });
  }

  const notify: Notify = (definition, params) => {
    inBackground(log, definition.method, connection.sendNotification(definition.method, params));
  };

  function onLabEvent(event: LabEvent): void {
    guarded(
      log,
      () => `passing on ${event.kind}`,
      undefined,
      () => {
        status.record(event);
        const changed = runs.record(event);
        cursors.record(event);
        forwardLabEvent(event, notify);
        if (changed !== null) refresh(changed);
        if (event.kind === "run-ended") addCauses(event);
      },
    );
  }

  function addCauses({ session, steps, violations, source }: LabEvent & { readonly kind: "run-ended" }): void {
    const work = async (): Promise<void> => {
      const causes = await findCauses(await lab.get(), session, steps, violations);
      if (causes.size === 0) return;
      runs.setCauses(source.uri, session, causes);
      publisher.schedule(source.uri);
    };
    inBackground(log, `finding the causes of what ${session.id} broke`, work());
  }

  /** A run has begun or ended: what is shown of it in the document is asked for or sent anew. */
  function refresh(uri: string): void {
    publisher.schedule(uri);
    if (supports.workspace?.codeLens?.refreshSupport === true)
      inBackground(log, "refreshing lenses", connection.sendRequest(CodeLensRefreshRequest.type));
    refreshHints();
  }

  function refreshHints(): void {
    if (supports.workspace?.inlayHint?.refreshSupport === true)
      inBackground(log, "refreshing hints", connection.languages.inlayHint.refresh());
  }

  const lab = new LabAccess(host, log, onLabEvent, (message) => status.trouble("lab", "error", message));
  const tests = registerTests({ connection, host, documents, lab, log, notify });
  registerTasks({ connection, documents, lab, log, notify, index: tests.index });
  settings.listen((current) => {
    lab.settings = labSettings(current);
  });
  const cursors = new Cursors({
    lab: () => lab.get(),
    documentOf: (sessionId) => runs.documentOf(sessionId)?.uri ?? null,
    changed: refreshHints,
    failed: (error) => log.failed("looking at the cluster at the cursor", error),
  });

  connection.onInitialize((params) => {
    supports = params.capabilities;
    tests.initialize(params);
    // Editors other than VS Code send none: everything stays in memory then.
    const raw: unknown = params.initializationOptions;
    if (raw === undefined || raw === null) return INITIALIZE_RESULT;
    const options = readOptions(raw);
    if (options.ok) {
      const { workspaceStorage, globalStorage, messages = null } = options.value;
      useMessages(messages);
      locale = options.value.locale;
      lab.configure({ storageFolder: workspaceStorage ?? globalStorage, messages });
      settings.take(Object(raw)["settings"]);
    } else log.warn(`${options.message} Runs will not be kept.`);
    return INITIALIZE_RESULT;
  });
  connection.onInitialized(() => {
    tests.initialized();
    status.soon();
  });
  connection.onDidChangeConfiguration((params) => {
    const changed = changedSettings(params);
    if (changed !== null) settings.take(changed);
  });
  connection.onRequest(heartbeatRequest.method, () => null);
  connection.onShutdown(async () => {
    status.dispose();
    publisher.dispose();
    cursors.dispose();
    await lab.dispose().catch((error: unknown) => log.failed("shutting the lab down", error));
  });

  documents.listen(
    connection,
    (uri) => publisher.schedule(uri),
    (uri) => {
      publisher.cancel(uri);
      lenses.forget(uri);
      tokens.forget(uri);
      tests.documentClosed(uri);
      inBackground(log, `clearing ${uri}`, connection.sendDiagnostics({ uri, diagnostics: [] }));
    },
    (uri) => tests.documentSaved(uri),
  );
  const links = { diagnostic: pageOf };
  registerLanguageFeatures({ connection, log, documents, runs, lab, cursors, lenses, tokens, links });
  registerLabRequests({
    connection,
    lab,
    log,
    readText: (uri) => documents.readText(uri),
    scenarios: (_uri, text) => runnableScenarios(text),
  });
}

/** Work that nobody waits for: its failure, such as an editor that is gone while we send to it, is for the log. */
function inBackground(log: Log, what: string, work: Promise<unknown>): void {
  work.catch((error: unknown) => log.failed(what, error));
}

function labSettings(settings: Settings): LabSettings {
  return {
    maxEvents: settings["simulation.maxEvents"],
    maxSeconds: settings["simulation.maxSeconds"],
    pace: settings["live.pace"],
    keep: settings["store.keep"],
  };
}

function readOptions(raw: unknown): Checked<InitializationOptions> {
  return checkFields("initializationOptions", raw, (f) => ({
    workspaceStorage: f.stringOrNull("workspaceStorage"),
    globalStorage: f.string("globalStorage"),
    locale: f.optionalString("locale") ?? "en",
    messages: readMessages(Object(raw)["messages"]),
  }));
}
