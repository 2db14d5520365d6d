/** Scenarios in VS Code's Test Explorer. Discovery and execution are the server's. */
import * as vscode from "vscode";
import {
  type TestEvent,
  testsChangedNotification,
  testsDiscoverRequest,
  testsEventNotification,
  testsRunRequest,
} from "../../../server/src/protocol/tests.js";
import { type ErrorReporter, unwrap } from "../errors.js";
import type { LabServer } from "../server.js";
import { TestItems } from "./items.js";
import { report } from "./report.js";

/** What happened in a run, for the extension's own tests: VS Code has no way to read results back. */
export interface ReportedEvent {
  readonly runId: string;
  readonly event: TestEvent;
}

/** How much of it is remembered. */
const RECENT = 500;

let nextRun = 1;

/** The test controller, and what it has reported. */
export class Tests implements vscode.Disposable {
  readonly #server: LabServer;
  readonly #errors: ErrorReporter;
  readonly #controller: vscode.TestController;
  readonly #items: TestItems;
  readonly #profile: vscode.TestRunProfile;
  /** Who hears of the runs under way. */
  readonly #listeners = new Map<string, (event: TestEvent) => void>();
  readonly #reported: ReportedEvent[] = [];

  constructor(server: LabServer, errors: ErrorReporter) {
    this.#server = server;
    this.#errors = errors;
    this.#controller = vscode.tests.createTestController("raftlab", "Raft Lab");
    this.#items = new TestItems(this.#controller);
    this.#controller.resolveHandler = (item) => this.#resolve(item);
    this.#controller.refreshHandler = () => this.#resolve(undefined);
    const { Run } = vscode.TestRunProfileKind;
    this.#profile = this.#controller.createRunProfile(
      vscode.l10n.t("Run"),
      Run,
      (request, token) => this.#run(request, token),
      true,
      undefined,
      true,
    );
    this.#controller.createRunProfile(vscode.l10n.t("Run with Random Seed"), Run, (request, token) =>
      this.#run(request, token, Math.floor(Math.random() * 2 ** 31)),
    );
    server.onNotification(testsChangedNotification, ({ files, gone }) => this.#items.update(files, gone));
    server.onNotification(testsEventNotification, ({ runId, event }) => {
      this.#reported.push({ runId, event });
      if (this.#reported.length > RECENT) this.#reported.shift();
      this.#listeners.get(runId)?.(event);
    });
  }

  /** The controller itself. */
  get controller(): vscode.TestController {
    return this.#controller;
  }

  /** What has happened lately, oldest first. */
  get reported(): readonly ReportedEvent[] {
    return this.#reported;
  }

  /** Runs the tests of these ids as the Run profile does; for the extension's own tests. */
  async run(ids: readonly string[], token: vscode.CancellationToken, continuous = false): Promise<void> {
    const include = ids.flatMap((id) => this.#items.find(id) ?? []);
    await this.#run(new vscode.TestRunRequest(include, undefined, this.#profile, continuous), token);
  }

  dispose(): void {
    this.#controller.dispose();
  }

  async #resolve(item: vscode.TestItem | undefined): Promise<void> {
    try {
      if (item === undefined) this.#items.replace(unwrap(await this.#server.request(testsDiscoverRequest, {})).files);
      else this.#items.update(unwrap(await this.#server.request(testsDiscoverRequest, { uri: item.id })).files, []);
    } catch (error) {
      this.#errors.log("while looking for scenarios", error);
      if (item !== undefined) item.error = error instanceof Error ? error.message : String(error);
    }
  }

  async #run(request: vscode.TestRunRequest, token: vscode.CancellationToken, seed?: number): Promise<void> {
    if (request.continuous === true) await this.#watch(request, token, seed);
    else await this.#runOnce(request, token, seed);
  }

  /** The server says which tests are due; each time that is a run of its own. */
  async #watch(request: vscode.TestRunRequest, token: vscode.CancellationToken, seed?: number): Promise<void> {
    await this.#ask(request, token, { continuous: true, seed }, (event) => {
      if (event.kind !== "due") return;
      const due = event.ids.flatMap((id) => this.#items.find(id) ?? []);
      void this.#runOnce(new vscode.TestRunRequest(due, undefined, request.profile, true, true), token, seed);
    });
  }

  async #runOnce(request: vscode.TestRunRequest, token: vscode.CancellationToken, seed?: number): Promise<void> {
    const run = this.#controller.createTestRun(request);
    // A run is stopped by its own button, or with what asked for it.
    const source = new vscode.CancellationTokenSource();
    const subscriptions = [run.token, token].map((each) => each.onCancellationRequested(() => source.cancel()));
    try {
      await this.#ask(request, source.token, { seed }, (event) => {
        if (event.kind !== "due") report(run, this.#items, event);
      });
    } finally {
      run.end();
      source.dispose();
      for (const subscription of subscriptions) subscription.dispose();
    }
  }

  async #ask(
    request: vscode.TestRunRequest,
    token: vscode.CancellationToken,
    { seed, continuous = false }: { readonly seed?: number | undefined; readonly continuous?: boolean },
    listener: (event: TestEvent) => void,
  ): Promise<void> {
    const runId = `run-${nextRun++}`;
    this.#listeners.set(runId, listener);
    const exclude = request.exclude?.map(({ id }) => id) ?? [];
    const ids = request.include?.map(({ id }) => id) ?? [];
    try {
      // Nothing included means all; a selection whose items are gone means none.
      if (request.include !== undefined && ids.length === 0) return;
      const parameters = { runId, ids, exclude, continuous, ...(seed === undefined ? {} : { seed }) };
      unwrap(await this.#server.request(testsRunRequest, parameters, token));
    } catch (error) {
      if (!token.isCancellationRequested) this.#errors.show("while running tests", error);
    } finally {
      this.#listeners.delete(runId);
    }
  }
}
