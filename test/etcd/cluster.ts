/** A simulated cluster that is asked by a client as a single member of etcd was when the recordings were made. */
import { isKvError } from "../../server/src/kv/error.js";
import { FROM_KEY } from "../../server/src/kv/key-range.js";
import { RaftNode } from "../../server/src/raft/node.js";
import type { Action } from "../../server/src/sim/action.js";
import type { ClientOperation, OperationResult } from "../../server/src/sim/client-operation.js";
import type { EndpointId, Micros, WorldConfig } from "../../server/src/sim/config.js";
import type { WatchRecord } from "../../server/src/sim/history.js";
import { plainWatch, type WatchOptions } from "../../server/src/sim/watch-options.js";
import { Recording } from "../../server/src/trace/recording.js";
import { worldConfigOf } from "../support/worlds.js";
import {
  answerOf,
  errorOf,
  eventOf,
  type Json,
  type JsonObject,
  latin1,
  listOf,
  numberOf,
  requestOf,
  type Step,
  textOf,
} from "./translate.js";

const SECOND_US: Micros = 1_000_000;
const SERVERS = [1, 2, 3] as const;
const CLIENT: EndpointId = 4;
/** Longer than any wait here should take: whoever waits so long waits in vain. */
const PATIENCE_US: Micros = 60 * SECOND_US;

/** A server looks after watches that lag every 100 ms. */
const SERVED_US: Micros = 150_000;

/** How the leadership changes in the middle. */
export type LeaderChange = "crash" | "transfer";

/** Three servers with etcd's election timeout of a second, and leases of two seconds at least. */
function config(seed: number): WorldConfig {
  return worldConfigOf(3, "  election-timeout 700ms..1300ms\n  heartbeat 100ms\n  client-timeout 20s", seed);
}

/** Answers the steps of a recording, one after the other, through a client of three servers. */
export class RecordedCluster {
  readonly #recording: Recording;
  #down: EndpointId | null = null;
  readonly #liveWatch: WatchRecord;

  /** Waits for the first leader and opens a watch of everything at a server that stays up. */
  constructor(seed: number) {
    this.#recording = new Recording(config(seed), (raft, durable) => new RaftNode(raft, durable));
    this.#untilLed();
    const live = { ...plainWatch({ key: FROM_KEY, rangeEnd: FROM_KEY }, 2), prevKv: true };
    this.#liveWatch = this.#watch(live, this.#follower());
  }

  /** What the step gives here, in the recording's words. */
  answer(step: Step): Pick<Step, "res" | "err"> {
    const request = requestOf(step);
    return request === null ? this.#other(step) : answerOf(storeResult(this.#ask(request, null)));
  }

  /** Takes the leadership from who has it. A server that crashes stays down until {@link bringBack}. */
  changeLeader(how: LeaderChange): void {
    const old = this.#leader();
    if (how === "crash") {
      this.#act({ kind: "crash", server: old, durationUs: null });
      this.#down = old;
    } else {
      this.#act({ kind: "transfer", server: old, target: this.#follower() });
      this.#until("another leader", () => {
        const leader = this.#recording.world.leader()?.id ?? old;
        return leader !== old;
      });
    }
    this.#untilLed();
  }

  /** Starts the server that crashed, if one did. */
  bringBack(): void {
    if (this.#down !== null) this.#act({ kind: "restart", server: this.#down });
    this.#down = null;
  }

  /** The terms that were led so far: more than one after a change. */
  get term(): number {
    return this.#recording.world.leader()?.raft?.term ?? 0;
  }

  /** HashKV, digest and revision of every server, once all of them have applied all there is. */
  hashes(): readonly string[] {
    const { world } = this.#recording;
    const revisions = (): number[] => SERVERS.map((id) => world.server(id).machine.store.revision);
    this.#until("all servers' applying everything", () => new Set(revisions()).size === 1);
    return SERVERS.map((id) => {
      const { store, leases } = world.server(id).machine;
      const ids = leases.list().map((lease) => lease.id);
      return JSON.stringify([store.revision, store.hash, store.hashKv(0, latin1), ids]);
    });
  }

  #other({ op, req }: Step): Pick<Step, "res" | "err"> {
    switch (op) {
      case "lease_ttl": {
        const keys = req["keys"] === true;
        const answer = this.#ask({ kind: "lease-ttl", id: numberOf(req["ID"]), keys }, null);
        if (answer.kind !== "lease-ttl") throw unexpected(answer);
        const { revision: rev, id: ID, ttl, grantedTtl: grantedTTL } = answer;
        return { res: { rev, ID, TTL: ttl >= 0 ? "alive" : ttl, grantedTTL, keys: answer.keys } };
      }
      case "lease_list": {
        const answer = this.#ask({ kind: "lease-list" }, this.#leader());
        if (answer.kind !== "lease-list") throw unexpected(answer);
        return { res: { rev: answer.revision, leases: answer.leases } };
      }
      case "lease_keepalive": {
        const answer = this.#ask({ kind: "lease-keepalive", id: numberOf(req["ID"]) }, null);
        if (answer.kind !== "lease-keepalive") throw unexpected(answer);
        return { res: { rev: answer.revision, ID: answer.id, TTL: answer.ttl } };
      }
      case "expire": {
        const id = numberOf(req["ID"]);
        this.#until(`the end of lease ${id}`, () => this.#leaderMachine().leases.get(id) === null);
        return { res: { rev: this.#leaderMachine().store.revision } };
      }
      case "watch_live":
        return { res: { events: this.#received(this.#liveWatch) } };
      case "watch_replay":
        return { res: this.#replay(req) };
      case "hashkv": {
        const { store } = this.#leaderMachine();
        const hash = store.hashKv(numberOf(req["revision"]), latin1);
        if (typeof hash === "string") return { err: errorOf(hash) };
        return { res: { rev: store.revision, hash: hash.hash, compact_revision: hash.compactRevision } };
      }
      default:
        throw new Error(`a recording holds an unknown request: ${op}`);
    }
  }

  /** What a watch that is opened now receives of what happened before. */
  #replay(req: JsonObject): JsonObject {
    const filters = req["filters"] === undefined ? [] : listOf(req["filters"]);
    const range = { key: textOf(req["key"]) || FROM_KEY, rangeEnd: textOf(req["range_end"] ?? "") };
    const watch = this.#watch(
      {
        ...plainWatch(range, numberOf(req["start_revision"])),
        prevKv: req["prev_kv"] === true,
        without: filters.includes("NOPUT") ? "put" : filters.includes("NODELETE") ? "delete" : null,
      },
      this.#leader(),
    );
    const events = this.#received(watch);
    const { cancellation } = watch;
    if (cancellation === null) return { created: true, events };
    return { created: true, events, canceled: true, compact_revision: cancellation.compactRevision };
  }

  #watch(options: WatchOptions, at: EndpointId): WatchRecord {
    const number = this.#act({ kind: "watch", client: CLIENT, name: "w", options, at });
    const watch = this.#recording.history.watch(number);
    if (watch === undefined) throw new Error(`watch ${number} is not in the history`);
    return watch;
  }

  /** All that comes on a watch by the time a server has looked after those that lag; leases must not end meanwhile. */
  #received(watch: WatchRecord): readonly Json[] {
    const endUs = this.#recording.world.nowUs + SERVED_US;
    this.#until("watches to be served", () => (this.#recording.world.nextUs ?? endUs) >= endUs);
    return watch.received.map(({ event }) => eventOf(event, watch.options.prevKv));
  }

  #ask(body: ClientOperation, at: EndpointId | null): OperationResult {
    const number = this.#act({ kind: "invoke", client: CLIENT, body, at });
    const record = this.#recording.history.operation(number);
    if (record === undefined) throw new Error(`operation ${number} is not in the history`);
    this.#until(`an answer to ${body.kind}`, () => record.outcome !== null);
    const { outcome } = record;
    if (outcome?.kind === "result") return outcome.result;
    if (outcome?.kind === "error" && isKvError(outcome.error)) {
      return { kind: "error", revision: 0, error: outcome.error };
    }
    throw new Error(`${body.kind} stayed without an answer`);
  }

  #act(action: Action): number {
    const { number, refused } = this.#recording.act(action, 0, -1);
    if (refused !== null) throw new Error(`${action.kind} was refused: ${refused}`);
    return number;
  }

  #leader(): EndpointId {
    const leader = this.#recording.world.leader();
    if (leader === null) throw new Error("there is no leader");
    return leader.id;
  }

  #leaderMachine() {
    return this.#recording.world.server(this.#leader()).machine;
  }

  /** The follower with the highest number. */
  #follower(): EndpointId {
    return this.#leader() === 3 ? 2 : 3;
  }

  /** Until somebody leads and has applied an entry of its own term. */
  #untilLed(): void {
    this.#until("a leader", () => {
      const raft = this.#recording.world.leader()?.raft;
      return raft !== undefined && raft !== null && raft.log.termAt(raft.appliedIndex) === raft.term;
    });
  }

  #until(what: string, done: () => boolean): void {
    const recording = this.#recording;
    const endUs = recording.world.nowUs + PATIENCE_US;
    while (!done()) {
      const next = recording.world.nextUs;
      if (next === null || next > endUs) throw new Error(`waited in vain for ${what}`);
      recording.step();
    }
  }
}

/** An answer of the store; only such can answer what was asked for. */
function storeResult(result: OperationResult) {
  switch (result.kind) {
    case "lease-keepalive":
    case "lease-ttl":
    case "lease-list":
    case "status":
    case "member-list":
    case "hashkv":
    case "defragment":
      throw unexpected(result);
    default:
      return result;
  }
}

function unexpected({ kind }: OperationResult): Error {
  return new Error(`the answer is one to ${kind}`);
}
