/** The output channel for people: results of operations, runs and watches, one line each. */
import * as vscode from "vscode";
import { watchEventNotification } from "../../server/src/protocol/requests.js";
import type { SessionId } from "../../server/src/protocol/session.js";
import type { LabServer } from "./server.js";
import { formatTime } from "./time.js";

const RECENT = 200;

/** Writes results for people. The server's own log is another channel. */
export class Results implements vscode.Disposable {
  readonly #recent: string[] = [];
  readonly #channel: vscode.OutputChannel;
  readonly #watched = new vscode.EventEmitter<SessionId>();

  /** A watch of a session got a change. */
  readonly onDidWatch = this.#watched.event;

  constructor(server: LabServer) {
    this.#channel = vscode.window.createOutputChannel(vscode.l10n.t("Raft Lab Results"));
    server.onNotification(watchEventNotification, ({ sessionId, watch, timeUs, text }) => {
      this.write(`${watch}: ${text}`, timeUs);
      this.#watched.fire(sessionId);
    });
  }

  /** One line, with its virtual time where it has one. */
  write(text: string, timeUs?: number): void {
    const line = timeUs === undefined ? text : `[${formatTime(timeUs)}] ${text}`;
    this.#channel.appendLine(line);
    this.#recent.push(line);
    if (this.#recent.length > RECENT) this.#recent.shift();
  }

  /** The last lines, oldest first; an output channel cannot be read back. */
  get recent(): readonly string[] {
    return this.#recent;
  }

  /** Brings the channel up without taking the focus. */
  show(): void {
    this.#channel.show(true);
  }

  dispose(): void {
    this.#watched.dispose();
    this.#channel.dispose();
  }
}
