import type { Message } from "../../server/src/raft/message.js";
import type { Entry } from "../../server/src/raft/types.js";
import { TestData } from "./cluster.js";
import { configurationText, parseConfiguration, parseEntry, server } from "./transcript-changes.js";

/** Messages and entries as transcripts write and read them. */

function entryText(entry: Entry<string>): string {
  switch (entry.kind) {
    case "no-op":
      return String(entry.term);
    case "command":
      return `${entry.term}:${entry.command}`;
    case "configuration":
      return `${entry.term}:${configurationText(entry.configuration)}`;
  }
}

/** `[1 1:x 2]`. */
export function logText(entries: readonly Entry<string>[]): string {
  return `[${entries.map(entryText).join(" ")}]`;
}

/** A message in a line. */
export function messageText(m: Message<string>): string {
  const head = `s${m.from} -> s${m.to} ${m.type} term ${m.term}`;
  switch (m.type) {
    case "RequestVote":
    case "PreVote":
      return `${head} last ${m.lastLogIndex}/${m.lastLogTerm}${m.type === "RequestVote" && m.leadershipTransfer ? " transfer" : ""}`;
    case "RequestVoteReply":
    case "PreVoteReply":
      return `${head} ${m.voteGranted ? "granted" : "refused"}`;
    case "AppendEntries": {
      const entries = m.entries.length === 0 ? "" : ` ${logText(m.entries)}`;
      const round = m.round === 0 ? "" : ` round ${m.round}`;
      return `${head} prev ${m.prevLogIndex}/${m.prevLogTerm}${entries} commit ${m.leaderCommit}${round}`;
    }
    case "AppendEntriesReply": {
      const round = m.round === 0 ? "" : ` round ${m.round}`;
      if (m.success) return `${head} match ${m.matchIndex}${round}`;
      return `${head} refused ${m.matchIndex} conflict ${m.conflictIndex}/${m.conflictTerm}${round}`;
    }
    case "InstallSnapshot": {
      const { lastIncludedIndex, lastIncludedTerm, configuration } = m.snapshot;
      const bytes = `bytes ${m.offset}+${m.length}${m.done ? " done" : ""}`;
      return `${head} up to ${lastIncludedIndex}/${lastIncludedTerm} ${configurationText(configuration)} ${bytes}`;
    }
    case "InstallSnapshotReply":
      return `${head} up to ${m.lastIncludedIndex} received ${m.received} match ${m.matchIndex}`;
    case "TimeoutNow":
      return head;
    case "TimeoutNowReply":
      return `${head} ${m.started ? "started" : "refused"}`;
    case "ReadIndex":
      return `${head} read ${m.context}`;
    case "ReadIndexReply":
      return `${head} read ${m.context} ${m.success ? `index ${m.readIndex}` : "refused"}`;
  }
}

/** `s1 gets RequestVote from s2 term 3 last 4/2` and `s1 gets AppendEntries from s2 term 3 prev 2/1 [1:x 2] commit 1`. */
export function parseMessage(words: readonly string[]): Message<string> {
  const after = (name: string): string => words[words.indexOf(name) + 1] ?? "";
  const position = (name: string): readonly [number, number] => {
    const [index = "0", term = "0"] = after(name).split("/");
    return [Number(index), Number(term)];
  };
  const base = { from: server(after("from")), to: server(words[0] ?? ""), term: Number(after("term")) };
  const type = words[2];
  switch (type) {
    case "RequestVote":
    case "PreVote": {
      const [lastLogIndex, lastLogTerm] = position("last");
      return { ...base, type, lastLogIndex, lastLogTerm, leadershipTransfer: words.includes("transfer") };
    }
    case "RequestVoteReply":
    case "PreVoteReply":
      return { ...base, type, voteGranted: words.includes("granted") };
    case "AppendEntries": {
      const [prevLogIndex, prevLogTerm] = position("prev");
      const listed = /\[(.*)\]/.exec(words.join(" "))?.[1] ?? "";
      const entries = listed === "" ? [] : listed.split(" ").map(parseEntry);
      return { ...base, type, prevLogIndex, prevLogTerm, entries, leaderCommit: Number(after("commit")), round: 0 };
    }
    case "AppendEntriesReply":
      return {
        ...base,
        type,
        success: true,
        matchIndex: Number(after("match")),
        conflictTerm: 0,
        conflictIndex: 0,
        round: 0,
        heartbeat: false,
      };
    case "TimeoutNow":
      return { ...base, type };
    case "InstallSnapshot": {
      const [lastIncludedIndex, lastIncludedTerm] = position("to");
      const [offset = 0, length = 0] = after("bytes").split("+").map(Number);
      const data = new TestData(Array.from({ length: lastIncludedIndex }, () => parseEntry(String(lastIncludedTerm))));
      const configuration = parseConfiguration(words.find((word) => word.startsWith("{")) ?? "{}");
      const snapshot = { lastIncludedIndex, lastIncludedTerm, configuration, data };
      return { ...base, type, snapshot, offset, length, done: offset + length >= data.bytes, round: 0 };
    }
    default:
      throw new Error(`what is a ${type ?? "message"}?`);
  }
}
