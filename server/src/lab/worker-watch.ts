/** Watches a worker from outside: how busy it is, and whether it still comes back to its event loop. */
import inspector from "node:inspector";
import type { Worker } from "node:worker_threads";

/** Time between two looks. */
const LOOK_MS = 1000;
/** Below this share of its time a worker is at rest. */
const REST = 0.01;

/** What the owner of the worker hears. */
export interface WatchListener {
  /** How busy the worker was in the last second, from 0 to 1. Told with every look. */
  readonly looked: (load: number) => void;
  /** It has not answered for as long as was allowed. Told once. */
  readonly hangs: () => void;
}

/**
 * Looks after a worker until disposed. Silence is counted in looks, not by a clock: a machine that slept has not made the worker
 * hang. A worker that somebody debugs may stand still.
 */
export class WorkerWatch {
  readonly #worker: Worker;
  readonly #listener: WatchListener;
  readonly #patience: number;
  readonly #timer: NodeJS.Timeout;
  #before: ReturnType<Worker["performance"]["eventLoopUtilization"]>;
  #unanswered = 0;

  /** @param seconds that the worker may take for one slice */
  constructor(worker: Worker, seconds: number, listener: WatchListener) {
    this.#worker = worker;
    this.#listener = listener;
    this.#patience = seconds;
    this.#before = worker.performance.eventLoopUtilization();
    this.#timer = setInterval(() => this.#look(), LOOK_MS).unref();
  }

  /** The worker has answered a ping. */
  answered(): void {
    this.#unanswered = 0;
  }

  /** Looks no more. */
  dispose(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const now = this.#worker.performance.eventLoopUtilization();
    const { utilization } = this.#worker.performance.eventLoopUtilization(now, this.#before);
    this.#before = now;
    this.#listener.looked(utilization < REST ? 0 : Math.min(1, utilization));
    if (this.#unanswered === 0) {
      // One at rest hangs nowhere: it is left alone.
      if (utilization < REST) return;
      this.#worker.postMessage({ kind: "ping" });
    }
    if (inspector.url() === undefined) this.#unanswered += 1;
    if (this.#unanswered <= this.#patience) return;
    this.dispose();
    this.#listener.hangs();
  }
}
