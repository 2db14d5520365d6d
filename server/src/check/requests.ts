import type { Command } from "../kv/command.js";
import type { Revision } from "../kv/contract.js";
import type { RaftLog } from "../raft/log.js";
import type { Configuration, Index, ServerId, Snapshot, Term } from "../raft/types.js";
import { IntList } from "./int-list.js";
import type { AcknowledgedLost, AppliedTwice, EventNumber, LogEntry } from "./violation.js";

/** A server's log when the run has ended: in memory if it runs, else as its disk holds it. */
export interface FinalLog {
  readonly server: ServerId;
  readonly log: RaftLog<Command>;
  readonly snapshot: Snapshot | null;
  /** The term that this server leads; 0 when it does not lead or does not run. */
  readonly leads: Term;
}

/** What is known of one client's requests, by sequence number. */
class ClientRequests {
  readonly client: number;
  /** Highest sequence number seen. */
  last = 0;
  readonly executedAt = new IntList();
  readonly executedIn = new IntList();
  /** The other index at which it was executed too, once that was reported. */
  readonly reportedAt = new IntList();
  /** The revision that the execution made; 0 when it changed nothing. */
  readonly effect = new IntList();
  /** Event plus 1; 0 for none. */
  readonly acknowledgedIn = new IntList();

  constructor(client: number) {
    this.client = client;
  }
}

/** The writes of all clients: where each was executed, and which were acknowledged. */
export class Requests {
  readonly #clients: ClientRequests[] = [];
  readonly #byClient = new Map<number, ClientRequests>();

  /**
   * Records an execution that made revision `effect` (0: changed nothing); returns a violation when the request was
   * executed at another index before.
   */
  executed(
    server: ServerId,
    index: Index,
    command: Command,
    effect: Revision,
    event: EventNumber,
  ): AppliedTwice | null {
    const requests = this.#of(command.client, command.sequence);
    const firstIndex = requests.executedAt.at(command.sequence);
    if (firstIndex === 0) {
      requests.executedAt.set(command.sequence, index);
      requests.executedIn.set(command.sequence, event);
      requests.effect.set(command.sequence, effect);
      return null;
    }
    // Every server executes it again: that is one fault.
    if (firstIndex === index || requests.reportedAt.at(command.sequence) === index) return null;
    requests.reportedAt.set(command.sequence, index);
    return {
      property: "applied-twice",
      event,
      related: requests.executedIn.at(command.sequence),
      server,
      client: command.client,
      sequence: command.sequence,
      firstIndex,
      secondIndex: index,
    };
  }

  /** The index at which a request was executed first; 0 when it was not. */
  executedAt(client: number, sequence: number): Index {
    return this.#byClient.get(client)?.executedAt.at(sequence) ?? 0;
  }

  /** The revision that a request's first execution made; 0 when there was none or it changed nothing. */
  effectOf(client: number, sequence: number): Revision {
    return this.#byClient.get(client)?.effect.at(sequence) ?? 0;
  }

  /** Records that the client was told of its write's success in `event`. */
  acknowledged(client: number, sequence: number, event: EventNumber): void {
    this.#of(client, sequence).acknowledgedIn.set(sequence, event + 1);
  }

  /**
   * The acknowledged writes that the final logs have lost, by client and sequence. A committed entry is in the log of
   * the newest leader; where none leads, in those of a majority: of the voters of one of `configurations`, of all logs where none is
   * known. `covered`: the entries that a server's snapshot covers, from index 1 on: they are its state, whatever its log
   * says.
   */
  lost(
    finals: readonly FinalLog[],
    covered: (final: FinalLog) => readonly LogEntry[],
    configurations: readonly Configuration[],
    event: EventNumber,
  ): AcknowledgedLost[] {
    const leader = finals.reduce<FinalLog | null>(
      (best, final) => (final.leads > (best?.leads ?? 0) ? final : best),
      null,
    );
    const known = new Map<FinalLog, Held>();
    // Where the leader holds everything, nobody asks what the others hold.
    const holds = (final: FinalLog, client: number, sequence: number): boolean => {
      let held = known.get(final);
      if (held === undefined) {
        held = heldIn(final.log, covered(final));
        known.set(final, held);
      }
      return held(client, sequence);
    };
    const violations: AcknowledgedLost[] = [];
    for (const requests of [...this.#clients].sort((a, b) => a.client - b.client)) {
      for (let sequence = 1; sequence <= requests.last; sequence += 1) {
        const related = requests.acknowledgedIn.at(sequence) - 1;
        if (related < 0 || (leader !== null && holds(leader, requests.client, sequence))) continue;
        const holding = finals.filter((final) => holds(final, requests.client, sequence));
        const holders = holding.map(({ server }) => server);
        if (leader === null && isMajority(holders, finals, configurations)) continue;
        violations.push({
          property: "acknowledged-lost",
          event,
          related,
          client: requests.client,
          sequence,
          holders,
          servers: finals.length,
          leader: leader?.server ?? 0,
        });
      }
    }
    return violations;
  }

  #of(client: number, sequence: number): ClientRequests {
    let requests = this.#byClient.get(client);
    if (requests === undefined) {
      requests = new ClientRequests(client);
      this.#byClient.set(client, requests);
      this.#clients.push(requests);
    }
    requests.last = Math.max(requests.last, sequence);
    return requests;
  }
}

/** Whether these servers suffice to keep what they hold. */
function isMajority(
  holders: readonly ServerId[],
  finals: readonly FinalLog[],
  configurations: readonly Configuration[],
): boolean {
  if (configurations.length === 0) return holders.length * 2 > finals.length;
  return configurations.some(({ voters, outgoing }) =>
    [voters, outgoing].every((group) => {
      return group.length === 0 || group.filter((id) => holders.includes(id)).length * 2 > group.length;
    }),
  );
}

/** Whether a request is held. */
type Held = (client: number, sequence: number) => boolean;

/** Which requests stand in a log or among the entries that a snapshot before it covers. */
function heldIn(log: RaftLog<Command>, covered: readonly LogEntry[]): Held {
  const sequences = new Map<number, IntList>();
  for (let index = 1; index <= log.lastIndex; index += 1) {
    const entry = covered[index - 1] ?? log.at(index);
    if (entry?.kind !== "command") continue;
    const { client, sequence } = entry.command;
    let list = sequences.get(client);
    if (list === undefined) {
      list = new IntList();
      sequences.set(client, list);
    }
    list.set(sequence, 1);
  }
  return (client, sequence) => sequences.get(client)?.at(sequence) === 1;
}
