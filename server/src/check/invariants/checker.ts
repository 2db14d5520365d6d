import type { Applied, Command } from "../../kv/command.js";
import type { Raft } from "../../raft/contract.js";
import type { Message } from "../../raft/message.js";
import type { Output, WriteId } from "../../raft/output.js";
import type { Index, ServerId } from "../../raft/types.js";
import type { SafetyChecker } from "../safety.js";
import type { EventNumber } from "../violation.js";
import type { Invariant, InvariantViolation } from "./invariant.js";
import { LogChecks } from "./logs.js";
import { checkMessage } from "./messages.js";
import { QuorumChecks } from "./quorums.js";
import { diskFailed, noteDurable, type ServerView, viewOf } from "./server-view.js";
import { checkState } from "./state.js";
import { StoreChecks } from "./stores.js";

/**
 * The invariants besides Figure 3, each looked at only where an event could have broken it. It is told what happens after
 * the safety checks, whose findings it reads. Each invariant is reported where it falls first, and none once a safety property has fallen:
 * what comes then is the consequence.
 *
 * Once a disk has given back less than it reported as durable, what rests on disks is not judged any more: that is not
 * the protocol's fault, and its consequences are told by the safety properties.
 */
export class InvariantChecker {
  /** What was found, in the order in which it was. */
  readonly violations: InvariantViolation[] = [];

  readonly #views: (ServerView | undefined)[] = [];
  readonly #safety: SafetyChecker;
  readonly #told = new Set<Invariant>();
  readonly #quorums: QuorumChecks;
  readonly #logs: LogChecks;
  readonly #stores: StoreChecks;
  #disksFailed = false;

  constructor(safety: SafetyChecker) {
    const { commitments } = safety;
    this.#safety = safety;
    this.#quorums = new QuorumChecks(this.#views, commitments, this.#report);
    this.#logs = new LogChecks(this.#views, commitments, this.#report);
    this.#stores = new StoreChecks(this.#report);
  }

  /** A server begins, with the state that `given` or its disk provides. */
  started(server: ServerId, raft: Raft<Command>): void {
    const before = this.#views[server];
    if (before !== undefined && diskFailed(before, raft)) this.#disksFailed = true;
    const view = viewOf(server, raft);
    this.#views[server] = view;
    if (view.leads !== 0) this.#logs.elected(server, view.leads);
  }

  /** A server stops and forgets what is not on its disk. */
  crashed(server: ServerId): void {
    const view = this.#views[server];
    if (view === undefined) return;
    view.running = false;
    view.leads = 0;
  }

  /** `raft` has handled one input; `output` says what it did and is not yet cleared. */
  afterInput(server: ServerId, raft: Raft<Command>, output: Output<Command>, event: EventNumber): void {
    const view = this.#views[server];
    if (view === undefined) return;
    const { writes } = output;
    const advanced = raft.commitIndex > view.commitIndex;
    checkState(view, raft, event, this.#report);
    if (output.transitions.length > 0) this.#transitions(view, raft);
    // Only a write changes a log, whatever its engine; of one that changed behind its back the end tells mostly.
    if (writes.length > 0 || raft.log.lastIndex !== view.lastIndex) {
      for (const { id, hardState } of writes) {
        if (hardState !== null) view.hardWrites.push({ id, term: hardState.term, vote: hardState.vote });
      }
      this.#logs.changed(view, event);
      if (raft.configurationIndex !== view.configurationIndex) this.#logs.configuration(view, event);
    }
    if (advanced && !this.#disksFailed) {
      this.#quorums.advanced(view, event);
      this.#logs.committed(event);
    }
    view.configuration = raft.configuration;
  }

  /** A message leaves its server, whose disk has reported all writes up to `durableWrite`. */
  sent(server: ServerId, message: Message<Command>, durableWrite: WriteId, event: EventNumber): void {
    const view = this.#views[server];
    if (view === undefined) return;
    if (view.hardWrites.length > 0) noteDurable(view, durableWrite);
    checkMessage(view, message, this.#disksFailed, event, this.#report);
  }

  /** A server has applied an entry; `applied` is what its state machine did, `null` for a no-op. */
  applied(server: ServerId, index: Index, applied: Applied | null, event: EventNumber): void {
    if (applied !== null) this.#stores.applied(server, index, applied, event);
  }

  #transitions(view: ServerView, raft: Raft<Command>): void {
    view.leads = raft.role === "leader" ? raft.term : 0;
    if (view.leads !== 0) this.#logs.elected(view.server, view.leads);
  }

  readonly #report = (violation: InvariantViolation): void => {
    const { property } = violation;
    if (this.#safety.count > 0 || this.#told.has(property)) return;
    if (this.#disksFailed && RESTS_ON_DISKS.has(property)) return;
    this.#told.add(property);
    this.violations.push(violation);
  };
}

/** What a disk that breaks its word breaks as well. */
const RESTS_ON_DISKS: ReadonlySet<Invariant> = new Set([
  "leader-last-index",
  "log-completeness",
  "commit-durable",
  "quorum-holds-committed",
  "one-configuration-change",
  "durable-before-send",
  "store-hash",
]);
