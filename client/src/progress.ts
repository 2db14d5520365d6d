/** Progress that is only shown when something takes long: most runs end before one could read it. */
import * as vscode from "vscode";
import { WorkDoneProgress } from "vscode-languageclient/node";
import type { LabServer } from "./server.js";

const QUIET_MS = 700;

/** Does `work`; when it takes longer than a moment, a notification says so and lets the person cancel. */
export async function withSlowProgress<T>(
  title: string,
  work: (token: vscode.CancellationToken, report: (message: string) => void) => Promise<T>,
): Promise<T> {
  const source = new vscode.CancellationTokenSource();
  let show = (_message: string): void => undefined;
  try {
    const running = work(source.token, (message) => show(message));
    const settled = running.then(
      () => true,
      () => true,
    );
    const quick = await Promise.race([settled, new Promise<false>((done) => setTimeout(() => done(false), QUIET_MS))]);
    if (!quick) {
      const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
      await vscode.window.withProgress(options, (progress, token) => {
        token.onCancellationRequested(() => source.cancel());
        show = (message) => progress.report({ message });
        return settled;
      });
    }
    return await running;
  } finally {
    source.dispose();
  }
}

let nextToken = 0;

/** A fresh work-done token whose reports go to `report`; dispose the subscription when the work has ended. */
export function progressToken(
  server: LabServer,
  report: (message: string) => void,
): vscode.Disposable & { token: string } {
  const token = `raftlab-${nextToken++}`;
  const subscription = server.client?.onProgress(WorkDoneProgress.type, token, (value) => {
    if (value.kind !== "end" && value.message !== undefined) report(value.message);
  });
  return { token, dispose: () => subscription?.dispose() };
}
