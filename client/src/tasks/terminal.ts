/** A task's terminal: asks the server, and prints what it tells. Needs no shell, so it works wherever the server does. */
import * as vscode from "vscode";
import { taskOutputNotification, taskRequest } from "../../../server/src/protocol/tasks.js";
import { unwrap } from "../errors.js";
import type { LabServer } from "../server.js";
import type { TaskPlan } from "./plan.js";

/** Ctrl+C in a terminal. */
const INTERRUPT = "\u0003";

/** The exit code of what was cancelled, as of a program that was interrupted. */
const INTERRUPTED = 130;

/** The exit code of what could not be done at all. */
const FAILED = 70;

/** How long the terminal is given to show the last lines before it ends. */
const SHOWN_MS = 300;

type Print = (lines: readonly string[]) => void;

/** Hands the output of each task to its terminal. */
export class TaskOutputs {
  readonly #terminals = new Map<string, Print>();
  #next = 1;

  constructor(server: LabServer) {
    server.onNotification(taskOutputNotification, ({ taskId, lines }) => this.#terminals.get(taskId)?.(lines));
  }

  /** Names a task, whose lines go to `print` until it is disposed. */
  add(print: Print): vscode.Disposable & { readonly taskId: string } {
    const taskId = `task-${this.#next++}`;
    this.#terminals.set(taskId, print);
    return { taskId, dispose: () => this.#terminals.delete(taskId) };
  }
}

/** One run of a task. */
export class LabTerminal implements vscode.Pseudoterminal {
  readonly #server: LabServer;
  readonly #outputs: TaskOutputs;
  readonly #plan: TaskPlan;
  readonly #folder: vscode.Uri | undefined;
  readonly #write = new vscode.EventEmitter<string>();
  readonly #closed = new vscode.EventEmitter<number>();
  readonly #cancellation = new vscode.CancellationTokenSource();
  readonly onDidWrite = this.#write.event;
  readonly onDidClose = this.#closed.event;

  constructor(server: LabServer, outputs: TaskOutputs, plan: TaskPlan, folder: vscode.Uri | undefined) {
    this.#server = server;
    this.#outputs = outputs;
    this.#plan = plan;
    this.#folder = folder;
  }

  open(): void {
    void this.#run();
  }

  close(): void {
    this.#cancellation.cancel();
  }

  handleInput(data: string): void {
    if (data.includes(INTERRUPT)) this.#cancellation.cancel();
  }

  async #run(): Promise<void> {
    const { token } = this.#cancellation;
    const print: Print = (lines) => this.#write.fire(lines.map((line) => `${line}\r\n`).join(""));
    const { taskId, dispose } = this.#outputs.add(print);
    try {
      const { command, file, scenario, seeds } = this.#plan;
      const parameters = {
        taskId,
        command,
        uris: file === null ? [] : [this.#uriOf(file).toString()],
        colour: true,
        ...(scenario === undefined ? {} : { scenario }),
        ...(seeds === undefined ? {} : { seeds }),
        ...(this.#folder === undefined ? {} : { folder: this.#folder.toString() }),
      };
      const { exitCode } = unwrap(await this.#server.request(taskRequest, parameters, token));
      // VS Code looks for problems in what the terminal has shown a moment after its end, and drops the rest.
      await new Promise((resolve) => setTimeout(resolve, SHOWN_MS));
      this.#closed.fire(exitCode);
    } catch (error) {
      print([`raftlab: ${error instanceof Error ? error.message : String(error)}`]);
      this.#closed.fire(token.isCancellationRequested ? INTERRUPTED : FAILED);
    } finally {
      dispose();
    }
  }

  #uriOf(file: string): vscode.Uri {
    const absolute = file.startsWith("/") || /^[A-Za-z]:[\\/]/.test(file);
    if (absolute || this.#folder === undefined) return vscode.Uri.file(file);
    return vscode.Uri.joinPath(this.#folder, file.replaceAll("\\", "/"));
  }
}
