import { SafetyChecker } from "../check/safety.js";
import type { Violation } from "../check/violation.js";
import { violationText } from "../check/violation-text.js";
import type { Applied, Command } from "../kv/command.js";
import type { Revision } from "../kv/contract.js";
import type { Raft } from "../raft/contract.js";
import type { Output } from "../raft/output.js";
import type { Entry, Index } from "../raft/types.js";
import type { EndpointId } from "../sim/config.js";
import type { History, OperationRecord } from "../sim/history.js";
import type { Monitor } from "../sim/monitor.js";
import type { World } from "../sim/world.js";

/** More sequence numbers than a session has. */
const SEQUENCES = 2 ** 32;

/** Hangs the safety checks on a world. The checker numbers events from 1. */
export class SafetyMonitor implements Monitor {
  readonly checker = new SafetyChecker();
  /** Revision at which each executed write took effect, by session and sequence number. */
  readonly #effects = new Map<number, Revision>();

  started(server: EndpointId, raft: Raft<Command>, eventId: number): void {
    this.checker.started(server, raft, eventId + 1);
  }

  afterInput(server: EndpointId, raft: Raft<Command>, output: Output<Command>, eventId: number): void {
    this.checker.afterInput(server, raft, output, eventId + 1);
  }

  applied(server: EndpointId, index: Index, entry: Entry<Command>, applied: Applied | null, eventId: number): void {
    this.checker.applied(server, index, entry, applied, eventId + 1);
    if (applied === null || applied.duplicate || entry.kind === "no-op") return;
    const { client, sequence } = entry.command;
    const key = client * SEQUENCES + sequence;
    if (!this.#effects.has(key)) this.#effects.set(key, applied.result.revision);
  }

  /** At which revision an operation took effect; 0 when it did not, as far as is known. */
  effectOf({ session, sequence }: OperationRecord): Revision {
    return this.#effects.get(session * SEQUENCES + sequence) ?? 0;
  }

  crashed(server: EndpointId): void {
    this.checker.crashed(server);
  }

  /** Looks at the end for what was acknowledged. */
  finished(world: World, history: History, eventId: number): void {
    for (const { outcome, body, session, sequence, returnEvent } of history.operations) {
      if (body.kind === "get" || outcome?.kind !== "result" || returnEvent === null) continue;
      this.checker.acknowledged(session, sequence, returnEvent + 1);
    }
    const finals = world.servers.flatMap((server) => {
      if (server === undefined) return [];
      const { raft } = server;
      return [{ server: server.id, log: raft?.log ?? server.disk.log, leads: raft?.role === "leader" ? raft.term : 0 }];
    });
    this.checker.finished(finals, eventId + 1);
  }

  /** A violation in words, with the names of servers and clients. */
  text(violation: Violation, world: World, history: History): string {
    const client = (session: number): string => {
      const operation = history.operations.find((record) => record.session === session);
      if (session === 0) return "the given state";
      return operation === undefined ? "a client" : world.nameOf(operation.client);
    };
    const { message, expected, found } = violationText(violation, (id) => world.nameOf(id), client);
    return `${message}; expected ${expected}, found ${found}`;
  }
}
