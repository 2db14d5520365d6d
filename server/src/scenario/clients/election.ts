import { prefixRange } from "../../kv/key-range.js";
import type { RequestOp } from "../../kv/request.js";
import type { KeyValue } from "../../kv/response.js";
import { t } from "../../l10n/text.js";
import type { Operation } from "../../language/program.js";
import { plainWatch } from "../../sim/watch-options.js";
import type { Observation, Ownership } from "../scope.js";
import type { Script } from "../task.js";
import { type Answer, answerOf, notMade, PLAIN, plainAnswer } from "./answer.js";
import { type Caller, call, type Part } from "./call.js";
import { endSession, takePlace } from "./lock.js";
import { firstOf, resultOf } from "./queue.js";

type Campaign = Extract<Operation, { readonly kind: "campaign" }>;

const NOT_LEADER: Answer = plainAnswer({ text: "error election-not-leader", error: "election-not-leader" });

/** Stands for an election and waits to be the leader (clientv3/concurrency/election.go, Campaign). */
export function* campaign(
  caller: Caller,
  operation: Campaign,
  value: string,
  owned: Ownership,
  deadlineUs: number | null,
): Part<Answer> {
  const taken = yield* takePlace(caller, operation, owned, value, deadlineUs);
  if (!taken.ok) return taken.answer;
  // The key was there before, with another value: whoever is elected says who it is.
  if (taken.found !== null && taken.found !== value) {
    const proclaimed = yield* proclaim(caller, owned, value);
    if (!proclaimed.done) return proclaimed;
  }
  return plainAnswer({ text: t("ok, leader with token {0}", owned.token), done: true, revision: owned.token });
}

/** Says something else as the leader; refused for who leads no more (Proclaim). */
export function proclaim(caller: Caller, owned: Ownership, value: string): Part<Answer> {
  const lease = owned.lease?.id ?? 0;
  return asOwner(caller, owned, { kind: "put", key: owned.key, value, lease }, false);
}

/** Gives the leadership up (Resign). Who leads no more has nothing to give. */
export function* resign(caller: Caller, owned: Ownership): Part<Answer> {
  owned.released = true;
  const answer = yield* asOwner(caller, owned, { kind: "delete", key: owned.key }, true);
  endSession(owned);
  return answer;
}

function* asOwner(caller: Caller, owned: Ownership, operation: RequestOp, fine: boolean): Part<Answer> {
  const called = yield* call(caller, {
    kind: "txn",
    compare: [{ key: owned.key, target: "create", result: "equal", operand: owned.token }],
    success: [operation],
    failure: [],
  });
  if (!called.ok) return notMade(called.message);
  const result = resultOf(called.record);
  if (result?.kind !== "txn") return answerOf(called.record.outcome, PLAIN);
  if (result.succeeded) return plainAnswer({ text: "ok", done: true, revision: result.revision });
  owned.released = true;
  return fine
    ? plainAnswer({ text: t("ok, it was no leader any more"), done: true, revision: result.revision })
    : NOT_LEADER;
}

/** Who leads now (Leader). */
export function* elected(caller: Caller, name: string): Part<Answer> {
  const called = yield* call(caller, firstOf(`${name}/`));
  if (!called.ok) return notMade(called.message);
  const answer = answerOf(called.record.outcome, PLAIN);
  return answer.nothing ? plainAnswer({ text: "error election-no-leader", error: "election-no-leader" }) : answer;
}

/** Follows who leads: the newest value each time, not every one in between (Observe). Runs in the background. */
export function* observe(caller: Caller, name: string, observation: Observation): Script {
  const { context, client } = caller;
  const prefix = `${name}/`;
  const life = context.world.client(client).incarnation;
  const over = (): boolean =>
    context.stopped || observation.stopped || context.world.client(client).incarnation !== life;
  for (;;) {
    yield { kind: "condition", test: () => over() || context.world.client(client).status === "up", deadlineUs: null };
    if (over()) return;
    const called = yield* call(caller, firstOf(prefix));
    const result = called.ok ? resultOf(called.record) : null;
    if (result?.kind !== "range") continue;
    const leader = result.kvs[0] ?? (yield* nextLeader(caller, prefix, result.revision, over));
    if (leader === null) continue;
    observation.values.push(leader.value);
    yield* followLeader(caller, leader, observation, over);
  }
}

/** Waits for the first candidate's key. */
function* nextLeader(caller: Caller, prefix: string, revision: number, over: () => boolean): Part<KeyValue | null> {
  const options = plainWatch(prefixRange(prefix), revision + 1);
  const record = open(caller, options, prefix);
  if (record === undefined) return null;
  const put = (): KeyValue | null => record.received.find(({ event }) => event.type === "put")?.event.kv ?? null;
  yield { kind: "condition", test: () => over() || record.cancelled || put() !== null, deadlineUs: null };
  close(caller, record);
  return put();
}

/** Tells what the leader proclaims until its key is gone. */
function* followLeader(caller: Caller, leader: KeyValue, observation: Observation, over: () => boolean): Part<void> {
  const record = open(caller, plainWatch({ key: leader.key }, leader.modRevision + 1), leader.key);
  if (record === undefined) return;
  let looked = 0;
  for (;;) {
    const test = (): boolean => over() || record.cancelled || record.received.length > looked;
    yield { kind: "condition", test, deadlineUs: null };
    let gone = over() || (record.cancelled && record.received.length === looked);
    for (; looked < record.received.length && !gone; looked += 1) {
      const event = record.received[looked]?.event;
      if (event?.type === "put") observation.values.push(event.kv.value);
      else gone = true;
    }
    if (!gone) continue;
    close(caller, record);
    return;
  }
}

type Opened = ReturnType<Caller["context"]["recording"]["history"]["watch"]>;

function open({ context, place, client, at }: Caller, options: ReturnType<typeof plainWatch>, what: string): Opened {
  const { number } = context.act(place, { kind: "watch", client, name: `observing ${what}`, options, at });
  return context.recording.history.watch(number);
}

function close({ context, place, client }: Caller, record: NonNullable<Opened>): void {
  if (!record.cancelled) context.act(place, { kind: "unwatch", client, watch: record.number });
}
