/** The language server as the extension sees it: started when needed, restarted when it died, asked with typed requests. */
import * as vscode from "vscode";
import { CloseAction, ErrorAction, LanguageClient, State, TransportKind } from "vscode-languageclient/node";
import { readMessages } from "../../server/src/l10n/text.js";
import { COMMANDS } from "../../server/src/protocol/commands.js";
import type { InitializationOptions } from "../../server/src/protocol/initialize.js";
import type { NotificationDefinition, RequestDefinition } from "../../server/src/protocol/requests.js";
import { heartbeatRequest } from "../../server/src/protocol/status.js";
import { ExpectedError } from "./errors.js";
import { Heartbeat } from "./heartbeat.js";
import { RestartPolicy } from "./restart-policy.js";
import { rawSettings } from "./settings.js";
import { refreshProviders, settingsMiddleware } from "./settings-middleware.js";

/** Where the server stands; `message` is for people and says what happens next. */
export interface ServerStatus {
  readonly kind: "starting" | "running" | "stopped";
  readonly message: string;
  /** It runs and does not answer. */
  readonly hangs: boolean;
}

/** How a server's process ended that nobody had asked to end. */
export interface UnexpectedEnd {
  readonly what: string;
  /** Requests that it had not answered, by method. */
  readonly requests: readonly string[];
}

/** Room for what one keystroke makes and forgets: with it, analysing a long file costs half the time. */
const YOUNG_GENERATION = ["--min-semi-space-size=32", "--max-semi-space-size=64"];

/** A server that is asked to end may take so long. */
const END_MS = 2_000;

/** A request waits this long for a server that is being started or restarted. */
const START_TIMEOUT_MS = 30_000;

/** Every pop-up is the extension's own: it knows whether the person can do anything about it. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

/** Owns the server's process. Creating one costs nothing: the process starts with {@link start} or the first request. */
export class LabServer implements vscode.Disposable {
  readonly #context: vscode.ExtensionContext;
  readonly #log: vscode.LogOutputChannel;
  readonly #statusEmitter = new vscode.EventEmitter<ServerStatus>();
  readonly #endEmitter = new vscode.EventEmitter<UnexpectedEnd>();
  readonly #handlers: { readonly method: string; readonly handle: (params: unknown) => void }[] = [];
  readonly #policy = new RestartPolicy();
  #client: QuietClient | undefined;
  #starting: Promise<void> | undefined;
  #restartTimer: ReturnType<typeof setTimeout> | undefined;
  #status: ServerStatus = {
    kind: "stopped",
    message: vscode.l10n.t("The lab has not been started yet."),
    hangs: false,
  };
  #heartbeat: Heartbeat | undefined;
  readonly #waiting = new Map<number, string>();
  #asked = 0;
  #disposed = false;
  #wanted = false;

  /** Fires on every change of {@link status}. */
  readonly onDidChangeStatus = this.#statusEmitter.event;

  /** Fires when a process ended unexpectedly, before it is started again. */
  readonly onDidEnd = this.#endEmitter.event;

  /** `log` is written by the server, too. */
  constructor(context: vscode.ExtensionContext, log: vscode.LogOutputChannel) {
    this.#context = context;
    this.#log = log;
  }

  /** Where the server stands now. */
  get status(): ServerStatus {
    return this.#status;
  }

  /** Requests without an answer, by method. */
  get waiting(): readonly string[] {
    return [...this.#waiting.values()];
  }

  /** True once something has asked for the server. */
  get wanted(): boolean {
    return this.#wanted;
  }

  /** The process id while it runs; tests end the process by it. */
  get pid(): number | undefined {
    return this.#client?.serverProcess?.pid;
  }

  /** Starts the server unless it runs or is being started. Rejects with an {@link ExpectedError} when it cannot be. */
  start(): Promise<void> {
    if (this.#disposed) return Promise.reject(new ExpectedError(vscode.l10n.t("The window is closing.")));
    this.#wanted = true;
    if (this.#status.kind === "running") return Promise.resolve();
    if (this.#restartTimer === undefined && this.#starting === undefined) this.#launch();
    return this.#untilRunning();
  }

  /**
   * Ends the server, if it runs, and starts it anew: whatever state it is in, and however often it is asked for. A process that does not end
   * by itself in time is killed.
   */
  async restart(): Promise<void> {
    clearTimeout(this.#restartTimer);
    this.#restartTimer = undefined;
    this.#policy.reset();
    const client = this.#client;
    this.#client = undefined;
    this.#starting = undefined;
    this.#heartbeat?.dispose();
    if (client) {
      this.#set("starting", vscode.l10n.t("The lab is being restarted."));
      await this.#end(client);
    }
    await this.start();
  }

  /** Sends a request and starts the server for it when it does not run. */
  async request<P, R>(definition: RequestDefinition<P, R>, params: P, token?: vscode.CancellationToken): Promise<R> {
    await this.start();
    const client = this.#client;
    if (!client) throw new ExpectedError(this.#status.message);
    const id = this.#asked++;
    this.#waiting.set(id, definition.method);
    try {
      // A token that is absent would be sent as a second parameter.
      return await (token === undefined
        ? client.sendRequest<R>(definition.method, params)
        : client.sendRequest<R>(definition.method, params, token));
    } catch (error) {
      if (client !== this.#client || client.state !== State.Running) {
        throw new ExpectedError(
          vscode.l10n.t("The lab stopped before it could answer. It is being restarted: try again in a moment."),
        );
      }
      throw error;
    } finally {
      this.#waiting.delete(id);
    }
  }

  /** Tells the server of changed settings; one that is started later has them from the beginning. */
  settingsChanged(): void {
    const { client } = this;
    if (!client) return;
    const settings = { raftlab: rawSettings() };
    client.sendNotification("workspace/didChangeConfiguration", { settings }).catch((error: unknown) => {
      this.#log.warn(`the settings could not be sent: ${String(error)}`);
    });
    refreshProviders(client);
  }

  /** Hears of a notification from every server started from now on. */
  onNotification<P>(definition: NotificationDefinition<P>, handle: (params: P) => void): void {
    const guarded = (params: unknown): void => {
      try {
        // The definition types what the server, our own code, sends under this name.
        handle(params as P);
      } catch (error) {
        this.#log.error(`while handling ${definition.method}`, error instanceof Error ? error : String(error));
      }
    };
    this.#handlers.push({ method: definition.method, handle: guarded });
    this.#client?.onNotification(definition.method, guarded);
  }

  /** The client of the running server, for what the Language Server Protocol itself defines. */
  get client(): LanguageClient | undefined {
    return this.#status.kind === "running" ? this.#client : undefined;
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#restartTimer);
    const client = this.#client;
    this.#client = undefined;
    this.#heartbeat?.dispose();
    if (client) void this.#end(client);
    this.#statusEmitter.dispose();
    this.#endEmitter.dispose();
  }

  #launch(): void {
    const client = this.#createClient();
    this.#client = client;
    this.#set("starting", vscode.l10n.t("The lab is starting."));
    const started = client.start().then(
      () => {
        if (client !== this.#client) return;
        this.#starting = undefined;
        this.#watch(client);
        this.#set("running", vscode.l10n.t("The lab is running."));
      },
      (error: unknown) => {
        this.#log.error("the language server did not start", error instanceof Error ? error : String(error));
        this.#lost(client);
      },
    );
    this.#starting = started;
  }

  #createClient(): QuietClient {
    const module = this.#context.asAbsolutePath("dist/server.js");
    const options: InitializationOptions = {
      workspaceStorage: this.#context.storageUri?.fsPath ?? null,
      globalStorage: this.#context.globalStorageUri.fsPath,
      locale: vscode.env.language,
      messages: readMessages(vscode.l10n.bundle),
      settings: rawSettings(),
    };
    const client: QuietClient = new QuietClient(
      "raftlab",
      "Raft Lab",
      {
        run: { module, transport: TransportKind.ipc, options: { execArgv: YOUNG_GENERATION } },
        debug: {
          module,
          transport: TransportKind.ipc,
          options: { execArgv: [...YOUNG_GENERATION, "--nolazy", "--inspect=6029"] },
        },
      },
      {
        documentSelector: [{ language: "raftlab" }],
        outputChannel: this.#log,
        markdown: { isTrusted: { enabledCommands: [COMMANDS.showWhy, COMMANDS.goToEvent, COMMANDS.goToWriter] } },
        initializationOptions: options,
        middleware: settingsMiddleware,
        initializationFailedHandler: () => false,
        errorHandler: {
          error: () => ({ action: ErrorAction.Continue, handled: true }),
          closed: () => ({
            action: CloseAction.DoNotRestart,
            handled: true,
            message: "the language server's process has ended",
          }),
        },
      },
    );
    client.onDidChangeState((change) => {
      if (change.newState === State.Stopped && client === this.#client) this.#lost(client);
    });
    for (const { method, handle } of this.#handlers) client.onNotification(method, handle);
    return client;
  }

  /** A client whose process has ended is not used again: a new one starts without its half-finished state. */
  #lost(client: QuietClient): void {
    if (client !== this.#client || this.#disposed) return;
    this.#client = undefined;
    this.#starting = undefined;
    this.#heartbeat?.dispose();
    const hung = this.#status.hangs;
    const what = hung ? "the language server did not answer and was ended" : "the language server has ended";
    this.#endEmitter.fire({ what, requests: this.waiting });
    const delay = this.#policy.next(Date.now());
    if (delay === null) {
      this.#set(
        "stopped",
        vscode.l10n.t("The lab stopped again and again and was not restarted. See the log; then restart it."),
      );
      return;
    }
    this.#log.warn(`${what}; it is started again in ${delay} ms`);
    this.#set("starting", vscode.l10n.t("The lab stopped unexpectedly and is being restarted."));
    this.#restartTimer = setTimeout(() => {
      this.#restartTimer = undefined;
      this.#launch();
    }, delay);
  }

  #untilRunning(): Promise<void> {
    if (this.#status.kind === "running") return Promise.resolve();
    return new Promise((resolve, reject) => {
      const settle = (error?: ExpectedError): void => {
        clearTimeout(timer);
        subscription.dispose();
        if (error) reject(error);
        else resolve();
      };
      const timer = setTimeout(
        () => settle(new ExpectedError(vscode.l10n.t("The lab did not start in time. See the log; then restart it."))),
        START_TIMEOUT_MS,
      );
      const subscription = this.onDidChangeStatus((status) => {
        if (status.kind === "running") settle();
        else if (status.kind === "stopped") settle(new ExpectedError(status.message));
      });
    });
  }

  /** Notices when the server hangs, and ends it when it goes on hanging, unless somebody debugs it. */
  #watch(client: QuietClient): void {
    this.#heartbeat?.dispose();
    this.#heartbeat = new Heartbeat({
      ask: () => client.sendRequest(heartbeatRequest.method, {}),
      changed: (hangs) => {
        if (client !== this.#client) return;
        this.#log.warn(hangs ? "the language server does not answer" : "the language server answers again");
        const message = hangs
          ? vscode.l10n.t("The lab does not answer. Wait a little, or restart it.")
          : vscode.l10n.t("The lab is running.");
        this.#set("running", message, hangs);
      },
      givenUp: () => {
        if (client !== this.#client || client.isInDebugMode) return;
        client.serverProcess?.kill("SIGKILL");
      },
    });
  }

  async #end(client: QuietClient): Promise<void> {
    const process = client.serverProcess;
    try {
      await client.dispose(END_MS);
    } catch (error) {
      this.#log.warn(`the language server did not end by itself: ${String(error)}`);
      process?.kill("SIGKILL");
      // One whose process did not exist yet: it ends as soon as it has started.
      if (process === undefined) client.start().then(() => this.#end(client), ignore);
    }
  }

  #set(kind: ServerStatus["kind"], message: string, hangs = false): void {
    this.#status = { kind, message, hangs };
    this.#statusEmitter.fire(this.#status);
  }
}

function ignore(): void {
  // What a client says that nobody has any more is in the log.
}
