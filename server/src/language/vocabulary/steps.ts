/** The steps that are not operations of clients. */

import type { Entry } from "./entry.js";

type Line = readonly [name: string, syntax: string, example: string, source: string, says: string];

const TIME: readonly Line[] = [
  [
    "wait",
    "wait DURATION",
    "wait 500ms",
    "",
    "Lets virtual time pass. Steps take no time unless they wait, and while one waits everything else goes on: timers fire, messages travel, disks write.",
  ],
  [
    "at",
    "at INSTANT [after NUMBER events]",
    "at 2s",
    "",
    "Goes on at that instant of the scenario, counted from its beginning, when whatever else is due there has had its turn. An instant already past is an error. Several things can happen at one instant, such as messages that arrive; the first of them is enough, unless `after 3 events` says how many it takes. Saved live sessions tell so exactly when something was done.",
  ],
  [
    "await",
    "await CONDITION [within DURATION]",
    "await leader within 2s",
    "",
    "Waits until a condition holds, or an operation, a workload or a nemesis has ended: `await w1 => ok within 1s`. A lock or a candidacy that was begun with `async` is awaited by its name. Fails when the time is up.",
  ],
  [
    "let",
    "let NAME = SELECTOR",
    "let old = leader",
    "",
    'Binds a name to servers, to a value (`s1.term`, `"red"`), or to what an operation answers. Servers are chosen now: `old` stays the same when the leader changes. A second `let` of the same name binds it anew.',
  ],
  [
    "note",
    'note "TEXT"',
    'note "s3 has not heard of the crash"',
    "",
    "Narration: a text at this moment, shown in the timeline and in the diagrams. It takes no time and changes nothing.",
  ],
  [
    "mark",
    "mark",
    "mark",
    "",
    "Starts the budgets `messages(…)` and `bytes(…)` anew: they count what is sent from here on. So one can tell what a single `put` costs.",
  ],
  [
    "repeat",
    "repeat NUMBER { STEPS }",
    'repeat 10 { put color "red" }',
    "",
    "Runs the steps so many times, one round after the other. A name that one round binds the next binds anew.",
  ],
  [
    "every",
    "every DURATION for DURATION { STEPS }",
    "every 100ms for 2s { get color }",
    "",
    "Runs the steps again and again, one round every so often, for a while.",
  ],
  [
    "async",
    "async [CLIENT] OPERATION [as NAME]",
    'async alice put color "red" as w1',
    "",
    "Starts an operation and does not wait for it; `await w1` does, later. So operations of several clients overlap, and steps can happen while one is under way. `async { STEPS }` does steps, one after another, beside those that follow, and the scenario ends when they have ended; `as NAME` names them for `await`.",
  ],
  [
    "until",
    "until event NUMBER { STEPS }",
    'until event 40 { await leader; put color "red" }',
    "",
    "Does the steps up to an event of the trace, counted from here (the next one is 1), and cuts them off there: what they have not done yet does not happen, and what they began beside (blocks, workloads, a nemesis, renewals of leases) does no more. What they did to the cluster stays, and faults with `for` still end. So begins a session that was continued from the middle of a run.",
  ],
  [
    "end",
    "end",
    "end",
    "",
    "Ends the scenario here, whatever still goes on beside it: operations, blocks, workloads. Without it a scenario ends when all of them have ended.",
  ],
];

const EXPECTATIONS: readonly Line[] = [
  [
    "expect",
    "expect CONDITION [within DURATION] [for DURATION]",
    "expect leader != old within 1s",
    "",
    "States what must hold: now, by then (`within`), or all through (`for`); with both it must begin in time and then last. `expect w saw […]`, `canceled` and `progress` check a watch; `expect violation of PROPERTY` says that the run must break a property, as with a `rule … off`.",
  ],
  [
    "always",
    "always CONDITION",
    "always count(leaders) <= 1",
    "",
    "The condition must hold from here to the end: here, after every step and after every event.",
  ],
  [
    "never",
    "never CONDITION",
    "never s1.role == leader",
    "",
    "The condition must not hold at any event from here to the end.",
  ],
  [
    "reach",
    "reach CONDITION",
    "reach count(leaders) == 2",
    "",
    "From here on, some run must get there, over all the seeds that are tried. A single run says when it did, or that it did not, which is no failure.",
  ],
];

const SERVERS: readonly Line[] = [
  [
    "crash",
    "crash SELECTOR [before PLACE] [after PLACE] [for DURATION]",
    "crash leader",
    "§5.1, Fig. 2",
    "The server stops and loses everything that was not durable: term, vote and log stay as far as they were written, the rest is gone. With `for` it restarts by itself. With `before` or `after` it crashes the next time it gets to that place: `fsync`, `send [MESSAGE]`, `apply`, `install`. A client that crashes forgets everything: its operation has no answer, its watches end, its leases are renewed no more.",
  ],
  [
    "restart",
    "restart SELECTOR",
    "restart s1",
    "Fig. 2",
    "A crashed server starts again from exactly what was durable, as a follower. A client starts anew.",
  ],
  [
    "pause",
    "pause SELECTOR [for DURATION]",
    "pause s2 for 1s",
    "",
    "The server stands still, as in a long garbage collection: nothing is lost, messages wait. When it goes on its clock shows how much time has passed: timers that came due fire then, unless a message that waited sets them anew. A paused client renews no lease and takes no answer, and does not notice.",
  ],
  [
    "resume",
    "resume SELECTOR",
    "resume s2",
    "",
    "A paused server or client goes on: its clock shows how much time has passed, and the messages that waited arrive. A crashed one needs `restart`.",
  ],
  [
    "wipe",
    "wipe SELECTOR",
    "wipe s1",
    "etcd FAQ",
    "The disk loses everything, under the same name. A fault that Raft does not tolerate: the server forgets its vote and what it acknowledged. It is down then. Remove and add such a server instead.",
  ],
  [
    "timeout",
    "timeout SELECTOR",
    "timeout s3",
    "§5.2",
    "The server's election timer fires now: it becomes a candidate (or asks for pre-votes). A leader has none: the step fails.",
  ],
];

const NETWORK: readonly Line[] = [
  [
    "isolate",
    "isolate SELECTOR [for DURATION]",
    "isolate leader",
    "§5.4",
    "Cuts the servers off from all other servers, in both directions; clients still reach them. An isolated leader commits nothing more, and the others elect a new one.",
  ],
  [
    "partition",
    "partition SELECTOR | SELECTOR … [for DURATION]",
    "partition {s1 s2} | {s3 s4 s5}",
    "§5.4, §8",
    "Splits the servers into sides that cannot reach each other. Servers that no side names form one of their own. A client is cut off only if a side names it; `partition random` lets the seed choose.",
  ],
  [
    "cut",
    "cut LINK [for DURATION]",
    "cut s1 -> s2",
    "",
    "Cuts a link: one way with `->`, both ways with `<->`. A server that hears nobody and still sends is the hardest case: without `pre-vote` its rising terms depose one leader after the other.",
  ],
  [
    "heal",
    "heal [SELECTOR]",
    "heal",
    "",
    "Alone, it ends every fault in force: partitions and cuts, loss, latency and rules (what was held goes on), faults of clocks and disks, and crashes that still wait. With servers (`heal s1`) it undoes their partitions, isolation and cuts, the faults of their clocks and disks, and crashes that wait for them; with a link (`heal s1 <-> s2`) what cuts it. Other faults stay, and no server is restarted.",
  ],
  [
    "loss",
    "loss PERCENT [on LINK] [for DURATION]",
    "loss 20% on s1 <-> all",
    "§5.5",
    "Changes the chance that a message is lost, on all links or on one. Raft sends again until an answer comes: progress suffers, safety does not.",
  ],
  [
    "duplicate",
    "duplicate PERCENT [on LINK] [for DURATION]",
    "duplicate 5%",
    "§5.5",
    "Changes the chance that a message arrives twice. `duplicate s1 -> s2 AppendEntries` makes a message under way two; which one is said as for `deliver`.",
  ],
  [
    "reorder",
    "reorder PERCENT [on LINK] [for DURATION]",
    "reorder 10%",
    "§5.3",
    "Changes the chance that a message is overtaken by later ones. What arrives late must undo nothing that is newer.",
  ],
  [
    "latency",
    "latency DURATION [on LINK] [for DURATION]",
    "latency 200ms on s1 -> s2",
    "§5.6",
    "Changes how long messages travel; a duration or a range. Elections need a round trip well below the election timeout.",
  ],
  [
    "drop",
    "drop [next [NUMBER]] [MESSAGE] LINK [for DURATION]",
    "drop next 2 RequestVote s1 -> all",
    "",
    "Drops messages of a type on a link: all of them from now on, or the next ones only. So a single lost message can be told exactly, which chance seldom hits.",
  ],
  [
    "delay",
    "delay [next [NUMBER]] [MESSAGE] LINK by DURATION [for DURATION]",
    "delay AppendEntries s1 -> s2 by 200ms",
    "",
    "Makes messages of a type take so much longer. Other messages of the link overtake them; several delays add up. With a place, `delay first s1 -> s2 AppendEntries by 5ms` is about one that is under way, chosen as for `deliver`; in a manual network they wait anyway.",
  ],
  [
    "hold",
    "hold [MESSAGE] LINK [as NAME] [for DURATION]",
    "hold AppendEntries s1 -> s2 as h",
    "",
    "Keeps messages back until `release h`; then all arrive, in order.",
  ],
  ["release", "release NAME", "release h", "", "Lets the messages go that a `hold` keeps back, and ends it."],
];

const MACHINES: readonly Line[] = [
  [
    "clock",
    "clock SELECTOR drift PERCENT [for DURATION]",
    "clock s2 drift 10%",
    "D §6.4.1",
    "`drift`: the server's clock runs so much too fast, with a minus sign too slow, and its timers with it. `jump 300ms`: the clock leaps, back with a minus sign; what its timers wait for comes nearer by that. Leases trust clocks; Raft's safety does not.",
  ],
  [
    "disk",
    "disk SELECTOR slow DURATION [for DURATION]",
    "disk s1 slow 50ms",
    "§5.6, D §10.2.1",
    "`slow 50ms`: each write takes that much longer. `ignore fsync`: reports as durable what a crash then loses. `tear`: the next crash leaves the last record half-written. `corrupt`: an entry of the durable log is damaged. `fail`: nothing can be written or read, and the server stops itself.",
  ],
];

const CLUSTER: readonly Line[] = [
  [
    "transfer",
    "transfer leadership to SELECTOR [at NODE]",
    "transfer leadership to s2",
    "D §3.10",
    "The leader stops taking proposals, brings the server up to date, and sends it TimeoutNow. It gives up after an election timeout. The step takes no time: `await leader == s2` waits for the new leader.",
  ],
  [
    "add",
    "add voter SELECTOR [at NODE]",
    "add learner s6",
    "§6, D §4",
    "Adds a server to the configuration, as a voter or as a learner; a voter that is added as a learner votes no more. Like all changes it is asked of the live leader, or of the server named with `at`, and takes no time. It fails when the server refuses, which `=> failed` expects: while another change is not committed yet, before the leader has committed an entry of its term, or when it is so already.",
  ],
  [
    "promote",
    "promote SELECTOR [at NODE]",
    "promote s6",
    "D §4.2.1, etcd",
    "Makes a learner a voter; refused while its log holds less than nine tenths of the leader's.",
  ],
  [
    "remove",
    "remove SELECTOR [at NODE]",
    "remove s2",
    "§6, D §4.2.2",
    "Removes a server from the configuration; a leader that removes itself steps down once that is committed.",
  ],
  [
    "reconfigure",
    "reconfigure SET [explicit] [at NODE]",
    "reconfigure {s1 s2 s6}",
    "§6, etcd's ConfChangeV2",
    "Changes the voters to exactly this set; learners stay, but for those that become voters. With `membership joint` more than one change goes through a joint configuration, which the leader leaves by itself; with `explicit` it stays until `leave joint`.",
  ],
  [
    "leave",
    "leave joint [at NODE]",
    "leave joint",
    "§6, etcd's ConfChangeV2",
    "Ends a joint configuration that was entered with `reconfigure … explicit`: only the new voters count from then on.",
  ],
  [
    "snapshot",
    "snapshot SELECTOR",
    "snapshot s1",
    "§7",
    "The server writes a snapshot now and discards the log up to there. A follower that still needs a discarded entry gets the snapshot instead.",
  ],
];

const MANUAL: readonly Line[] = [
  [
    "deliver",
    "deliver [PLACE] LINK [MESSAGE]",
    "deliver s1 -> s2 AppendEntries",
    "etcd's rafttest",
    "The oldest message under way on the link, or the oldest of a type, arrives now: of those that wait with `network manual`, otherwise of those that travel. `second`, `third`, `last` or `nth 4` before the link picks another, so that messages overtake; a link between sets means one message on each of its links. `deliver all`, `all to s2`, `all from s1` and `all s1 -> s2` deliver everything that is there. In a manual network a sender whose disk still writes is waited for. Fails when there is no such message, and says what there is.",
  ],
  [
    "lose",
    "lose [PLACE] LINK [MESSAGE]",
    "lose s1 -> s2 AppendEntries",
    "§5.5",
    "A message under way is lost: one that waits with `network manual`, otherwise one that travels. Which one is said as for `deliver`: `lose last s1 -> s2`, `lose all to s3`.",
  ],
  [
    "stabilize",
    "stabilize [SET]",
    "stabilize {s1 s2 s3}",
    "etcd's rafttest",
    "With `network manual`: delivers the messages between these servers (all of them, when none is named), and between them and the clients, oldest first, and lets their disks write, until nothing more happens.",
  ],
  [
    "tick",
    "tick SELECTOR [for DURATION]",
    "tick s1",
    "etcd's rafttest",
    "Time passes on the server's timers, and nowhere else: one heartbeat interval, or as long as it says. Those that run out fire: `tick leader` sends a heartbeat, and a follower whose election timeout is over stands for election.",
  ],
];

const LOAD: readonly Line[] = [
  [
    "workload",
    "workload NAME for DURATION { clients NUMBER; keys KEYS; rate NUMBER/s; mix put PERCENT get PERCENT }",
    "workload w for 10s { clients 5; keys k1..k5; rate 200/s; mix put 50% get 40% cas 10% }",
    "",
    "Clients of its own run operations beside the steps that follow; `await w` waits for its end. Everything they saw is checked for linearizability. The mix holds `put`, `get`, `delete`, `cas`, `txn`, `lease` (a put with a lease) and `stale` (a serializable read, or one of an old revision).",
  ],
  [
    "nemesis",
    "nemesis NAME for DURATION { every DURATION one of { STEPS } }",
    "nemesis n for 10s { every 300ms..1s one of { crash any follower for 500ms; isolate leader for 1s } }",
    "Jepsen",
    "Faults that the seed chooses, beside the steps that follow: every so often one of those in the braces. `await n` waits for its end. With a workload it makes a test in the manner of Jepsen.",
  ],
];

/** A group of steps, as the reference shows them. */
export interface StepGroup {
  readonly title: string;
  readonly entries: readonly Entry[];
}

function group(title: string, lines: readonly Line[]): StepGroup {
  const entries = lines.map(
    ([name, syntax, example, source, says]): Entry => ({ kind: "step", name, syntax, example, source, says }),
  );
  return { title, entries };
}

/** The steps by group, in the order of the reference. */
export const STEP_GROUPS: readonly StepGroup[] = [
  group("Time and narration", TIME),
  group("Expectations", EXPECTATIONS),
  group("Servers", SERVERS),
  group("Network", NETWORK),
  group("Clocks and disks", MACHINES),
  group("Cluster work", CLUSTER),
  group("Manual stepping", MANUAL),
  group("Load", LOAD),
];

/** All steps that are not operations. */
export const STEPS: readonly Entry[] = STEP_GROUPS.flatMap((each) => each.entries);
