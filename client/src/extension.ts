/** The extension: creates its parts and wires them. What can live in the server does. */
import * as vscode from "vscode";
import { storeMessageNotification } from "../../server/src/protocol/requests.js";
import { Bookmarks } from "./bookmarks.js";
import { registerCommands } from "./commands/table.js";
import { createCursorLine } from "./editor/cursor-line.js";
import { ErrorReporter } from "./errors.js";
import { History } from "./history.js";
import { LogTail } from "./log-tail.js";
import { Results } from "./output.js";
import { PanelManager } from "./panels/manager.js";
import { Reports } from "./reports.js";
import { LabServer } from "./server.js";
import type { Services } from "./services.js";
import { Sessions } from "./sessions.js";
import { onDidChangeSettings } from "./settings.js";
import { createTaskProvider } from "./tasks/provider.js";
import { type ReportedEvent, Tests } from "./tests/controller.js";
import { ClusterTree } from "./views/cluster-tree.js";
import { KeysTree } from "./views/keys-tree.js";
import { RunsTree } from "./views/runs-tree.js";
import { createServerStatus } from "./views/server-status.js";
import { createStatus } from "./views/status.js";
import { WatchesTree } from "./views/watches-tree.js";

/** What `activate` returns: for tests, which end the server's process and look at the state. */
export interface ExtensionApi {
  /** Process id of the language server while it runs. */
  readonly serverPid: () => number | undefined;
  /** `starting`, `running`, `hangs` or `stopped`. */
  readonly serverStatus: () => string;
  /** Id of the session that views and commands mean. */
  readonly currentSession: () => string | undefined;
  /** The last lines of the results channel. */
  readonly results: () => readonly string[];
  /** Milliseconds that `activate` took. */
  readonly activationMs: number;
  /** The server's status when `activate` returned. */
  readonly serverWhenActivated: string;
  /** The test controller, and what it reported lately: VS Code has no way to read a run's results back. */
  readonly tests: {
    readonly controller: vscode.TestController;
    readonly reported: () => readonly ReportedEvent[];
    readonly run: Tests["run"];
  };
}

/** Called by VS Code when an activation event fires. Returns at once: the server starts in its own time. */
export function activate(context: vscode.ExtensionContext): ExtensionApi {
  const started = performance.now();
  const tail = new LogTail(vscode.window.createOutputChannel("Raft Lab", { log: true }));
  const log = tail.channel;
  const errors = new ErrorReporter(log);
  const server = new LabServer(context, log);
  const sessions = new Sessions(server, context.workspaceState, errors);
  const reports = new Reports(context, tail, server, sessions);
  const results = new Results(server);
  const bookmarks = new Bookmarks(server, errors);
  const panels = new PanelManager();
  const history = new History(context.workspaceState);
  const keys = new KeysTree({ server, sessions, errors });
  const watches = new WatchesTree({ server, sessions, errors });
  const tests = new Tests(server, errors);
  const runs = new RunsTree({ server, sessions, bookmarks, errors }, context.workspaceState);
  const services: Services = {
    context,
    log,
    server,
    sessions,
    bookmarks,
    errors,
    results,
    history,
    panels,
    keys,
    watches,
    reports,
    runs,
  };
  const clusterTree = new ClusterTree(server, sessions, errors);
  const clusterView = vscode.window.createTreeView("raftlab.cluster", {
    treeDataProvider: clusterTree,
    canSelectMany: true,
  });
  clusterTree.attach(clusterView);
  const keysView = vscode.window.createTreeView("raftlab.keys", { treeDataProvider: keys });
  const watchesView = vscode.window.createTreeView("raftlab.watches", { treeDataProvider: watches });
  const runsView = vscode.window.createTreeView("raftlab.runs", { treeDataProvider: runs, canSelectMany: true });
  runs.attach(runsView);
  server.onNotification(storeMessageNotification, ({ message }) => void vscode.window.showWarningMessage(message));
  const startFor = (document: vscode.TextDocument): void => {
    if (document.languageId !== "raftlab" || server.wanted) return;
    server.start().catch((error) => errors.show("while starting the language server", error));
  };
  context.subscriptions.push(
    log,
    server,
    sessions,
    bookmarks,
    results,
    panels,
    clusterTree,
    runs,
    runsView,
    clusterView,
    keys,
    keysView,
    keys.attach(keysView),
    watches,
    watchesView,
    watches.attach(watchesView),
    results.onDidWatch((sessionId) => watches.notice(sessionId)),
    panels.connect(services),
    tests,
    createTaskProvider(server),
    reports,
    createStatus(server, sessions),
    createServerStatus(server),
    onDidChangeSettings(() => server.settingsChanged()),
    createCursorLine(sessions),
    server.onDidChangeStatus((status) => {
      if (status.kind === "stopped" || status.hangs) void offerRestart(status.message, reports);
    }),
    vscode.workspace.onDidOpenTextDocument(startFor),
    ...registerCommands(services),
  );
  for (const document of vscode.workspace.textDocuments) startFor(document);
  const activationMs = performance.now() - started;
  log.debug(`activated in ${activationMs.toFixed(1)} ms`);
  const serverStatus = () => (server.status.hangs ? "hangs" : server.status.kind);
  return {
    serverPid: () => server.pid,
    serverStatus,
    currentSession: () => sessions.current?.id,
    results: () => results.recent,
    activationMs,
    serverWhenActivated: serverStatus(),
    tests: {
      controller: tests.controller,
      reported: () => tests.reported,
      run: (ids, token, continuous) => tests.run(ids, token, continuous),
    },
  };
}

async function offerRestart(message: string, reports: Reports): Promise<void> {
  const restart = vscode.l10n.t("Restart");
  const showLog = vscode.l10n.t("Show Log");
  const openReport = vscode.l10n.t("Open Report");
  const more = reports.any ? [openReport] : [];
  const choice = await vscode.window.showErrorMessage(message, restart, showLog, ...more);
  if (choice === restart) await vscode.commands.executeCommand("raftlab.restartServer");
  if (choice === showLog) await vscode.commands.executeCommand("raftlab.showLog");
  if (choice === openReport) await vscode.commands.executeCommand("raftlab.openReport");
}
