/** Entry of the simulation worker: a {@link WorkerService} behind a message port. */
import { parentPort, workerData } from "node:worker_threads";
import { readMessages, useMessages } from "../l10n/text.js";
import type { CallName, FromWorker, Limits, ToWorker, WorkerCalls } from "./rpc.js";
import { useMark } from "./slice-mark.js";
import { WorkerService } from "./worker-service.js";

const PROGRESS_MS = 100;

const port = parentPort;
if (port === null) throw new Error("worker.js is started as a worker thread only");

// Set by WorkerClient: `{ messages, limits, mark }`.
useMessages(readMessages(Object(workerData)["messages"]));

const send = (message: FromWorker): void => port.postMessage(message);
useMark(Object(workerData)["mark"]);
const limits: unknown = Object(workerData)["limits"];
const service = new WorkerService((event) => send({ kind: "event", event }));
if (isLimits(limits)) service.limits = limits;
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
  else if (message.kind === "limits") service.limits = message.limits;
  else if (message.kind === "ping") send({ kind: "pong" });
  else void answer(message.id, message.name, message.params);
});

function isLimits(value: unknown): value is Limits {
  const { maxEvents, maxSeconds }: Record<string, unknown> = Object(value);
  return typeof maxEvents === "number" && typeof maxSeconds === "number";
}
