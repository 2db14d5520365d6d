/** The forms in which a run leaves the lab: what each file holds, and how it is made. */
import * as vscode from "vscode";
import { reportRequest, runSourceRequest } from "../../../server/src/protocol/exports.js";
import { playerHtml } from "../../../server/src/protocol/player-file.js";
import { diagramRequest } from "../../../server/src/protocol/requests.js";
import { tracePageRequest } from "../../../server/src/protocol/runs.js";
import type { SessionInfo } from "../../../server/src/protocol/session.js";
import { ExpectedError, unwrap } from "../errors.js";
import { panelTranslation } from "../panels/translation.js";
import type { Services } from "../services.js";
import { resultOf } from "./runs.js";

/** Events asked for at once: few enough that a running cluster is not held up. */
const PAGE = 2000;
/** Rows of a diagram: at some 1,350 mermaid draws an error instead. */
const ROWS = 1000;

/** How long work tells of itself, and is ended. */
export interface ExportProgress {
  readonly token: vscode.CancellationToken;
  readonly report: (message: string) => void;
}

/** One form. */
export interface ExportForm {
  /** As a file's name ends. */
  readonly extension: "html" | "md" | "ndjson" | "json" | "mmd";
  /** Only a scenario's run that has ended has it. */
  readonly ofRunsOnly: boolean;
  make(services: Services, session: SessionInfo, progress: ExportProgress): Promise<Uint8Array>;
}

/** Every form, by the name under which `raftlab.exportRun` takes it. */
export const EXPORT_FORMS = {
  html: { extension: "html", ofRunsOnly: false, make: player },
  report: { extension: "md", ofRunsOnly: false, make: report },
  trace: { extension: "ndjson", ofRunsOnly: false, make: trace },
  result: { extension: "json", ofRunsOnly: true, make: result },
  mermaid: { extension: "mmd", ofRunsOnly: false, make: mermaid },
} satisfies Readonly<Record<string, ExportForm>>;

/** The name of a form. */
export type ExportFormName = keyof typeof EXPORT_FORMS;

/** One HTML file that plays the run: the run's source, put into the page that the build has made. */
async function player(services: Services, session: SessionInfo, { token }: ExportProgress): Promise<Uint8Array> {
  const { source } = unwrap(await services.server.request(runSourceRequest, { sessionId: session.id }, token));
  const dist = vscode.Uri.joinPath(services.context.extensionUri, "dist");
  const template = await readTemplate(vscode.Uri.joinPath(dist, "player.html"));
  const translation = await panelTranslation(
    dist,
    vscode.env.language,
    (error) => services.errors.log("while the player's translation was read", error),
    "player",
  );
  return encode(playerHtml(template, source, translation));
}

async function readTemplate(file: vscode.Uri): Promise<string> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ExpectedError(
      vscode.l10n.t("The player that goes into the file could not be read; install Raft Lab again. {0}", reason),
    );
  }
}

async function report(services: Services, session: SessionInfo, { token }: ExportProgress): Promise<Uint8Array> {
  return encode(unwrap(await services.server.request(reportRequest, { sessionId: session.id }, token)).markdown);
}

async function result(services: Services, session: SessionInfo): Promise<Uint8Array> {
  const made = await resultOf(services, session);
  return encode(`${JSON.stringify({ version: 1, results: [made.result] }, null, 2)}\n`);
}

async function mermaid(services: Services, session: SessionInfo, { token }: ExportProgress): Promise<Uint8Array> {
  const window = { kind: "time", fromUs: 0, toUs: session.timeUs } as const;
  const parameters = { sessionId: session.id, window, limit: ROWS };
  const { view } = unwrap(await services.server.request(diagramRequest, parameters, token));
  if (view.moreRows > 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("The diagram has the first {0} rows; {1} more do not fit into one picture.", ROWS, view.moreRows),
    );
  }
  return encode(`${view.mermaid.trimEnd()}\n`);
}

async function trace(services: Services, session: SessionInfo, progress: ExportProgress): Promise<Uint8Array> {
  const { token, report: tell } = progress;
  const pages: Uint8Array[] = [];
  // A live cluster goes on: what had happened when it was asked for is exported.
  for (let from = 0; from < session.events; from += PAGE) {
    if (token.isCancellationRequested) throw new vscode.CancellationError();
    tell(vscode.l10n.t("{0} of {1} events", from, session.events));
    const parameters = { sessionId: session.id, from, count: Math.min(PAGE, session.events - from) };
    pages.push(encode(unwrap(await services.server.request(tracePageRequest, parameters, token)).lines));
  }
  return joined(pages);
}

/** VS Code's file systems write a file at once: there is no appending. */
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
