/** The output channel for people: results of operations, runs and watches, one line each. */
import * as vscode from "vscode";
import { watchEventNotification } from "../../server/src/protocol/requests.js";
import type { LabServer } from "./server.js";
import { formatTime } from "./time.js";

/** Writes results for people. The server's own log is another channel. */
export class Results implements vscode.Disposable {
  readonly #channel: vscode.OutputChannel;

  constructor(server: LabServer) {
    this.#channel = vscode.window.createOutputChannel(vscode.l10n.t("Raft Lab Results"));
    server.onNotification(watchEventNotification, ({ watch, timeUs, text }) => this.write(`${watch}: ${text}`, timeUs));
  }

  /** One line, with its virtual time where it has one. */
  write(text: string, timeUs?: number): void {
    this.#channel.appendLine(timeUs === undefined ? text : `[${formatTime(timeUs)}] ${text}`);
  }

  /** Brings the channel up without taking the focus. */
  show(): void {
    this.#channel.show(true);
  }

  dispose(): void {
    this.#channel.dispose();
  }
}
