import type { Applied, Command } from "../kv/command.js";
import type { Raft } from "../raft/contract.js";
import type { Message } from "../raft/message.js";
import type { Output, WriteId } from "../raft/output.js";
import type { Entry, Index } from "../raft/types.js";
import type { EndpointId } from "../sim/config.js";
import type { Monitor } from "../sim/monitor.js";
import { InvariantChecker } from "./invariants/checker.js";
import { ProgressWatch } from "./progress/watch.js";
import { SafetyChecker } from "./safety.js";

/** Everything that is checked while a run goes on: the safety properties, the invariants besides, and progress. */
export class RunChecks implements Monitor {
  readonly safety = new SafetyChecker();
  readonly invariants = new InvariantChecker(this.safety);

  readonly progress = new ProgressWatch();

  /** How many violations are kept so far. */
  get found(): number {
    const { safety, invariants, progress } = this;
    return safety.violations.length + invariants.violations.length + progress.violations.length;
  }

  started(server: EndpointId, raft: Raft<Command>, eventId: number): void {
    this.safety.started(server, raft, eventId);
    this.invariants.started(server, raft);
    this.progress.started(server, raft);
  }

  afterInput(server: EndpointId, raft: Raft<Command>, output: Output<Command>, eventId: number): void {
    this.safety.afterInput(server, raft, output, eventId);
    this.invariants.afterInput(server, raft, output, eventId);
    if (output.transitions.length > 0) this.progress.changed(server, output.transitions, eventId);
  }

  sent(server: EndpointId, message: Message<Command>, durableWrite: WriteId, eventId: number): void {
    this.invariants.sent(server, message, durableWrite, eventId);
  }

  applied(server: EndpointId, index: Index, entry: Entry<Command>, applied: Applied | null, eventId: number): void {
    this.safety.applied(server, index, entry, applied, eventId);
    this.invariants.applied(server, index, applied, eventId);
  }

  disturbed(eventId: number): void {
    this.progress.disturbed(eventId);
  }

  crashed(server: EndpointId): void {
    this.safety.crashed(server);
    this.invariants.crashed(server);
  }
}
