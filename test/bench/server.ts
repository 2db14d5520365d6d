/** The built language server (`dist/server.js`) in a process of its own, for measurements. */
import { type ChildProcess, fork } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createMessageConnection, IPCMessageReader, IPCMessageWriter } from "vscode-languageserver/node";
import type { Failure } from "../../server/src/protocol/requests.js";
import type { SessionInfo } from "../../server/src/protocol/session.js";

/** What the extension gives the process: see `client/src/server.ts`. */
const YOUNG_GENERATION = ["--min-semi-space-size=32", "--max-semi-space-size=64"];

type Started = { readonly ok: true; readonly session: SessionInfo } | Failure;

/** A document the server has open. */
export interface OpenFile {
  readonly uri: string;
  readonly text: string;
}

/** A server, started and initialised, with a live cluster when it was asked for. */
export class MeasuredServer {
  readonly #child: ChildProcess;
  readonly #client: ReturnType<typeof createMessageConnection>;
  readonly #folder: string;

  private constructor(child: ChildProcess, folder: string) {
    this.#child = child;
    this.#folder = folder;
    this.#client = createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
    this.#client.listen();
  }

  /** Whether there is something to start: `npm run build` makes it. */
  static get built(): boolean {
    return existsSync(path.resolve("dist/server.js"));
  }

  static async start(): Promise<MeasuredServer> {
    const folder = mkdtempSync(path.join(tmpdir(), "raftlab-bench-"));
    const child = fork(path.resolve("dist/server.js"), ["--node-ipc"], { execArgv: YOUNG_GENERATION });
    const server = new MeasuredServer(child, folder);
    const initializationOptions = { workspaceStorage: folder, globalStorage: folder, locale: "en" };
    await server.ask("initialize", { processId: null, rootUri: null, capabilities: {}, initializationOptions });
    await server.#client.sendNotification("initialized", {});
    return server;
  }

  /** One request of any kind. */
  ask<T>(method: string, params: unknown): Promise<T> {
    return this.#client.sendRequest<T>(method, params);
  }

  async open({ uri, text }: OpenFile): Promise<void> {
    const textDocument = { uri, languageId: "raftlab", version: 1, text };
    await this.#client.sendNotification("textDocument/didOpen", { textDocument });
  }

  /** Starts a live cluster of three servers. `pace`: virtual seconds a real second; `null` is as fast as possible. */
  async live(pace: number | null): Promise<SessionInfo> {
    const { session } = granted(await this.ask<Started>("raftlab/live/start", {}));
    return this.control(session, { kind: "pace", pace });
  }

  async control(session: SessionInfo, control: object): Promise<SessionInfo> {
    return granted(await this.ask<Started>("raftlab/live/control", { sessionId: session.id, control })).session;
  }

  /** Resident memory of the process, MiB; `null` where the system does not tell. */
  get residentMb(): number | null {
    try {
      const status = readFileSync(`/proc/${this.#child.pid}/status`, "utf8");
      const kib = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
      return kib === undefined ? null : Number(kib) / 1024;
    } catch {
      return null;
    }
  }

  async stop(): Promise<void> {
    const ended = new Promise<void>((resolve) => {
      this.#child.once("exit", () => resolve());
    });
    await this.ask("shutdown", undefined);
    await this.#client.sendNotification("exit");
    await ended;
    this.#client.dispose();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function granted(started: Started): { readonly session: SessionInfo } {
  if (!started.ok) throw new Error(started.message);
  return started;
}
