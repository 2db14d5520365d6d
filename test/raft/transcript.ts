import type { Message } from "../../server/src/raft/message.js";
import type { RaftNode } from "../../server/src/raft/node.js";
import type { Outgoing, Output, Write } from "../../server/src/raft/output.js";
import type { Reason } from "../../server/src/raft/reason.js";
import type { Configuration, Entry, RaftConfig, Rules, ServerId } from "../../server/src/raft/types.js";
import { CORRECT_RAFT } from "../../server/src/raft/types.js";
import type { Host, Watcher } from "./cluster.js";
import { Cluster } from "./cluster.js";

/**
 * Transcripts: a test whose text is also the explanation (after etcd's testdata). Lines at the margin are commands or
 * comments (#), indented lines are what came of them.
 *
 *     cluster 3 [pre-vote] [check-quorum] [local-reads] [append-limit 2] [inflight 2] [slow-disk] [timers] [without RULE]
 *     s1 has term 2 vote 2 log 1 1:x 2 commit 1     before anything happens: what is on its disk
 *     s1 times out | is made to time out | beats | proposes x | reads | crashes | restarts | persists
 *     s1 gets RequestVote from s2 term 3 last 4/2   a message made up
 *     deliver s1 -> s2 [again]                      the oldest message of that link; again: and keep it under way
 *     lose s1 -> s2                                 all messages of that link
 *     settle [without s3 …]                         deliver everything, losing what those would get or have sent
 *     show [s1 …]
 *     quietly COMMAND
 *
 * Disks are quick unless `slow-disk` is said: then writes are shown, and `persists` completes the oldest.
 * Positions are index/term, reasons stand in brackets.
 */
export function perform(script: string): string {
  const lines: string[] = [];
  const stage = new Stage();
  for (const line of script.split("\n")) {
    if (line.startsWith(" ")) continue;
    lines.push(line);
    if (line === "" || line.startsWith("#")) continue;
    for (const outcome of stage.command(line)) lines.push(`  ${outcome}`);
  }
  return lines.join("\n");
}

/** `[code a b]`. */
function why(reason: Reason): string {
  const a = reason.a === 0 && reason.b === 0 ? "" : ` ${reason.a}`;
  return `[${reason.code}${a}${reason.b === 0 ? "" : ` ${reason.b}`}]`;
}

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

/** `{1,2,3}`, `{1,2,4}+{1,2,3}` while joint (`&` instead of `+`: left explicitly), learners after `/`. */
function configurationText({ voters, outgoing, learners, autoLeave }: Configuration): string {
  const old = outgoing.length > 0 ? `${autoLeave ? "+" : "&"}{${outgoing.join(",")}}` : "";
  return `{${voters.join(",")}}${old}${learners.length > 0 ? `/{${learners.join(",")}}` : ""}`;
}

function logText(entries: readonly Entry<string>[]): string {
  return `[${entries.map(entryText).join(" ")}]`;
}

function messageText(m: Message<string>): string {
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

class Stage implements Watcher {
  #cluster: Cluster = new Cluster(1, {}, this);
  #lines: string[] = [];
  #slowDisk = false;
  #timers = false;
  #started = false;
  #reads = 0;

  command(line: string): readonly string[] {
    this.#lines = [];
    const words = line.split(" ");
    const quiet = words[0] === "quietly";
    if (quiet) words.shift();
    this.#perform(words);
    if (!this.#slowDisk) this.#persistAll();
    return quiet ? [] : this.#lines;
  }

  handled(host: Host, node: RaftNode<string>): void {
    const { output } = node;
    const said = new Set<Reason>();
    const say = (reason: Reason | null): string => {
      if (reason === null || said.has(reason)) return "";
      said.add(reason);
      return ` ${why(reason)}`;
    };
    for (const { role, term, vote, leader, reason } of output.transitions) {
      const of = leader === 0 || leader === host.id ? "" : ` of s${leader}`;
      const voted = vote === 0 ? "" : `, vote for s${vote}`;
      this.#lines.push(`s${host.id} is ${role}${of} in term ${term}${voted}${say(reason)}`);
    }
    if (this.#slowDisk) for (const write of output.writes) this.#lines.push(writeText(host, write));
    for (const outgoing of output.messages) this.#lines.push(this.#outgoing(outgoing, say(outgoing.reason)));
    if (output.committed) this.#lines.push(`s${host.id} commits ${node.commitIndex}`);
    for (const read of output.reads) {
      const end = read.kind === "ready" ? `ready once ${read.index} is applied` : `refused${say(read.reason)}`;
      this.#lines.push(`s${host.id} read ${read.context} is ${end}`);
    }
    if (this.#timers) this.#timerLines(host, output);
    const last = say(output.reason);
    if (last !== "") this.#lines.push(`s${host.id}${last}`);
  }

  leaves(_host: Host, message: Message<string>, waited: boolean): void {
    if (waited && this.#slowDisk) this.#lines.push(`${messageText(message)} leaves`);
  }

  #outgoing({ message, after }: Outgoing<string>, reason: string): string {
    const wait = this.#slowDisk && after > 0 ? ` after write ${after}` : "";
    return `${messageText(message)}${wait}${reason}`;
  }

  #timerLines(host: Host, output: Output<string>): void {
    for (const { timer, action } of output.timers) this.#lines.push(`s${host.id} ${action}s the ${timer} timer`);
  }

  #perform(words: readonly string[]): void {
    const [first = "", second = "", third = ""] = words;
    if (first === "cluster") {
      this.#begin(words);
      return;
    }
    if (second === "has") {
      this.#give(this.#cluster.host(server(first)), words.slice(2));
      return;
    }
    this.#start();
    if (first === "deliver") this.#deliver(server(second), server(words[3] ?? ""), words[4] === "again");
    else if (first === "lose") this.#lose((m) => m.from === server(second) && m.to === server(words[3] ?? ""));
    else if (first === "settle") this.#settle(words.slice(2).map(server));
    else if (first === "show") this.#show(words.slice(1).map(server));
    else if (second === "gets") this.#cluster.input(server(first), (node) => node.receive(parseMessage(words)));
    else this.#act(server(first), second, third);
  }

  #begin(words: readonly string[]): void {
    const value = (name: string, otherwise: number): number =>
      words.includes(name) ? Number(words[words.indexOf(name) + 1]) : otherwise;
    const settings: Partial<RaftConfig> = {
      preVote: words.includes("pre-vote"),
      checkQuorum: words.includes("check-quorum"),
      reads: words.includes("local-reads") ? "local" : "read-index",
      appendLimit: value("append-limit", 64),
      inflight: value("inflight", 16),
      rules: rulesWithout(words.includes("without") ? words[words.indexOf("without") + 1] : undefined),
    };
    this.#slowDisk = words.includes("slow-disk");
    this.#timers = words.includes("timers");
    this.#started = false;
    this.#reads = 0;
    this.#cluster = new Cluster(Number(words[1]), settings, this);
  }

  #give(host: Host, words: readonly string[]): void {
    let vote = 0;
    let term = 0;
    let field = "";
    for (const word of words) {
      if (["term", "vote", "log", "commit"].includes(word)) field = word;
      else if (field === "term") term = Number(word);
      else if (field === "vote") vote = server(word);
      else if (field === "commit") this.#commits.set(host.id, Number(word));
      else host.log.append(parseEntry(word));
    }
    host.hardState = { term, vote };
  }

  readonly #commits = new Map<ServerId, number>();

  #start(): void {
    if (this.#started) return;
    this.#started = true;
    const { length } = this.#lines;
    for (const { id } of this.#cluster.hosts) this.#cluster.start(id, false, this.#commits.get(id) ?? 0);
    this.#commits.clear();
    this.#lines.length = length;
  }

  #act(id: ServerId, verb: string, object: string): void {
    const cluster = this.#cluster;
    if (verb === "times") cluster.input(id, (node) => node.electionTimeout(false));
    else if (verb === "is") cluster.input(id, (node) => node.electionTimeout(true));
    else if (verb === "beats") cluster.input(id, (node) => node.heartbeatTimeout());
    else if (verb === "proposes") cluster.input(id, (node) => node.propose(object));
    else if (verb === "reads") {
      this.#reads += 1;
      cluster.input(id, (node) => node.readIndex(this.#reads));
    } else if (verb === "persists") cluster.persist(id);
    else if (verb === "crashes") cluster.crash(id);
    else if (verb === "restarts") cluster.start(id, true);
    else throw new Error(`what does s${id} do: ${verb}?`);
  }

  #persistAll(): void {
    for (const host of this.#cluster.hosts) while (host.writes.length > 0) this.#cluster.persist(host.id);
  }

  #deliver(from: ServerId, to: ServerId, again: boolean): void {
    const position = this.#cluster.messages.findIndex((m) => m.from === from && m.to === to);
    if (position < 0) throw new Error(`nothing is under way from s${from} to s${to}`);
    this.#cluster.deliver(position, again);
  }

  #lose(lost: (message: Message<string>) => boolean): void {
    const kept = this.#cluster.messages.filter((m) => !lost(m));
    this.#cluster.messages.length = 0;
    this.#cluster.messages.push(...kept);
  }

  #settle(without: readonly ServerId[]): void {
    for (;;) {
      if (!this.#slowDisk) this.#persistAll();
      this.#lose((m) => without.includes(m.from) || without.includes(m.to));
      if (this.#cluster.messages.length === 0) return;
      this.#cluster.deliver(0);
    }
  }

  #show(ids: readonly ServerId[]): void {
    for (const { id, node } of this.#cluster.hosts) {
      if (ids.length > 0 && !ids.includes(id)) continue;
      if (node === null) {
        this.#lines.push(`s${id} is down`);
        continue;
      }
      const log = logText(node.log.slice(1, node.log.lastIndex));
      const durable = node.durableIndex === node.log.lastIndex ? "" : ` durable ${node.durableIndex}`;
      this.#lines.push(`s${id} ${node.role} term ${node.term} log ${log} commit ${node.commitIndex}${durable}`);
      for (const peer of node.peers) {
        const p = node.progressOf(peer);
        if (p !== null && ids.length > 0) {
          this.#lines.push(`   s${peer} ${p.state} match ${p.match} next ${p.next} unanswered ${p.inflight}`);
        }
      }
    }
  }
}

function writeText(host: Host, write: Write<string>): string {
  const hard = write.hardState === null ? "" : ` term ${write.hardState.term} vote s${write.hardState.vote}`;
  const cut = write.truncateFrom === 0 ? "" : ` cut from ${write.truncateFrom}`;
  const log = write.entries.length === 0 ? "" : ` from ${write.firstIndex} ${logText(write.entries)}`;
  return `s${host.id} write ${write.id}:${hard}${cut}${log}`;
}

function server(name: string): ServerId {
  if (!/^s[0-9]+$/.test(name)) throw new Error(`${name} is not a server`);
  return Number(name.slice(1));
}

function parseEntry(text: string): Entry<string> {
  const [term = "", command] = text.split(":");
  return command === undefined
    ? { kind: "no-op", term: Number(term) }
    : { kind: "command", term: Number(term), command };
}

function rulesWithout(name: string | undefined): Rules {
  if (name === undefined) return CORRECT_RAFT;
  if (!(name in CORRECT_RAFT)) throw new Error(`there is no rule ${name}`);
  return { ...CORRECT_RAFT, [name]: false };
}

/** `s1 gets RequestVote from s2 term 3 last 4/2` and `s1 gets AppendEntries from s2 term 3 prev 2/1 [1:x 2] commit 1`. */
function parseMessage(words: readonly string[]): Message<string> {
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
    default:
      throw new Error(`what is a ${type ?? "message"}?`);
  }
}
