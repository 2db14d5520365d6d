/** Errors as people meet them: expected ones are messages with a remedy, unexpected ones are logged with their context. */
import * as vscode from "vscode";
import type { Failure } from "../../server/src/protocol/requests.js";

/** Something that may happen and is nobody's defect. Its message is for people and says what helps. */
export class ExpectedError extends Error {
  override readonly name = "ExpectedError";
}

/** The value of an outcome; a failure becomes an {@link ExpectedError}. */
export function unwrap<T extends { readonly ok: true }>(outcome: T | Failure): T {
  if (!outcome.ok) throw new ExpectedError(outcome.message);
  return outcome;
}

/** Shows and logs errors. */
export class ErrorReporter {
  readonly #log: vscode.LogOutputChannel;

  constructor(log: vscode.LogOutputChannel) {
    this.#log = log;
  }

  /** Logs an error that the person need not see. */
  log(context: string, error: unknown): void {
    // A report keeps the first part of a warning only: the message may quote what the person wrote.
    if (error instanceof ExpectedError) this.#log.warn(`${context}:`, error.message);
    else this.#log.error(context, error instanceof Error ? error : String(error));
  }

  /** Tells the person. `context` says for the log what was being done. */
  show(context: string, error: unknown): void {
    this.log(context, error);
    if (error instanceof vscode.CancellationError) return;
    if (error instanceof ExpectedError) {
      void vscode.window.showErrorMessage(error.message);
      return;
    }
    const text = error instanceof Error ? error.message : String(error);
    const showLog = vscode.l10n.t("Show Log");
    void vscode.window
      .showErrorMessage(vscode.l10n.t("Something went wrong in Raft Lab: {0}", text), showLog)
      .then((choice) => {
        if (choice === showLog) this.#log.show();
      });
  }
}
