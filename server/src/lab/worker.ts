/** Entry of the simulation worker: a {@link WorkerService} behind a message port. */
import { parentPort, workerData } from "node:worker_threads";
import { readMessages, useMessages } from "../l10n/text.js";
import type { CallName, FromWorker, ToWorker, WorkerCalls } from "./rpc.js";
import { WorkerService } from "./worker-service.js";

const PROGRESS_MS = 100;

const port = parentPort;
if (port === null) throw new Error("worker.js is started as a worker thread only");

// Set by WorkerClient: `{ messages }`.
useMessages(readMessages(Object(workerData)["messages"]));

const send = (message: FromWorker): void => port.postMessage(message);
const service = new WorkerService((event) => send({ kind: "event", event }));
const running = new Map<number, AbortController>();

async function answer<N extends CallName>(id: number, name: N, params: WorkerCalls[N]["params"]): Promise<void> {
  const controller = new AbortController();
  running.set(id, controller);
  let told = Number.NEGATIVE_INFINITY;
  try {
    const value = await service.call(name, params, {
      signal: controller.signal,
      onProgress: (progress) => {
        const now = performance.now();
        if (now - told < PROGRESS_MS) return;
        told = now;
        send({ kind: "progress", id, progress });
      },
    });
    send({ kind: "result", id, value });
  } catch (error) {
    send({ kind: "error", id, message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  } finally {
    running.delete(id);
  }
}

port.on("message", (message: ToWorker) => {
  if (message.kind === "abort") running.get(message.id)?.abort();
  else void answer(message.id, message.name, message.params);
});
