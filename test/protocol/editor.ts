/** An editor for tests: drives the real server over JSON-RPC streams and remembers what it was sent. */
import { PassThrough } from "node:stream";
import {
  type Connection,
  createConnection,
  createMessageConnection,
  type Diagnostic,
  type MessageConnection,
  type Position,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
  type TextDocumentContentChangeEvent,
} from "vscode-languageserver/node";
import type { Host } from "../../server/src/lsp/host.js";
import { createServer } from "../../server/src/lsp/server.js";

/** A message the server wrote to its log. */
export interface LogLine {
  readonly type: number;
  readonly message: string;
}

/** A client of one server. Close it after the test. */
export class Editor {
  readonly client: MessageConnection;
  readonly log: LogLine[] = [];
  readonly published: PublishDiagnosticsParams[] = [];
  readonly notifications: { readonly method: string; readonly params: unknown }[] = [];
  readonly refreshes: string[] = [];
  readonly registrations: unknown[] = [];
  readonly #server: Connection;
  readonly #waiting = new Set<() => void>();
  readonly #versions = new Map<string, number>();

  private constructor(client: MessageConnection, server: Connection) {
    this.client = client;
    this.#server = server;
  }

  /** Starts a server in the surroundings and initializes it. */
  static async open(
    host: Host,
    initializationOptions: unknown = null,
    folders: readonly string[] = [],
  ): Promise<Editor> {
    const toServer = new PassThrough();
    const toClient = new PassThrough();
    const server = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
    createServer(server, host);
    server.listen();
    const client = createMessageConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
    const editor = new Editor(client, server);
    editor.#listen();
    await client.sendRequest("initialize", {
      processId: null,
      rootUri: null,
      capabilities: {
        workspace: {
          codeLens: { refreshSupport: true },
          inlayHint: { refreshSupport: true },
          workspaceFolders: true,
          didChangeWatchedFiles: { dynamicRegistration: true },
        },
        window: { workDoneProgress: true },
      },
      initializationOptions,
      workspaceFolders: folders.map((uri) => ({ uri, name: uri })),
    });
    await client.sendNotification("initialized", {});
    return editor;
  }

  #listen(): void {
    this.client.onNotification("window/logMessage", (line: LogLine) => void this.log.push(line));
    this.client.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
      this.published.push(params);
      for (const wake of this.#waiting) wake();
    });
    this.client.onNotification((method, params) => {
      this.notifications.push({ method, params });
      for (const wake of this.#waiting) wake();
    });
    for (const method of ["workspace/codeLens/refresh", "workspace/inlayHint/refresh"]) {
      this.client.onRequest(method, () => {
        this.refreshes.push(method);
        return null;
      });
    }
    this.client.onRequest("client/registerCapability", (params: unknown) => {
      this.registrations.push(params);
      for (const wake of this.#waiting) wake();
      return null;
    });
    this.client.onUnhandledProgress(() => undefined);
    this.client.listen();
  }

  /** Opens a document. */
  async openDocument(uri: string, text: string): Promise<void> {
    this.#versions.set(uri, 1);
    await this.client.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId: "raftlab", version: 1, text },
    });
  }

  /** Changes a document: one edit, or the whole text. */
  async change(uri: string, ...contentChanges: TextDocumentContentChangeEvent[]): Promise<number> {
    const version = (this.#versions.get(uri) ?? 0) + 1;
    this.#versions.set(uri, version);
    await this.client.sendNotification("textDocument/didChange", { textDocument: { uri, version }, contentChanges });
    return version;
  }

  /** Types text at a position. */
  type(uri: string, position: Position, text: string): Promise<number> {
    return this.change(uri, { range: { start: position, end: position }, text });
  }

  /** Closes a document. */
  async closeDocument(uri: string): Promise<void> {
    await this.client.sendNotification("textDocument/didClose", { textDocument: { uri } });
  }

  /** The diagnostics of a version, or of any later one, once they have come. */
  async diagnostics(uri: string, version = this.#versions.get(uri) ?? 1): Promise<readonly Diagnostic[]> {
    const found = await this.until(() => this.published.findLast((p) => p.uri === uri && (p.version ?? 0) >= version));
    return found.diagnostics;
  }

  /** Waits until something is there. */
  async until<T>(look: () => T | undefined): Promise<T> {
    for (;;) {
      const found = look();
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          this.#waiting.delete(wake);
          resolve();
        };
        this.#waiting.add(wake);
      });
    }
  }

  /** Sends a request about a document. */
  ask<R>(method: string, uri: string, rest: object = {}): Promise<R> {
    return this.client.sendRequest<R>(method, { textDocument: { uri }, ...rest });
  }

  /** Messages of warnings and errors in the log. */
  complaints(): readonly string[] {
    return this.log.filter((line) => line.type <= 2).map((line) => line.message);
  }

  /** Shuts the server down. */
  async close(): Promise<void> {
    await this.client.sendRequest("shutdown");
    this.client.dispose();
    this.#server.dispose();
  }
}
