/** Selectors of servers, and conditions. */

import type { Entry } from "./entry.js";

type Line = readonly [name: string, syntax: string, example: string, source: string, says: string];

const SELECTOR_LINES: readonly Line[] = [
  [
    "leader",
    "leader",
    "crash leader",
    "§5.2",
    "The live leader of the highest term. A step that needs one and finds none fails, and says what the roles were.",
  ],
  [
    "followers",
    "followers",
    "expect followers.term == leader.term",
    "§5.1",
    "All servers in the follower role that vote in the configuration they use: no learners, spares or removed servers. May be none.",
  ],
  [
    "candidates",
    "candidates",
    "expect count(candidates) == 0",
    "§5.2",
    "All servers that are standing for election, pre-candidates included; may be none.",
  ],
  [
    "learners",
    "learners",
    "expect learners.role == learner",
    "D §4.2.1",
    "All non-voting members of the live leader's configuration, up or down; without a leader, of the newest configuration that a running server knows to be committed.",
  ],
  [
    "voters",
    "voters",
    "expect count(voters) == 5",
    "§6",
    "All voting members of the live leader's configuration, up or down, while it is joint of the old and the new one; without a leader, of the newest configuration that a running server knows to be committed.",
  ],
  [
    "all",
    "all",
    "expect all.commit == leader.commit",
    "",
    "All servers that are up, whatever their role. Crashed ones are left out: they hold nothing that could be compared.",
  ],
  [
    "down",
    "down",
    "restart down",
    "",
    "All servers that have crashed and were not restarted; may be none. `restart down` brings all of them back.",
  ],
  [
    "others",
    "others",
    "partition leader | others",
    "",
    "All servers but the ones already named in the step: the rest of a partition.",
  ],
  [
    "any",
    "any SELECTOR",
    "crash any follower",
    "",
    "One of several, chosen by the seed: `any follower`, `any follower except s1`. In a condition: at least one (`any followers.term > 3`).",
  ],
  [
    "except",
    "SELECTOR except SELECTOR",
    "crash all except leader",
    "",
    "The first without the second: `all except leader`, `any follower except s1`.",
  ],
  [
    "set",
    "{NODE …}",
    "crash {s1 s2}",
    "",
    "A set of servers: `{s1 s2}`, `{s1..s3}`. In a comparison it may be empty: `leader.learners == {}`.",
  ],
  [
    "random",
    "random",
    "partition random for 800ms",
    "",
    "With `partition`: two sides chosen by the seed, neither of them empty.",
  ],
];

const CONDITION_LINES: readonly Line[] = [
  [
    "leader",
    "leader",
    "await leader",
    "§5.2",
    "A server that is up is in the leader role. Behind a partition that may be an old leader, which has lost its majority and has not noticed yet.",
  ],
  [
    "no leader",
    "no leader",
    "expect no leader for 1s",
    "§5.2",
    "No server that is up is in the leader role: an election is under way, or no majority can hold one.",
  ],
  [
    "converged",
    "converged",
    "expect converged within 2s",
    "§5.3",
    "All servers that are up and belong to the configuration, as voters or learners, hold the same log, all of it committed and applied.",
  ],
  [
    "count",
    "count(SELECTOR)",
    "expect count(leaders) == 2",
    "",
    "How many servers a selector means. `leaders` are all servers in the leader role, stale ones too.",
  ],
  [
    "next",
    "leader.next[NODE]",
    "expect leader.next[s3] == 4",
    "Fig. 2",
    "`nextIndex`: the next entry that the leader will send to a server. It begins behind the end of the leader's log and goes back while the server refuses.",
  ],
  [
    "match",
    "leader.match[NODE]",
    "expect leader.match[s3] == 3",
    "Fig. 2",
    "`matchIndex`: the highest entry that the leader knows the server to hold. An entry of its term at or below a majority's is committed.",
  ],
  [
    "key",
    'NODE["KEY"]',
    'expect s2["color"] == "red"',
    "",
    "What that server's own state machine holds, which may lag behind; `none` when it has no such key. A server that is down holds nothing that could be compared.",
  ],
  [
    "rev",
    'NODE["KEY"].rev',
    'expect s2["color"].rev == 4',
    "etcd KV",
    "The revision of the key's last change, in that server's own state machine (etcd's mod_revision).",
  ],
  [
    "create",
    'NODE["KEY"].create',
    'expect s2["color"].create == 2',
    "etcd KV",
    "The revision that created the key (etcd's create_revision).",
  ],
  [
    "version",
    'NODE["KEY"].version',
    'expect s2["color"].version == 3',
    "etcd KV",
    "How often the key was put since it was created: 1 after the first put, and again after a delete and a new put.",
  ],
  [
    "lease",
    'NODE["KEY"].lease',
    'expect s2["color"].lease == none',
    "etcd Lease",
    "The lease on which the key hangs, compared with the name of a lease; `none` or 0 without one.",
  ],
  [
    "token",
    "LOCK.token",
    "expect k1.token > 3",
    "etcd's clientv3/concurrency",
    "The fencing token of a lock or a candidacy: the create revision of its key. Whoever gets it later has a greater one, so that what is written with an older one can be refused.",
  ],
  [
    "held",
    "LOCK.held",
    "expect k1.held",
    "etcd's clientv3/concurrency",
    "Whether the client believes that it holds the lock, or leads the election. It may be wrong: compare the store.",
  ],
  [
    "messages",
    "messages(MESSAGE)",
    "expect messages(AppendEntries) <= 12",
    "",
    "How many messages of a type (or `all`) were sent since the scenario began, or since `mark`.",
  ],
  [
    "bytes",
    "bytes(SELECTOR)",
    "expect bytes(all) < 64KiB",
    "",
    "How many bytes these servers sent since the scenario began, or since `mark`: 32 for each message and 32 for each entry in it. `all` counts everybody, clients too.",
  ],
  [
    "in",
    "LEFT in SET",
    "expect leader in {s3 s4}",
    "",
    "The left side is among the right: a server or a vote in a set of servers, a value in a list.",
  ],
];

function entries(kind: "selector" | "condition", lines: readonly Line[]): readonly Entry[] {
  return lines.map(([name, syntax, example, source, says]) => ({ kind, name, syntax, example, source, says }));
}

/** The selectors. */
export const SELECTORS: readonly Entry[] = entries("selector", SELECTOR_LINES);

/** The conditions, and what can be compared in them besides the fields of a server. */
export const CONDITIONS: readonly Entry[] = entries("condition", CONDITION_LINES);
