import { Worker } from "node:worker_threads";
import type { LogLevel, RunProgress } from "./contract.js";
import type { CallName, FromWorker, ToWorker, WorkerCalls, WorkerEvent } from "./rpc.js";

/** How a call to the worker is followed and ended. */
export interface ClientCallControl {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: RunProgress) => void;
}

interface PendingCall {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly onProgress: ((progress: RunProgress) => void) | undefined;
}

/** What the owner of a worker hears. */
export interface WorkerListener {
  readonly onEvent: (event: WorkerEvent) => void;
  /** The worker died; a new one starts with the next call. Sessions in its memory are gone. */
  readonly onDeath: (message: string) => void;
  readonly log: (level: LogLevel, message: string) => void;
}

/** The simulation worker as its owner sees it: calls that return promises. It is started when first needed. */
export class WorkerClient {
  readonly #script: string | URL;
  readonly #listener: WorkerListener;
  readonly #pending = new Map<number, PendingCall>();
  #worker: Worker | null = null;
  #nextId = 1;
  #disposed = false;

  /** `script` is the bundled `worker.js`. */
  constructor(script: string | URL, listener: WorkerListener) {
    this.#script = script;
    this.#listener = listener;
  }

  /** Calls the worker. Rejects when the worker fails or dies. */
  async call<N extends CallName>(
    name: N,
    params: WorkerCalls[N]["params"],
    control: ClientCallControl = {},
  ): Promise<WorkerCalls[N]["result"]> {
    if (this.#disposed) throw new Error("the lab has been closed");
    const worker = this.#started();
    const id = this.#nextId;
    this.#nextId += 1;
    const { signal, onProgress } = control;
    const answer = new Promise<WorkerCalls[N]["result"]>((resolve, reject) => {
      // The worker answers a call with that call's result: both ends are typed by WorkerCalls.
      this.#pending.set(id, { resolve: (value) => resolve(value as WorkerCalls[N]["result"]), reject, onProgress });
    });
    const abort = (): void => worker.postMessage({ kind: "abort", id } satisfies ToWorker);
    signal?.addEventListener("abort", abort, { once: true });
    worker.postMessage({ kind: "call", id, name, params });
    try {
      return await answer;
    } finally {
      signal?.removeEventListener("abort", abort);
    }
  }

  /** Ends the worker. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    const worker = this.#worker;
    this.#worker = null;
    this.#failAll("the lab was closed");
    await worker?.terminate();
  }

  #started(): Worker {
    if (this.#worker !== null) return this.#worker;
    const worker = new Worker(this.#script);
    worker.on("message", (message: FromWorker) => this.#receive(message));
    worker.on("error", (error) => this.#died(worker, error.stack ?? error.message));
    worker.on("exit", (code) => this.#died(worker, `the simulation worker ended with code ${code}`));
    this.#worker = worker;
    return worker;
  }

  #receive(message: FromWorker): void {
    if (message.kind === "event") {
      this.#listener.onEvent(message.event);
      return;
    }
    const pending = this.#pending.get(message.id);
    if (pending === undefined) return;
    if (message.kind === "progress") {
      pending.onProgress?.(message.progress);
      return;
    }
    this.#pending.delete(message.id);
    if (message.kind === "result") pending.resolve(message.value);
    else pending.reject(new Error(message.message));
  }

  #died(worker: Worker, message: string): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    this.#listener.log("error", `simulation worker: ${message}`);
    this.#failAll("the simulation stopped unexpectedly; the session can be opened again");
    this.#listener.onDeath(message);
  }

  #failAll(message: string): void {
    const calls = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of calls) reject(new Error(message));
  }
}
