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
