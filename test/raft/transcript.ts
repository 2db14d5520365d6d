import type { Message } from "../../server/src/raft/message.js";
import type { RaftNode } from "../../server/src/raft/node.js";
import type { Outgoing, Output, Write } from "../../server/src/raft/output.js";
import type { Reason } from "../../server/src/raft/reason.js";
import type { RaftConfig, Rules, ServerId } from "../../server/src/raft/types.js";
import { CORRECT_RAFT } from "../../server/src/raft/types.js";
import type { Host, Watcher } from "./cluster.js";
import { Cluster } from "./cluster.js";
import { clusterWork, configurationText, parseEntry, server } from "./transcript-changes.js";
import { logText, messageText, parseMessage } from "./transcript-messages.js";

/**
 * Transcripts: a test whose text is also the explanation (after etcd's testdata). Lines at the margin are commands or
 * comments (#), indented lines are what came of them.
 *
 *     cluster 3 [learners 1] [spares 1] [pre-vote] [check-quorum] [local-reads] [lease-reads] [append-limit 2] [inflight 2] [chunk 20]
 *               [single-changes] [naive-changes] [slow-disk] [timers] [without RULE]…      spares belong to no configuration
 *     s1 has term 2 vote 2 log 1 1:x 2 commit 1     before anything happens: what is on its disk
 *     s1 times out | is made to time out | beats | proposes x | reads | crashes | restarts | persists
 *     s1 adds s4 | adds learner s4 | promotes s4 | removes s2 | reconfigures {1,2,4} [explicitly] | leaves joint
 *     s1 transfers to s2
 *     s1 compacts [keeping 2]                       takes a snapshot of all it has applied; leaves so many entries behind it
 *     wait 100ms [s1 …]                             the clocks of these go on, or all; only leases look at them
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
    if (output.configuration !== null) {
      this.#lines.push(`s${host.id} uses ${configurationText(output.configuration)}`);
    }
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
    else if (first === "wait") this.#wait(Number.parseInt(second, 10) * 1000, words.slice(2).map(server));
    else if (first === "show") this.#show(words.slice(1).map(server));
    else if (second === "gets") this.#cluster.input(server(first), (node) => node.receive(parseMessage(words)));
    else this.#act(server(first), second, third, clusterWork(words.slice(1)), Number(words[3]));
  }

  #begin(words: readonly string[]): void {
    const value = (name: string, otherwise: number): number =>
      words.includes(name) ? Number(words[words.indexOf(name) + 1]) : otherwise;
    const settings: Partial<RaftConfig> = {
      preVote: words.includes("pre-vote"),
      checkQuorum: words.includes("check-quorum"),
      reads: words.includes("local-reads") ? "local" : words.includes("lease-reads") ? "lease" : "read-index",
      membership: words.includes("single-changes") ? "single" : words.includes("naive-changes") ? "naive" : "joint",
      appendLimit: value("append-limit", 64),
      inflight: value("inflight", 16),
      snapshotChunk: value("chunk", 1024),
      rules: rulesWithout(words),
    };
    this.#slowDisk = words.includes("slow-disk");
    this.#timers = words.includes("timers");
    this.#started = false;
    this.#reads = 0;
    this.#cluster = new Cluster(Number(words[1]), settings, this, value("learners", 0), value("spares", 0));
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

  #act(
    id: ServerId,
    verb: string,
    object: string,
    work: ((node: RaftNode<string>) => void) | null,
    keep: number,
  ): void {
    const cluster = this.#cluster;
    if (work !== null) cluster.input(id, work);
    else if (verb === "times") cluster.input(id, (node) => node.electionTimeout(false));
    else if (verb === "is") cluster.input(id, (node) => node.electionTimeout(true));
    else if (verb === "beats") cluster.input(id, (node) => node.heartbeatTimeout());
    else if (verb === "proposes") cluster.input(id, (node) => node.propose(object));
    else if (verb === "reads") {
      this.#reads += 1;
      cluster.input(id, (node) => node.readIndex(this.#reads));
    } else if (verb === "compacts") cluster.compact(id, object === "keeping" ? keep : 0);
    else if (verb === "persists") cluster.persist(id);
    else if (verb === "crashes") cluster.crash(id);
    else if (verb === "restarts") cluster.start(id, true);
    else throw new Error(`what does s${id} do: ${verb}?`);
  }

  #wait(us: number, ids: readonly ServerId[]): void {
    for (const { id, node } of this.#cluster.hosts) {
      if (node !== null && (ids.length === 0 || ids.includes(id))) node.localTime += us;
    }
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
      const { snapshot } = node;
      const covers = snapshot === null ? "" : `snapshot ${snapshot.lastIncludedIndex}/${snapshot.lastIncludedTerm} `;
      const log = `${covers}log ${logText(node.log.slice(node.log.firstIndex, node.log.lastIndex))}`;
      const durable = node.durableIndex === node.log.lastIndex ? "" : ` durable ${node.durableIndex}`;
      const changed = node.configurationIndex === 0 ? "" : ` configuration ${configurationText(node.configuration)}`;
      this.#lines.push(`s${id} ${node.role} term ${node.term} ${log} commit ${node.commitIndex}${durable}${changed}`);
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
  const restart = write.restart ? " log anew" : write.compactTo > 0 ? ` drop up to ${write.compactTo}` : "";
  const snapshot = write.snapshot === null ? "" : ` snapshot ${write.snapshot.lastIncludedIndex}`;
  const cut = write.truncateFrom === 0 ? "" : ` cut from ${write.truncateFrom}`;
  const log = write.entries.length === 0 ? "" : ` from ${write.firstIndex} ${logText(write.entries)}`;
  return `s${host.id} write ${write.id}:${hard}${snapshot}${restart}${cut}${log}`;
}

function rulesWithout(words: readonly string[]): Rules {
  let rules = CORRECT_RAFT;
  for (const [position, word] of words.entries()) {
    if (word !== "without") continue;
    const name = words[position + 1] ?? "";
    if (!(name in CORRECT_RAFT)) throw new Error(`there is no rule ${name}`);
    rules = { ...rules, [name]: false };
  }
  return rules;
}
