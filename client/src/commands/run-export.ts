/** Kept runs as files: the trace, the result and the diagram, in the forms in which the command line writes them. */
import * as vscode from "vscode";
import { diagramRequest } from "../../../server/src/protocol/requests.js";
import { tracePageRequest } from "../../../server/src/protocol/runs.js";
import type { SessionInfo } from "../../../server/src/protocol/session.js";
import { members, text } from "../arguments.js";
import { ExpectedError, unwrap } from "../errors.js";
import { withSlowProgress } from "../progress.js";
import type { Services } from "../services.js";
import { resultOf, runOf, sessionMeant } from "./runs.js";
import { sessionIdsOf } from "./selected.js";

/** Events asked for at once: few enough that a running cluster is not held up. */
const PAGE = 2000;
/** Rows of a diagram: at some 1,350 mermaid draws an error instead. */
const ROWS = 1000;

/** Makes what is written of a session. */
type Make = (services: Services, session: SessionInfo, progress: Progress) => Promise<Uint8Array>;

interface Progress {
  readonly token: vscode.CancellationToken;
  readonly report: (message: string) => void;
}

/** `Raft Lab: Export Trace`: each event as a line of JSON, as `raftlab run --trace` writes it. Argument: `sessionId`, `to`. */
export function exportTrace(services: Services, argument: unknown, selection: unknown): Promise<readonly string[]> {
  return exportAs(services, argument, selection, "ndjson", traceBytes);
}

/** `Raft Lab: Export Result`: what `raftlab run --json` prints. Argument: `sessionId`, `to`. */
export function exportResult(services: Services, argument: unknown, selection: unknown): Promise<readonly string[]> {
  return exportAs(services, argument, selection, "json", async (_, session) => {
    const { result } = await resultOf(services, session);
    return encode(`${JSON.stringify({ version: 1, results: [result] }, null, 2)}\n`);
  });
}

/** `Raft Lab: Export Mermaid Diagram`, as `raftlab diagram` prints it. Argument: `sessionId`, `to`. */
export function exportMermaid(services: Services, argument: unknown, selection: unknown): Promise<readonly string[]> {
  return exportAs(services, argument, selection, "mmd", async (_, session, { token }) => {
    const window = { kind: "time", fromUs: 0, toUs: session.timeUs } as const;
    const parameters = { sessionId: session.id, window, limit: ROWS };
    const { view } = unwrap(await services.server.request(diagramRequest, parameters, token));
    if (view.moreRows > 0) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t("The diagram has the first {0} rows; {1} more do not fit into one picture.", ROWS, view.moreRows),
      );
    }
    return encode(`${view.mermaid.trimEnd()}\n`);
  });
}

/** Writes each session meant to a file that the person chooses. Resolves with the files' URIs. */
async function exportAs(
  services: Services,
  argument: unknown,
  selection: unknown,
  extension: "ndjson" | "json" | "mmd",
  make: Make,
): Promise<readonly string[]> {
  const ids = sessionIdsOf(argument, selection);
  const question = vscode.l10n.t("Export which run?");
  const find = extension === "json" ? runOf : sessionMeant;
  const written: string[] = [];
  for (const given of ids.length === 0 ? [argument] : ids.map((sessionId) => ({ sessionId }))) {
    const session = await find(services, given, question);
    if (!session) break;
    const to = text(members(argument), "to");
    const target = to === undefined ? await askTarget(session, extension) : vscode.Uri.parse(to);
    if (target === undefined) break;
    const bytes = await withSlowProgress(vscode.l10n.t("Exporting “{0}”", session.title), (token, report) =>
      make(services, session, { token, report }),
    );
    await write(target, bytes);
    written.push(target.toString());
    announce(services, target);
  }
  return written;
}

function askTarget(session: SessionInfo, extension: string): Thenable<vscode.Uri | undefined> {
  const name = `${session.title.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/gu, "")}-${session.seed}.${extension}`;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return vscode.window.showSaveDialog({
    title: vscode.l10n.t("Export “{0}”", session.title),
    filters: { [extension]: [extension] },
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
}

async function traceBytes(services: Services, session: SessionInfo, { token, report }: Progress): Promise<Uint8Array> {
  const pages: Uint8Array[] = [];
  // A live cluster goes on: what had happened when it was asked for is exported.
  for (let from = 0; from < session.events; from += PAGE) {
    if (token.isCancellationRequested) throw new vscode.CancellationError();
    report(vscode.l10n.t("{0} of {1} events", from, session.events));
    const parameters = { sessionId: session.id, from, count: Math.min(PAGE, session.events - from) };
    pages.push(encode(unwrap(await services.server.request(tracePageRequest, parameters, token)).lines));
  }
  return joined(pages);
}

function joined(pages: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pages.reduce((sum, page) => sum + page.length, 0));
  let at = 0;
  for (const page of pages) {
    whole.set(page, at);
    at += page.length;
  }
  return whole;
}

function encode(content: string): Uint8Array {
  return new TextEncoder().encode(content);
}

async function write(target: vscode.Uri, bytes: Uint8Array): Promise<void> {
  try {
    await vscode.workspace.fs.writeFile(target, bytes);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ExpectedError(vscode.l10n.t("{0} could not be written: {1}", target.path, reason));
  }
}

function announce(services: Services, target: vscode.Uri): void {
  const open = vscode.l10n.t("Open");
  const name = vscode.workspace.asRelativePath(target);
  void vscode.window.showInformationMessage(vscode.l10n.t("Written to {0}", name), open).then(
    async (choice) => {
      if (choice === open) await vscode.commands.executeCommand("vscode.open", target);
    },
    (error: unknown) => services.errors.show("while opening an exported file", error),
  );
}
