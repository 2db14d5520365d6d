import type { Command } from "../../server/src/kv/command.js";
import type { DurableState } from "../../server/src/raft/contract.js";
import type { Message } from "../../server/src/raft/message.js";
import { RaftNode } from "../../server/src/raft/node.js";
import type { RaftConfig } from "../../server/src/raft/types.js";
import type { RaftFactory } from "../../server/src/sim/kernel.js";

// Engines that are broken in ways no rule describes: what a slip of the hand may do.

/** Makes the servers of a run with a class of broken servers. */
function broken(made: new (config: RaftConfig, durable: DurableState<Command>) => RaftNode<Command>): RaftFactory {
  return (config, durable) => new made(config, durable);
}

/** Takes a refused vote for a granted one. */
export const countsRefusals = broken(
  class extends RaftNode<Command> {
    override receive(message: Message<Command>): void {
      super.receive(message.type === "RequestVoteReply" ? { ...message, voteGranted: true } : message);
    }
  },
);

/** Repeats the newest entry of its log at every heartbeat, in place of itself: it drops it and appends another. */
export const rewritesOwnLog = broken(
  class extends RaftNode<Command> {
    override heartbeatTimeout(): void {
      const last = this.log.lastIndex;
      if (this.role === "leader" && this.log.at(last)?.kind === "command") {
        this.truncateFrom(last);
        this.append({ kind: "no-op", term: this.term });
      }
      super.heartbeatTimeout();
    }
  },
);

/** Stores another value than it was sent. */
export const garblesEntries = broken(
  class extends RaftNode<Command> {
    override receive(message: Message<Command>): void {
      if (message.type !== "AppendEntries") {
        super.receive(message);
        return;
      }
      const entries = message.entries.map((entry) => {
        if (entry.kind !== "command" || entry.command.operation.kind !== "put") return entry;
        const operation = { ...entry.command.operation, value: `${entry.command.operation.value}?` };
        return { ...entry, command: { ...entry.command, operation } };
      });
      super.receive({ ...message, entries });
    }
  },
);

/** Votes for whoever asks, whatever stands in the logs: it takes a candidate's log for an endless one. */
export const votesForAnybody = broken(
  class extends RaftNode<Command> {
    override receive(message: Message<Command>): void {
      const asks = message.type === "RequestVote" || message.type === "PreVote";
      super.receive(asks ? { ...message, lastLogIndex: 1_000_000, lastLogTerm: 1_000_000 } : message);
    }
  },
);

/** Commits whatever it has as soon as it has it. */
export const commitsAtOnce = broken(
  class extends RaftNode<Command> {
    override propose(command: Command): ReturnType<RaftNode<Command>["propose"]> {
      const outcome = super.propose(command);
      if (outcome.kind === "appended") {
        this.commitIndex = outcome.index;
        this.output.committed = true;
      }
      return outcome;
    }
  },
);

/** Appends an entry of its own behind what its leader sent. */
export const growsBeyondLeader = broken(
  class extends RaftNode<Command> {
    override receive(message: Message<Command>): void {
      const before = this.log.lastIndex;
      super.receive(message);
      if (message.type !== "AppendEntries" || this.log.lastIndex === before) return;
      this.append({ kind: "no-op", term: this.term });
      this.endInput();
    }
  },
);

/** Opens its term with an entry before it has won the election. */
export const opensTermTooEarly = broken(
  class extends RaftNode<Command> {
    override electionTimeout(forced: boolean): void {
      super.electionTimeout(forced);
      if (this.role !== "candidate") return;
      this.append({ kind: "no-op", term: this.term });
      this.endInput();
    }
  },
);

/** A follower that takes for committed whatever it has. */
export const commitsWhatItHas = broken(
  class extends RaftNode<Command> {
    override receive(message: Message<Command>): void {
      super.receive(message);
      if (this.role !== "follower" || this.commitIndex === this.log.lastIndex) return;
      this.commitIndex = this.log.lastIndex;
      this.output.committed = true;
    }
  },
);

/** Heartbeats of a term that nobody has begun. */
export const speaksOfLaterTerms = broken(
  class extends RaftNode<Command> {
    override heartbeatTimeout(): void {
      super.heartbeatTimeout();
      const { messages } = this.output;
      for (const [position, outgoing] of messages.entries()) {
        messages[position] = { ...outgoing, message: { ...outgoing.message, term: this.term + 1 } };
      }
    }
  },
);

/** A leader that forgets at its fourth entry what its followers have acknowledged. */
export const forgetsMatches = broken(
  class extends RaftNode<Command> {
    override propose(command: Command): ReturnType<RaftNode<Command>["propose"]> {
      if (this.log.lastIndex === 3) for (const follower of this.followers) follower.match = 0;
      return super.propose(command);
    }
  },
);

/** Forgets with every heartbeat what is committed. */
export const forgetsCommitment = broken(
  class extends RaftNode<Command> {
    override heartbeatTimeout(): void {
      super.heartbeatTimeout();
      this.commitIndex = 0;
    }
  },
);
