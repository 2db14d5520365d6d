import { InvariantChecker } from "../check/invariants/checker.js";
import type { InvariantViolation } from "../check/invariants/invariant.js";
import { SafetyChecker } from "../check/safety.js";
import type { Violation } from "../check/violation.js";
import type { Applied, Command } from "../kv/command.js";
import type { Raft } from "../raft/contract.js";
import type { Message } from "../raft/message.js";
import type { Output, WriteId } from "../raft/output.js";
import type { Entry, Index } from "../raft/types.js";
import type { EndpointId } from "../sim/config.js";
import type { Monitor } from "../sim/monitor.js";

/** What is checked after every input of a run without time: the safety properties, and if asked for the invariants besides. */
export class Checks implements Monitor {
  readonly safety = new SafetyChecker();
  readonly #invariants: InvariantChecker | null;

  constructor(invariants: boolean) {
    this.#invariants = invariants ? new InvariantChecker(this.safety) : null;
  }

  /** Whether anything has fallen. */
  get broken(): boolean {
    return this.safety.count > 0 || (this.#invariants !== null && this.#invariants.violations.length > 0);
  }

  /** What fell first, if anything. */
  get first(): Violation | InvariantViolation | null {
    return this.safety.violations[0] ?? this.#invariants?.violations[0] ?? null;
  }

  started(server: EndpointId, raft: Raft<Command>, eventId: number): void {
    this.safety.started(server, raft, eventId);
    this.#invariants?.started(server, raft);
  }

  afterInput(server: EndpointId, raft: Raft<Command>, output: Output<Command>, eventId: number): void {
    this.safety.afterInput(server, raft, output, eventId);
    this.#invariants?.afterInput(server, raft, output, eventId);
  }

  sent(server: EndpointId, message: Message<Command>, durableWrite: WriteId, eventId: number): void {
    this.#invariants?.sent(server, message, durableWrite, eventId);
  }

  applied(server: EndpointId, index: Index, entry: Entry<Command>, applied: Applied | null, eventId: number): void {
    this.safety.applied(server, index, entry, applied, eventId);
    this.#invariants?.applied(server, index, applied, eventId);
  }

  crashed(server: EndpointId): void {
    this.safety.crashed(server);
    this.#invariants?.crashed(server);
  }

  disturbed(): void {
    // Only who judges progress has to know.
  }
}
