import type { Applied } from "../../server/src/kv/command.js";
import type { KvEvent } from "../../server/src/kv/response.js";
import { RaftNode } from "../../server/src/raft/node.js";
import type { Action } from "../../server/src/sim/action.js";
import type { ClientOperation } from "../../server/src/sim/client-operation.js";
import type { WorldConfig } from "../../server/src/sim/config.js";
import type { OperationRecord, WatchRecord } from "../../server/src/sim/history.js";
import type { Monitor } from "../../server/src/sim/monitor.js";
import type { EventKind } from "../../server/src/sim/recorder.js";
import { plainWatch, type WatchOptions } from "../../server/src/sim/watch-options.js";
import { titleOf } from "../../server/src/trace/event-title.js";
import { Recording } from "../../server/src/trace/recording.js";
import { reasonOf } from "../../server/src/trace/why/event-reason.js";
import { worldConfigOf } from "../support/worlds.js";

const SILENT: Monitor = {
  started: () => {},
  afterInput: () => {},
  sent: () => {},
  applied: () => {},
  disturbed: () => {},
  crashed: () => {},
};

/** Servers 1..n and one client, with a leader; time goes on only when the test says so. */
export class WatchBench {
  readonly recording: Recording;
  readonly client: number;
  /** Every change of the replicated store, as it happened: compaction takes nothing from it. */
  readonly changes: KvEvent[] = [];
  #watches = 0;

  constructor(servers = 1, changes: Partial<WorldConfig> = {}) {
    const config = { ...worldConfigOf(servers), ...changes };
    this.client = config.servers.length + 1;
    this.recording = new Recording(config, (raft, durable) => new RaftNode(raft, durable), {
      ...SILENT,
      applied: (_server, _index, _entry, applied) => this.#applied(applied),
    });
    this.run(1_500);
  }

  #applied(applied: Applied | null): void {
    const known = this.changes.at(-1)?.kv.modRevision ?? 0;
    this.changes.push(...(applied?.events ?? []).filter(({ kv }) => kv.modRevision > known));
  }

  /** Lets so many milliseconds pass. */
  run(ms: number): void {
    const { world } = this.recording;
    const until = world.nowUs + ms * 1000;
    for (let next = world.nextUs; next !== null && next <= until; next = world.nextUs) this.recording.step();
    this.recording.advanceTo(until);
  }

  act(action: Action): string | null {
    return this.recording.act(action, 0, -1).refused;
  }

  /** Asks, and lets 30 ms pass. */
  ask(body: ClientOperation, at: number | null = null): OperationRecord {
    const { number } = this.recording.act({ kind: "invoke", client: this.client, body, at }, 0, -1);
    this.run(30);
    return this.operation(number);
  }

  operation(number: number): OperationRecord {
    const record = this.recording.history.operation(number);
    if (record === undefined) throw new Error(`no operation ${number}`);
    return record;
  }

  put(key: string, value: string): void {
    this.ask({ kind: "put", key, value });
  }

  /** Opens a watch at server `at` (`null`: wherever) and lets `ms` pass. */
  watch(options: Partial<WatchOptions> = {}, at: number | null = 1, ms = 30): WatchRecord {
    this.#watches += 1;
    const name = `w${this.#watches}`;
    const wanted = { ...plainWatch({ key: "k" }), ...options };
    const { number } = this.recording.act({ kind: "watch", client: this.client, name, options: wanted, at }, 0, -1);
    this.run(ms);
    const record = this.recording.history.watch(number);
    if (record === undefined) throw new Error(`no watch ${number}`);
    return record;
  }

  /** The next messages of a type from `from` to `to` are lost. */
  lose(message: "WatchResponse" | "WatchCreateRequest" | "WatchPong", count: number, from = 1, to = this.client): void {
    const fault = { kind: "rule", effect: "drop", message, pairs: [[from, to]], byUs: 0, count } as const;
    this.act({ kind: "fault", fault, text: `drop ${message}`, durationUs: null });
  }

  /** Nothing passes between two endpoints. */
  cut(a: number, b: number): void {
    const fault = {
      kind: "block",
      pairs: [
        [a, b],
        [b, a],
      ],
    } as const;
    this.act({ kind: "fault", fault, text: "cut", durationUs: null });
  }

  heal(): void {
    this.act({ kind: "heal", what: { kind: "all" } });
  }

  /** What the trace says of the events of a kind, with their reasons. */
  told(kind: EventKind): readonly string[] {
    const { recording } = this;
    return Array.from({ length: recording.log.count }, (_, id) => id)
      .filter((id) => recording.log.kind(id) === kind)
      .map((id) => {
        const why = reasonOf(recording, id);
        return why === null ? titleOf(recording, id) : `${titleOf(recording, id)}: ${why}`;
      });
  }

  /** The responses that a server sent, as the trace has them. */
  responses(): readonly string[] {
    return this.told("send").filter((title) => title.includes("WatchResponse"));
  }

  leader(): number {
    return this.recording.world.leader()?.id ?? 0;
  }
}

/** The events that a watch received: `put k=a@2`, `delete k@3`. */
export function seen({ received }: WatchRecord): readonly string[] {
  return received.map(({ event: { type, kv } }) =>
    type === "put" ? `put ${kv.key}=${kv.value}@${kv.modRevision}` : `delete ${kv.key}@${kv.modRevision}`,
  );
}

/** How many events each response brought. */
export function batches({ received }: WatchRecord): readonly number[] {
  const counts = new Map<number, number>();
  for (const { eventId } of received) counts.set(eventId, (counts.get(eventId) ?? 0) + 1);
  return [...counts.values()];
}
