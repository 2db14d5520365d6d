/** One random sequence, sent to a fresh etcd and to this project's store. */
import { isDeepStrictEqual } from "node:util";
import { RecordedStore, watched } from "../store.js";
import type { Json, JsonObject, Step } from "../translate.js";
import { Gateway } from "./gateway.js";
import { Generator, type Profile } from "./generator.js";
import { EtcdProcess, MIN_LEASE_TTL } from "./process.js";
import type { WatchStream } from "./watch-stream.js";

/** Where the two answered differently. */
export interface Difference {
  readonly step: Step;
  readonly etcd: Json;
  readonly ours: Json;
}

/** A sequence that was compared. */
export interface Compared {
  /** All steps, each with etcd's answer: a recording of its own. */
  readonly steps: readonly Step[];
  /** The first difference; after it nothing more was compared. */
  readonly difference: Difference | null;
}

const EVERYTHING = { key: "\0", range_end: "\0" } as const;

/** Sends `count` requests, then looks at the hash and at watches of the past. */
export async function compareSequence(seed: number, profile: Profile, count: number): Promise<Compared> {
  const etcd = await EtcdProcess.start();
  try {
    return await compare(new Gateway(etcd.url), seed, profile, count);
  } finally {
    await etcd.stop();
  }
}

async function compare(gateway: Gateway, seed: number, profile: Profile, count: number): Promise<Compared> {
  const store = new RecordedStore(MIN_LEASE_TTL);
  const generator = new Generator(seed, profile, store);
  const live = await gateway.watch({ ...EVERYTHING, start_revision: 2, prev_kv: true });
  const steps: Step[] = [];
  const ended = (step: Step, etcd: Pick<Step, "res" | "err">, ours: Pick<Step, "res" | "err">): Compared | null => {
    steps.push({ ...step, ...etcd });
    if (isDeepStrictEqual(etcd, ours)) return null;
    return { steps, difference: { step, etcd: json(etcd), ours: json(ours) } };
  };
  const ask = async (step: Step): Promise<Compared | null> => {
    const answer = await gateway.answer(step).catch((error: unknown) => {
      throw new Error(`etcd gave no answer to ${JSON.stringify(step)}, ${profile} ${seed}`, { cause: error });
    });
    return ended(step, answer, store.answer(step));
  };

  for (let made = 0; made < count; made += 1) {
    const different = await ask(generator.next());
    if (different !== null) return different;
  }
  const different = await ask({ i: count, op: "hashkv", req: { revision: 0 } });
  if (different !== null) return different;

  const requests = generator.watches();
  const replays: WatchStream[] = [];
  for (const req of requests) replays.push(await gateway.watch(req));
  const expected = requests.map((req) => watched(store.machine.store, req));
  await settled(gateway, store, [live, ...replays], [store.live.length, ...expected.map(eventsIn)]);
  const liveStep: Step = { i: count + 1, op: "watch_live", req: {} };
  const answers = [ended(liveStep, { res: { events: live.events } }, store.answer(liveStep))];
  for (const [index, watch] of replays.entries()) {
    const step: Step = { i: count + 2 + index, op: "watch_replay", req: requests[index] ?? {} };
    answers.push(ended(step, { res: watch.result }, { res: expected[index] ?? {} }));
  }
  for (const watch of [live, ...replays]) watch.close();
  return answers.find((answer) => answer !== null) ?? { steps, difference: null };
}

/**
 * Waits until the watches have what is expected, and then until etcd has looked twice more after watches that lag behind: what
 * it wanted to send besides has been sent by then.
 */
async function settled(
  gateway: Gateway,
  { machine }: RecordedStore,
  watches: readonly WatchStream[],
  counts: readonly number[],
): Promise<void> {
  for (const [index, watch] of watches.entries()) {
    const wanted = counts[index] ?? 0;
    // What does not come in time shows as a difference.
    await watch.until("served", () => watch.events.length >= wanted).catch(() => undefined);
  }
  const { revision, compactRevision } = machine.store;
  if (revision <= Math.max(1, compactRevision)) return;
  for (let look = 0; look < 2; look += 1) {
    const sentinel = await gateway.watch({ ...EVERYTHING, start_revision: revision });
    await sentinel.until("served", () => sentinel.events.length > 0);
    sentinel.close();
  }
}

function eventsIn(result: JsonObject): number {
  const { events } = result;
  return Array.isArray(events) ? events.length : 0;
}

function json({ res, err }: Pick<Step, "res" | "err">): Json {
  return res ?? (err === undefined ? null : { code: err.code, msg: err.msg });
}
