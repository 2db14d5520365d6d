/** All commands in one table, with what each does while the server is down. */
import * as vscode from "vscode";
import { COMMANDS } from "../../../server/src/protocol/commands.js";
import type { Services } from "../services.js";
import * as bookmarks from "./bookmarks.js";
import { doStep } from "./do-step.js";
import * as faults from "./faults.js";
import * as keys from "./keys.js";
import * as leases from "./leases.js";
import { lectureMode } from "./lecture.js";
import { control, setPace, startLive, step } from "./live.js";
import * as moments from "./moments.js";
import * as more from "./more-faults.js";
import { newScenario } from "./new-scenario.js";
import * as operations from "./operations.js";
import { openKeyRow, openRunRow, openWatchRow } from "./rows.js";
import { runAll, runScenario } from "./run.js";
import { compareRuns, compareWithFile, compareWithSeed, compareWithSetting } from "./run-compare.js";
import { exportHtml, exportMermaid, exportReport, exportResult, exportRun, exportTrace } from "./run-export.js";
import * as runs from "./runs.js";
import { continueFromHere, saveSession } from "./saving.js";
import { fromServer, onEachServer, partSelected } from "./selected.js";
import { serverActions } from "./server-actions.js";
import { openPanel, openRun, showInPanel } from "./sessions.js";
import { stepForward } from "./step-forward.js";
import { switchLive } from "./switch-live.js";
import { showTest } from "./tests.js";
import { txn } from "./txn.js";
import { openWalkthrough } from "./walkthrough.js";
import * as watches from "./watches.js";
import { askWhy, showWhy } from "./why.js";

/**
 * While the server is down: `start` starts it, or waits for its restart, and then does what was asked; `works`
 * does not need it.
 */
export type WhenDown = "start" | "works";

/**
 * One command. `run` gets the first argument of the call, whatever it is; and the second, which of a view's menu is the list of the selected
 * elements.
 */
export interface CommandDefinition {
  readonly id: string;
  readonly whenDown: WhenDown;
  readonly run: (services: Services, argument: unknown, selection: unknown) => Promise<unknown>;
}

const command = (id: string, run: CommandDefinition["run"], whenDown: WhenDown = "start"): CommandDefinition => ({
  id,
  run,
  whenDown,
});

/** Every command that the manifest contributes; a test compares the two. */
export const COMMAND_TABLE: readonly CommandDefinition[] = [
  command(COMMANDS.runScenario, runScenario),
  command(COMMANDS.runAll, runAll),
  command(COMMANDS.startLive, startLive),
  command("raftlab.newScenario", newScenario, "works"),
  command("raftlab.openWalkthrough", openWalkthrough, "works"),
  command("raftlab.pauseLive", (services, argument) => control(services, argument, { kind: "pause" })),
  command("raftlab.resumeLive", (services, argument) => control(services, argument, { kind: "run" })),
  command("raftlab.stepLive", step),
  command("raftlab.stopLive", (services, argument) => control(services, argument, { kind: "stop" })),
  command("raftlab.setPace", setPace),
  command("raftlab.switchLive", switchLive),
  command("raftlab.saveSession", saveSession),
  command("raftlab.continueFromHere", continueFromHere),
  command("raftlab.stepBack", moments.stepBack),
  command("raftlab.jumpTo", moments.jumpTo),
  command("raftlab.returnToNow", moments.returnToNow),
  command("raftlab.addBookmark", bookmarks.addBookmark),
  command("raftlab.renameBookmark", bookmarks.renameBookmark),
  command("raftlab.removeBookmark", bookmarks.removeBookmark),
  command("raftlab.goToBookmark", bookmarks.goToBookmark),
  command("raftlab.nextBookmark", bookmarks.stepToBookmark("next")),
  command("raftlab.previousBookmark", bookmarks.stepToBookmark("previous")),
  command("raftlab.lectureMode", lectureMode),
  command("raftlab.doStep", doStep),
  command("raftlab.put", async (services, argument) => operations.put(services, await keys.edited(services, argument))),
  command("raftlab.get", operations.get),
  command("raftlab.delete", operations.remove),
  command("raftlab.getWithOptions", operations.getWithOptions),
  command("raftlab.txn", txn),
  command("raftlab.compact", operations.compact),
  command("raftlab.watch", watches.watch),
  command("raftlab.watchWithOptions", watches.watchWithOptions),
  command("raftlab.unwatch", watches.onWatch("unwatch")),
  command("raftlab.watchProgress", watches.onWatch("progress")),
  command("raftlab.leaseGrant", leases.grant),
  command("raftlab.leaseKeepAlive", leases.onName("lease-keepalive")),
  command("raftlab.leaseRevoke", leases.onName("lease-revoke")),
  command("raftlab.leaseTimeToLive", leases.onName("lease-ttl")),
  command("raftlab.lock", leases.lock),
  command("raftlab.unlock", leases.onName("unlock")),
  command("raftlab.campaign", leases.campaign),
  command("raftlab.resign", leases.onName("resign")),
  command(COMMANDS.goToWriter, keys.goToWriter),
  command("raftlab.goToEvent", keys.goToEvent),
  command("raftlab.copy", keys.copy),
  command("raftlab.openKeyRow", openKeyRow),
  command("raftlab.openWatchRow", openWatchRow),
  command(
    "raftlab.crash",
    onEachServer(faults.serverFault("crash", { only: "up", selectors: ["leader", "any follower"] })),
  ),
  command("raftlab.restartNode", onEachServer(faults.serverFault("restart", { only: "down" }))),
  command(
    "raftlab.pauseNode",
    onEachServer(faults.serverFault("pause", { only: "up", selectors: ["leader", "any follower"] })),
  ),
  command("raftlab.resumeNode", onEachServer(faults.serverFault("resume", { only: "paused" }))),
  command("raftlab.isolate", onEachServer(faults.serverFault("isolate", { selectors: ["leader", "any follower"] }))),
  command("raftlab.partition", partSelected(faults.partition, serversOf)),
  command("raftlab.cut", fromServer(faults.cut)),
  command("raftlab.heal", onEachServer(faults.heal)),
  command("raftlab.dropNext", fromServer(faults.dropNext)),
  command("raftlab.timeout", more.timeout),
  command("raftlab.transferLeadership", more.transferLeadership),
  command("raftlab.addServer", more.addServer),
  command("raftlab.promoteServer", more.promoteServer),
  command("raftlab.removeServer", more.removeServer),
  command("raftlab.takeSnapshot", more.snapshot),
  command("raftlab.wipe", more.wipe),
  command("raftlab.loss", more.loss),
  command("raftlab.latency", more.latency),
  command("raftlab.delay", more.delay),
  command("raftlab.clock", more.clock),
  command("raftlab.disk", more.disk),
  command(COMMANDS.openClusterPanel, (services, argument) => openPanel(services, argument, "cluster"), "works"),
  command(COMMANDS.openDiagram, (services, argument) => openPanel(services, argument, "diagram"), "works"),
  command(COMMANDS.openHistory, (services, argument) => openPanel(services, argument, "history"), "works"),
  command(COMMANDS.showWhy, showWhy),
  command(COMMANDS.askWhy, askWhy),
  command("raftlab.stepForward", stepForward),
  command("raftlab.showInClusterPanel", showInPanel),
  command("raftlab.showTestInClusterPanel", (services, argument) => showTest(services, argument, "cluster")),
  command("raftlab.showTestInDiagram", (services, argument) => showTest(services, argument, "diagram")),
  command("raftlab.openRun", openRun),
  command("raftlab.rerun", runs.rerun),
  command("raftlab.rerunWithSeed", runs.rerunWithSeed),
  command("raftlab.compareRuns", compareRuns),
  command("raftlab.compareWithSeed", compareWithSeed),
  command("raftlab.compareWithSetting", compareWithSetting),
  command("raftlab.compareWithFile", compareWithFile),
  command("raftlab.exportRun", exportRun),
  command("raftlab.exportHtml", exportHtml),
  command("raftlab.exportReport", exportReport),
  command("raftlab.exportTrace", exportTrace),
  command("raftlab.exportResult", exportResult),
  command("raftlab.exportMermaid", exportMermaid),
  command("raftlab.copyReproduceLine", runs.copyReproduceLine),
  command("raftlab.deleteRun", runs.deleteRuns),
  command("raftlab.deleteAllRuns", runs.deleteAllRuns),
  command("raftlab.groupRuns", (services) => Promise.resolve(services.runs.group(true)), "works"),
  command("raftlab.ungroupRuns", (services) => Promise.resolve(services.runs.group(false)), "works"),
  command("raftlab.openRunRow", openRunRow),
  command("raftlab.restartServer", (services) => services.server.restart(), "works"),
  command("raftlab.serverActions", serverActions, "works"),
  command("raftlab.openReport", (services) => services.reports.openNewest(), "works"),
  command("raftlab.showLog", (services) => Promise.resolve(services.log.show()), "works"),
];

/** The servers of a session, or of the one that commands mean. */
function serversOf({ sessions }: Services, sessionId: string | undefined): readonly string[] {
  const session = sessionId === undefined ? sessions.live : sessions.get(sessionId);
  return session?.servers ?? [];
}

/** Registers the table. Errors become messages, and are thrown on to callers that are programs only as `undefined`. */
export function registerCommands(services: Services): vscode.Disposable[] {
  return COMMAND_TABLE.map((definition) =>
    vscode.commands.registerCommand(definition.id, async (argument: unknown, selection: unknown) => {
      try {
        if (definition.whenDown === "start") await startQuietly(services);
        return await definition.run(services, argument, selection);
      } catch (error) {
        services.errors.show(`in ${definition.id}`, error);
        return undefined;
      }
    }),
  );
}

async function startQuietly(services: Services): Promise<void> {
  if (services.server.status.kind === "running") return;
  const title = vscode.l10n.t("Starting the lab");
  await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, () => services.server.start());
}
