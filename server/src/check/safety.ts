import type { Applied, Command } from "../kv/command.js";
import type { Revision } from "../kv/contract.js";
import type { Raft } from "../raft/contract.js";
import type { RaftLog } from "../raft/log.js";
import type { Output, Write } from "../raft/output.js";
import type { Configuration, Index, ServerId, Snapshot, Term } from "../raft/types.js";
import { AppliedEntries } from "./applied-entries.js";
import { Commitments } from "./commitments.js";
import { EntryRegistry } from "./entry-registry.js";
import { type Leadership, Leaderships } from "./leaderships.js";
import { type FinalLog, Requests } from "./requests.js";
import { type EventNumber, type LeaderIncomplete, type LogEntry, NO_EVENT, type Violation } from "./violation.js";

/** A broken cluster breaks again with nearly every event: what comes after these is counted, not kept. */
const KEPT_VIOLATIONS = 100;

/** What the checks remember of a server from one input to the next. */
interface View {
  readonly server: ServerId;
  running: boolean;
  /** The term it leads, 0 when it does not. */
  leads: Term;
  lastIndex: Index;
  lastTerm: Term;
  commitIndex: Index;
  /** Its log agrees with the committed prefix up to here, as far as that was needed. */
  verified: Index;
}

/** The part of a leader's missing entry that is about the entry. */
type Lack = Pick<LeaderIncomplete, "index" | "committedIn" | "expected" | "found" | "related">;

/**
 * The safety properties of the Raft paper's Figure 3, checked after every input of every server, and the promises to
 * clients that a write is executed once and not lost. It is told what happens and changes nothing; the cost of an
 * event does not grow with the run.
 */
export class SafetyChecker {
  /** What was found, in the order in which it was; at most the first hundred. */
  readonly violations: Violation[] = [];
  /** How many were found, kept or not. */
  count = 0;

  readonly #views: View[] = [];
  readonly #entries = new EntryRegistry();
  readonly #commitments = new Commitments();
  readonly #requests = new Requests();
  readonly #leaderships = new Leaderships();
  readonly #applied = new AppliedEntries();

  /** What was applied at each index, by whoever was first. Read only. */
  get log(): AppliedEntries {
    return this.#applied;
  }

  /** The index at which a client's request was executed first; 0 when it was not. */
  executedAt(client: number, sequence: number): Index {
    return this.#requests.executedAt(client, sequence);
  }

  /** The committed prefix, as far as it was reported. Read only. */
  get commitments(): Commitments {
    return this.#commitments;
  }

  /** A server begins, with the state that `given` or its disk provides. */
  started(server: ServerId, raft: Raft<Command>, event: EventNumber): void {
    const view: View = {
      server,
      running: true,
      leads: 0,
      lastIndex: 0,
      lastTerm: 0,
      commitIndex: 0,
      verified: 0,
    };
    this.#views[server] = view;
    this.#seeLog(view, raft, raft.log.firstIndex, event);
    if (raft.snapshot !== null) this.#restored(server, raft.snapshot, event);
    if (raft.role === "leader") this.#elected(view, raft, raft.term, event);
    if (raft.commitIndex > 0) this.#committed(view, raft, event);
  }

  /** A server stops and forgets what is not on its disk. */
  crashed(server: ServerId): void {
    const view = this.#views[server];
    if (view !== undefined) view.running = false;
  }

  /** `raft` has handled one input; `output` says what it did and is not yet cleared. */
  afterInput(server: ServerId, raft: Raft<Command>, output: Output<Command>, event: EventNumber): void {
    const view = this.#views[server];
    if (view === undefined || !view.running) throw new Error(`safety checks: server ${server} was never started`);
    const { transitions, writes, installed } = output;
    const lastIndex = raft.log.lastIndex;
    if (transitions.length === 0 && writes.length === 0 && !output.committed && lastIndex === view.lastIndex) return;
    // Whoever is elected in this input had no other reason to touch its log: no message made it.
    const leads = transitions.some(({ role }) => role === "leader") ? raft.term : view.leads;
    if (writes.length > 0 || lastIndex !== view.lastIndex) this.#logChanged(view, raft, leads, writes, event);
    for (const transition of transitions) {
      if (transition.role === "leader" && transition.term !== view.leads) {
        this.#elected(view, raft, transition.term, event);
      }
    }
    view.leads = raft.role === "leader" ? raft.term : 0;
    if (raft.commitIndex !== view.commitIndex) this.#committed(view, raft, event);
    if (installed !== null) this.#restored(server, installed, event);
  }

  /** A server has applied `entry`; `applied` is what its state machine did, `null` for a no-op. */
  applied(server: ServerId, index: Index, entry: LogEntry, applied: Applied | null, event: EventNumber): void {
    const differs = this.#applied.applied(server, index, entry, event, applied?.result.revision ?? 0);
    if (differs !== null) this.#report(differs);
    if (applied === null || applied.duplicate || entry.kind !== "command") return;
    const { command } = entry;
    // Executing a read twice changes nothing, and entries of a given state are nobody's requests.
    if (command.operation.kind === "range" || command.client === 0) return;
    const twice = this.#requests.executed(server, index, command, applied.events[0]?.kv.modRevision ?? 0, event);
    if (twice !== null) this.#report(twice);
  }

  /** A client was told that its write succeeded. */
  acknowledged(client: number, sequence: number, event: EventNumber): void {
    this.#requests.acknowledged(client, sequence, event);
  }

  /** The revision that a client's request made when it was executed; 0 when it was not or changed nothing. */
  effectOf(client: number, sequence: number): Revision {
    return this.#requests.effectOf(client, sequence);
  }

  /**
   * The run has ended: looks for acknowledged writes in the logs of all servers. `configurations`: those by whose majority a
   * write may be kept where nobody leads; without them, by a majority of all servers.
   */
  finished(finals: readonly FinalLog[], event: EventNumber, configurations: readonly Configuration[] = []): void {
    const covered = ({ snapshot }: FinalLog): readonly LogEntry[] =>
      snapshot === null ? [] : this.#entries.path(snapshot.lastIncludedIndex, snapshot.lastIncludedTerm);
    for (const lost of this.#requests.lost(finals, covered, configurations, event)) this.#report(lost);
  }

  /** A snapshot is a server's state now: whatever it covers counts as applied there. */
  #restored(server: ServerId, { lastIncludedIndex, lastIncludedTerm }: Snapshot, event: EventNumber): void {
    // Two logs that agree in one entry agree in all before it.
    if (this.#applied.at(lastIncludedIndex)?.term === lastIncludedTerm) return;
    const before = this.count;
    for (const [position, entry] of this.#entries.path(lastIncludedIndex, lastIncludedTerm).entries()) {
      this.applied(server, position + 1, entry, null, event);
      // What follows differs for the same cause.
      if (this.count > before) return;
    }
  }

  #logChanged(
    view: View,
    raft: Raft<Command>,
    leads: Term,
    writes: readonly Write<Command>[],
    event: EventNumber,
  ): void {
    let from = view.lastIndex + 1;
    for (const write of writes) {
      if (write.restart) from = Math.min(from, raft.log.firstIndex);
      if (write.truncateFrom > 0) from = Math.min(from, write.truncateFrom);
      if (write.entries.length > 0) from = Math.min(from, write.firstIndex);
    }
    from = Math.max(Math.min(from, raft.log.lastIndex + 1), raft.log.firstIndex);
    if (leads !== 0 && raft.role === "leader" && raft.term === leads) {
      this.#checkAppendOnly(view, raft, from, event);
    }
    view.verified = Math.min(view.verified, from - 1);
    this.#seeLog(view, raft, from, event);
  }

  /** Leader Append-Only: what stood before the input stands after it. */
  #checkAppendOnly(view: View, raft: Raft<Command>, from: Index, event: EventNumber): void {
    const { lastTerm } = view;
    let index = from;
    if (from > view.lastIndex) {
      if (raft.log.knows(view.lastIndex) && raft.log.termAt(view.lastIndex) === lastTerm) return;
      index = view.lastIndex;
    }
    const expected = this.#entries.onPath(view.lastIndex, lastTerm, index);
    const related = expected === null ? NO_EVENT : (this.#entries.find(index, expected.term)?.event ?? NO_EVENT);
    const found = raft.log.at(index) ?? null;
    const { server } = view;
    this.#report({ property: "leader-append-only", event, related, server, term: raft.term, index, expected, found });
  }

  /** Log Matching for the entries from `from` on, which are new or were rewritten. */
  #seeLog(view: View, raft: Raft<Command>, from: Index, event: EventNumber): void {
    const { log } = raft;
    const { server } = view;
    const lastIndex = log.lastIndex;
    let foundPrevTerm = log.termAt(from - 1);
    for (let index = from; index <= lastIndex; index += 1) {
      const found = log.at(index);
      if (found === undefined) throw new Error(`safety checks: server ${server}'s log has a hole at index ${index}`);
      const seen = this.#entries.see(index, found, foundPrevTerm, server, event);
      if (seen !== null) {
        this.#report({
          property: "log-matching",
          event,
          related: seen.event,
          server,
          other: seen.server,
          index,
          term: found.term,
          expected: seen.entry,
          found,
          expectedPrevTerm: seen.prevTerm,
          foundPrevTerm,
        });
        // What follows differs for the same cause.
        break;
      }
      foundPrevTerm = found.term;
    }
    view.lastIndex = lastIndex;
    view.lastTerm = log.lastTerm;
  }

  #elected(view: View, raft: Raft<Command>, term: Term, event: EventNumber): void {
    const { server } = view;
    view.leads = term;
    const { lastIndex, lastTerm } = raft.log;
    const leadership: Leadership = { term, server, event, lastIndex, lastTerm, incomplete: false };
    const known = this.#leaderships.add(leadership);
    // Re-elected in its own term after a crash: its log may be another one, so it is checked once more.
    if (known !== null && known.server !== server) {
      const { event: related, server: first } = known;
      this.#report({ property: "election-safety", event, related, term, first, second: server });
    }
    const required = this.#commitments.requiredOf(term);
    // What was dropped before the log's beginning agrees if the last of it does.
    for (let index = Math.max(view.verified, raft.log.firstIndex - 2, 0) + 1; index <= required; index += 1) {
      if (raft.log.termAt(index) !== this.#commitments.entryTerm(index)) {
        const expected = this.#entries.find(index, this.#commitments.entryTerm(index))?.entry;
        if (expected === undefined) throw new Error(`safety checks: entry ${index} was committed and never seen`);
        const committedIn = this.#commitments.committedIn(index);
        const found = this.#entryIn(raft.log, index);
        this.#incomplete(
          leadership,
          { index, committedIn, expected, found, related: this.#commitments.event(index) },
          event,
        );
        return;
      }
      view.verified = index;
    }
  }

  #committed(view: View, raft: Raft<Command>, event: EventNumber): void {
    view.commitIndex = raft.commitIndex;
    const { log, term } = raft;
    const index = Math.min(raft.commitIndex, log.lastIndex);
    // Nearly always a follower hears of what its leader has committed, and all agree.
    if (this.#commitments.knows(index, log.termAt(index), term)) return;
    this.#newlyCommitted(log, index, term, event);
  }

  #newlyCommitted(log: RaftLog<Command>, index: Index, term: Term, event: EventNumber): void {
    const expected = this.#entryIn(log, index);
    const begin = log.firstIndex - 1;
    const termAt = (at: Index): Term =>
      at >= begin ? log.termAt(at) : (this.#entries.onPath(begin, log.termAt(begin), at)?.term ?? 0);
    // Two different commitments at one index: the first one stays on record, the second is checked against leaders alone.
    const news = this.#commitments.conflicts(index, termAt) || this.#commitments.report(index, term, termAt, event);
    if (!news || expected === null) return;
    // A leader of an earlier term may commit after a later one was elected: that one must have the entry as well.
    for (const later of this.#leaderships.after(term)) {
      if (later.incomplete) continue;
      const found = this.#entries.onPath(later.lastIndex, later.lastTerm, index);
      if (found?.term !== expected.term) {
        this.#incomplete(later, { index, committedIn: term, expected, found, related: later.event }, event);
      }
    }
  }

  /** The entry at `index` of a log, also the last one that was dropped. */
  #entryIn(log: RaftLog<Command>, index: Index): LogEntry | null {
    return log.at(index) ?? this.#entries.find(index, log.termAt(index))?.entry ?? null;
  }

  #incomplete(leader: Leadership, lack: Lack, event: EventNumber): void {
    leader.incomplete = true;
    const { server, term } = leader;
    this.#report({ property: "leader-completeness", event, server, term, ...lack });
  }

  #report(violation: Violation): void {
    this.count += 1;
    if (this.violations.length < KEPT_VIOLATIONS) this.violations.push(violation);
  }
}
