import { compareAndSwap } from "../kv/compare-and-swap.js";
import type { LeaseId } from "../kv/request.js";
import type { Nemesis, Step, Workload } from "../language/program.js";
import type { ClientOperation } from "../sim/client-operation.js";
import type { EndpointId } from "../sim/config.js";
import type { OperationRecord } from "../sim/history.js";
import type { RandomStream } from "../sim/random.js";
import type { RunContext, StepPlace } from "./context.js";
import type { Script } from "./task.js";

/**
 * Starts a workload: its clients, each sequential, together invoke `rate` operations a second, chosen by the seed.
 * Values are unique, so that every read tells which write it saw.
 */
export function runWorkload(context: RunContext, place: StepPlace, workload: Workload): void {
  const name = context.loadName(workload.name);
  const clients: EndpointId[] = [];
  for (let number = 1; number <= workload.clients; number += 1) {
    clients.push(context.act(place, { kind: "add-client", name: `${name}-${number}` }).number);
  }
  const task = context.spawn(
    name,
    generate(context, place, { ...workload, name }, clients, context.stream(`workload ${name}`)),
  );
  context.scope.handles.set(workload.name, { kind: "task", task });
}

function* generate(
  context: RunContext,
  place: StepPlace,
  workload: Workload,
  clients: readonly EndpointId[],
  random: RandomStream,
): Script {
  const { history } = context.recording;
  const startUs = context.world.nowUs;
  const endUs = startUs + workload.duration;
  const gapUs = 1_000_000 / workload.rate;
  /** By position in `clients`: the operation that each began last. */
  const last: (OperationRecord | null)[] = clients.map(() => null);
  const isFree = (operation: OperationRecord | null): boolean => operation === null || operation.outcome !== null;
  /** Positions of those that wait for no answer; one list for all operations. */
  const free: number[] = [];
  let written = 0;
  for (let count = 0; ; count += 1) {
    const dueUs = startUs + Math.round(count * gapUs);
    if (dueUs >= endUs || context.stopped) break;
    yield { kind: "until", timeUs: Math.max(dueUs, context.world.nowUs) };
    free.length = 0;
    for (let position = 0; position < last.length; position += 1) {
      if (isFree(last[position] ?? null)) free.push(position);
    }
    const chosen = free[random.integer(0, free.length - 1)] ?? -1;
    const client = clients[chosen];
    if (client === undefined) {
      // All are waiting for answers: what is due meanwhile is left out, since a client is sequential.
      yield { kind: "condition", test: () => last.some(isFree), deadlineUs: endUs };
      count = Math.max(count, Math.ceil((context.world.nowUs - startUs) / gapUs) - 1);
      continue;
    }
    written += 1;
    const body = randomOperation(workload, random, written, leaseOf(last[chosen] ?? null));
    const { number } = context.act(place, { kind: "invoke", client, body, at: null });
    last[chosen] = history.operation(number) ?? null;
  }
  yield { kind: "condition", test: () => last.every(isFree), deadlineUs: null };
}

/** How far back a compare looks for the value it expects: near enough to hold now and then. */
const RECENT = 12;

/** The lease that a client was granted by its last operation; 0 for none. */
function leaseOf(operation: OperationRecord | null): LeaseId {
  const result = operation?.outcome?.kind === "result" ? operation.outcome.result : null;
  return result?.kind === "lease-grant" ? result.id : 0;
}

/** Seconds of a workload's leases: as short as they can be. */
const LEASE_TTL = 1;

function randomOperation(workload: Workload, random: RandomStream, number: number, lease: LeaseId): ClientOperation {
  const fresh = `${workload.name}-${number}`;
  const key = workload.keys[random.integer(0, workload.keys.length - 1)] ?? "key";
  let point = random.fraction();
  const chosen = workload.mix.find(({ share }) => {
    point -= share;
    return point < 0;
  });
  switch (chosen?.operation) {
    case "get":
      return { kind: "range", key };
    case "lease":
      // Whoever has just been granted a lease hangs a key on it, and leaves it to its end.
      return lease === 0 ? { kind: "lease-grant", id: 0, ttl: LEASE_TTL } : { kind: "put", key, value: fresh, lease };
    case "stale":
      return { kind: "range", key, serializable: true };
    case "delete":
      return { kind: "delete", key, prevKv: true };
    case "cas": {
      const expected = `${workload.name}-${number - random.integer(1, RECENT)}`;
      return compareAndSwap({ key, expected, value: fresh });
    }
    case "txn": {
      const other = workload.keys[random.integer(0, workload.keys.length - 1)] ?? key;
      const read = { kind: "range", key: other } as const;
      const compare = [{ key: other, target: "version", result: "greater", operand: 0 }] as const;
      return { kind: "txn", compare, success: [{ kind: "put", key, value: fresh }, read], failure: [read] };
    }
    default:
      return { kind: "put", key, value: fresh, prevKv: true };
  }
}

/** Starts a nemesis: every so often, one of its actions, chosen by the seed. What cannot be done is left out. */
export function runNemesis(context: RunContext, nemesis: Nemesis, run: (action: Step) => Script): void {
  const random = context.stream(`nemesis ${context.loadName(nemesis.name)}`);
  const task = context.spawn(nemesis.name, torment(context, nemesis, random, run));
  context.scope.handles.set(nemesis.name, { kind: "task", task });
}

function* torment(context: RunContext, nemesis: Nemesis, random: RandomStream, run: (action: Step) => Script): Script {
  const endUs = context.world.nowUs + nemesis.duration;
  for (;;) {
    const nextUs = context.world.nowUs + random.integer(nemesis.period.min, nemesis.period.max);
    if (nextUs >= endUs) break;
    yield { kind: "until", timeUs: nextUs };
    const action = nemesis.actions[random.integer(0, nemesis.actions.length - 1)];
    if (action === undefined || context.stopped) return;
    yield* run(action);
  }
  yield { kind: "until", timeUs: endUs };
}
