/**
 * The checked program: what the language hands to whoever runs it.
 *
 * Names are resolved, defaults filled in, units normalised (time in integer microseconds, chances as
 * fractions from 0 to 1, sizes in bytes). Nothing here knows of the simulator or of the editor. Every
 * part that a person wrote carries its `span`, and every step its 1-based `line`, so that events,
 * verdicts and diagnostics can point back at the text.
 */

import type { ExpectedResult, ExpectedWatchEvent, Invoke } from "./operation.js";

export type * from "./operation.js";

/** Half-open range of UTF-16 offsets into the source text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A duration or an instant: integer microseconds of virtual time. */
export type Micros = number;

/** Inclusive range of durations. A single duration has `min === max`. */
export interface MicrosRange {
  readonly min: Micros;
  readonly max: Micros;
}

/** One `.raftlab` file, checked. Present even when the file has errors: see {@link CheckedFile.runnable}. */
export interface Program {
  readonly clusters: readonly ClusterDefinition[];
  readonly scenarios: readonly Scenario[];
}

/** A `cluster` block of the file; the unnamed one has the name `""`. */
export interface ClusterDefinition {
  readonly name: string;
  readonly span: Span;
  readonly doc: string;
  readonly config: ClusterConfig;
}

/** How a linearizable `get` is served. `local` is deliberately unsafe. */
export type ReadMode = "read-index" | "lease" | "log" | "local";

/** How configurations change. `naive` is deliberately unsafe. */
export type MembershipMode = "joint" | "single" | "naive";

/** All settings of a cluster after defaults and overrides (language.md, "Cluster settings"). */
export interface ClusterConfig {
  readonly nodes: readonly string[];
  readonly learners: readonly string[];
  readonly spares: readonly string[];
  /** Never empty: the default is one client named `client`. */
  readonly clients: readonly string[];
  readonly seed: number;
  readonly electionTimeout: MicrosRange;
  readonly heartbeat: Micros;
  readonly latency: MicrosRange;
  readonly loss: number;
  readonly duplicate: number;
  readonly reorder: number;
  readonly fsync: MicrosRange;
  readonly preVote: boolean;
  readonly checkQuorum: boolean;
  readonly reads: ReadMode;
  /** How far a server's clock may drift for lease reads, as a fraction from 0 to below 1. */
  readonly clockDriftBound: number;
  readonly sessions: boolean;
  readonly membership: MembershipMode;
  /** `null` when snapshots are off; `chunk` in bytes. */
  readonly snapshot: { readonly every: number; readonly keep: number; readonly chunk: number } | null;
  readonly appendLimit: number;
  readonly inflight: number;
  readonly clientTimeout: Micros;
  /** What a client asks again that stayed unanswered. `reads`: as etcd's clients, writes only if surely not sent. */
  readonly retries: "all" | "reads";
  /** etcd's --quota-backend-bytes. */
  readonly quota: number;
  /** etcd's --max-txn-ops and --max-request-bytes. */
  readonly maxTxnOps: number;
  readonly maxRequestBytes: number;
  /** How often a leader writes down what is left of leases; `null` for never (etcd's default). */
  readonly leaseCheckpoint: Micros | null;
  /** How often a watch that asked for it is told its progress (etcd: every 10 minutes). */
  readonly watchProgress: Micros;
  readonly network: "auto" | "manual";
  readonly timers: "auto" | "manual";
  /** Names of the rules that are switched off (raft.md, "Rules that can be switched off"). */
  readonly rulesOff: readonly string[];
}

/** One `scenario` with the cluster it runs on. */
export interface Scenario {
  readonly title: string;
  /** The comment directly above, without `#`, lines joined by newlines; `""` when there is none. */
  readonly doc: string;
  readonly span: Span;
  /** 1-based line of the word `scenario`. */
  readonly line: number;
  readonly config: ClusterConfig;
  readonly given: readonly GivenNode[];
  readonly steps: readonly Step[];
  /** Why this scenario cannot run although it is well-formed; empty when it can. */
  readonly unsupported: readonly string[];
}

/** The durable state and commit index a server starts from (`given { … }`). */
export interface GivenNode {
  readonly node: string;
  readonly span: Span;
  readonly term: number;
  /** The candidate voted for in `term`, when stated. */
  readonly vote: string | null;
  /** From index 1 on. */
  readonly log: readonly GivenEntry[];
  readonly commit: number;
}

/** An entry written as its term, or as `term:key=value`. */
export interface GivenEntry {
  readonly term: number;
  readonly put: { readonly key: string; readonly value: string } | null;
}

/** Which servers a step means; resolved when the step runs (language.md, "Selecting nodes"). */
export type Selector =
  | { readonly kind: "node"; readonly name: string; readonly span: Span }
  /** A client named as the end of a link. */
  | { readonly kind: "client"; readonly name: string; readonly span: Span }
  | { readonly kind: "variable"; readonly name: string; readonly span: Span }
  | {
      readonly kind:
        | "leader"
        | "followers"
        | "candidates"
        | "learners"
        | "voters"
        | "all"
        | "down"
        | "others"
        | "random";
      readonly span: Span;
    }
  | { readonly kind: "any"; readonly of: Selector; readonly span: Span }
  | { readonly kind: "set"; readonly members: readonly Selector[]; readonly span: Span }
  | { readonly kind: "except"; readonly of: Selector; readonly minus: Selector; readonly span: Span };

/** `a -> b` (one way) or `a <-> b`. Both ends may be selectors. */
export interface Link {
  readonly from: Selector;
  readonly to: Selector;
  readonly both: boolean;
  readonly span: Span;
}

/** The message types a step can name (language.md, "Messages"). `Heartbeat` is AppendEntries without entries. */
export type MessageType =
  | "RequestVote"
  | "RequestVoteReply"
  | "PreVote"
  | "PreVoteReply"
  | "AppendEntries"
  | "AppendEntriesReply"
  | "Heartbeat"
  | "HeartbeatReply"
  | "InstallSnapshot"
  | "InstallSnapshotReply"
  | "TimeoutNow"
  | "TimeoutNowReply"
  | "ReadIndex"
  | "ReadIndexReply"
  | "ClientRequest"
  | "ClientRequestReply";

/** What every step has. */
export interface StepBase {
  readonly span: Span;
  /** 1-based line on which the step begins. */
  readonly line: number;
  /** A fault with `=> failed` behind it: it must have no effect, as a restart of a server that is up. */
  readonly fails?: true;
}

/** A step of a scenario. */
export type Step = StepBase & StepKind;

/** The steps by kind (language.md, "Steps"). */
export type StepKind =
  // Time and narration
  | { readonly kind: "wait"; readonly duration: Micros }
  /** `at T [after N events]`: once so much has happened at that very instant; `after` is `null` where it is not said. */
  | { readonly kind: "at"; readonly instant: Micros; readonly after: number | null }
  | { readonly kind: "await"; readonly condition: Condition; readonly within: Micros | null }
  /** `await w1 [=> RESULT] [within D]`: an operation, a block, a workload or a nemesis started earlier. */
  | {
      readonly kind: "await-handle";
      readonly handle: string;
      readonly expected: ExpectedResult | null;
      readonly within: Micros | null;
    }
  | { readonly kind: "let-selector"; readonly name: string; readonly selector: Selector }
  | { readonly kind: "let-value"; readonly name: string; readonly value: Operand }
  | { readonly kind: "let-operation"; readonly name: string; readonly invoke: Invoke }
  | { readonly kind: "note"; readonly text: string }
  | { readonly kind: "mark" }
  /** `async { … } [as NAME]`: runs beside the steps that follow. */
  | { readonly kind: "async"; readonly body: readonly Step[]; readonly handle: string | null }
  /** `until event N { … }`: the steps, up to the N-th event of the trace after this step's; there they are cut off, with all they began beside. */
  | { readonly kind: "until"; readonly event: number; readonly body: readonly Step[] }
  /** The scenario ends here, whatever still runs beside it. */
  | { readonly kind: "end" }
  | { readonly kind: "repeat"; readonly times: number; readonly body: readonly Step[] }
  | { readonly kind: "every"; readonly period: Micros; readonly duration: Micros; readonly body: readonly Step[] }
  // Clients
  | { readonly kind: "invoke"; readonly invoke: Invoke }
  | {
      readonly kind: "expect-watch";
      readonly handle: string;
      readonly events: readonly ExpectedWatchEvent[];
      readonly within: Micros | null;
    }
  /** `expect w canceled [error compacted]`: the server ended the watch. */
  | {
      readonly kind: "expect-canceled";
      readonly handle: string;
      readonly error: string | null;
      readonly within: Micros | null;
    }
  /** `expect w progress [rev N]`: it was told that everything up to a revision has been sent. */
  | {
      readonly kind: "expect-progress";
      readonly handle: string;
      readonly rev: number | null;
      readonly within: Micros | null;
    }
  /** `expect o saw ["alice" "bob"]`: the leaders that `observe` told, in order. */
  | {
      readonly kind: "expect-observed";
      readonly handle: string;
      readonly values: readonly Operand[];
      readonly within: Micros | null;
    }
  // Expectations
  | {
      readonly kind: "expect";
      readonly condition: Condition;
      readonly within: Micros | null;
      readonly during: Micros | null;
    }
  | { readonly kind: "always" | "never" | "reach"; readonly condition: Condition }
  | { readonly kind: "expect-violation"; readonly properties: readonly string[] }
  // Servers
  /** Of servers or of clients: `crash leader`, `pause alice for 10s`. */
  | { readonly kind: "crash" | "pause"; readonly target: Selector; readonly duration: Micros | null }
  /** `crash s1 before fsync`: the next time the server gets there. `duration`: how long it stays down then. */
  | {
      readonly kind: "crash-point";
      readonly target: Selector;
      readonly when: "before" | "after";
      readonly place: "fsync" | "send" | "apply" | "install";
      /** For `send`: messages of this type only; `null` for any. */
      readonly message: MessageType | null;
      readonly duration: Micros | null;
    }
  | { readonly kind: "restart" | "resume" | "wipe" | "timeout" | "snapshot"; readonly target: Selector }
  // Network
  | { readonly kind: "isolate"; readonly target: Selector; readonly duration: Micros | null }
  | { readonly kind: "partition"; readonly groups: readonly Selector[]; readonly duration: Micros | null }
  | { readonly kind: "cut"; readonly link: Link; readonly duration: Micros | null }
  | { readonly kind: "heal"; readonly what: HealTarget }
  | {
      readonly kind: "loss" | "duplicate" | "reorder";
      readonly chance: number;
      readonly link: Link | null;
      readonly duration: Micros | null;
    }
  | {
      readonly kind: "latency";
      readonly latency: MicrosRange;
      readonly link: Link | null;
      readonly duration: Micros | null;
    }
  /** `drop [next N] [TYPE] LINK`. `count` is `null` for a lasting rule, 1 for `drop next`. */
  | {
      readonly kind: "drop";
      readonly message: MessageType | null;
      readonly link: Link;
      readonly count: number | null;
      readonly duration: Micros | null;
    }
  | {
      readonly kind: "delay";
      readonly message: MessageType | null;
      readonly link: Link;
      readonly by: Micros;
      readonly count: number | null;
      readonly duration: Micros | null;
    }
  | {
      readonly kind: "hold";
      readonly message: MessageType | null;
      readonly link: Link;
      readonly handle: string | null;
      readonly duration: Micros | null;
    }
  | { readonly kind: "release"; readonly handle: string }
  // Clocks and disks
  | {
      readonly kind: "clock-drift";
      readonly target: Selector;
      readonly drift: number;
      readonly duration: Micros | null;
    }
  /** `by` is negative when the clock jumps back. */
  | { readonly kind: "clock-jump"; readonly target: Selector; readonly by: Micros; readonly duration: Micros | null }
  | { readonly kind: "disk-slow"; readonly target: Selector; readonly by: Micros; readonly duration: Micros | null }
  | {
      readonly kind: "disk";
      readonly target: Selector;
      readonly fault: "ignore-fsync" | "tear" | "corrupt" | "fail";
      readonly duration: Micros | null;
    }
  // Cluster work
  | (ClusterWork & { readonly kind: "transfer"; readonly target: Selector })
  | (ClusterWork & { readonly kind: "add-voter" | "add-learner" | "promote" | "remove"; readonly target: Selector })
  /** `explicit`: the joint configuration stays until `leave joint`. */
  | (ClusterWork & { readonly kind: "reconfigure"; readonly voters: Selector; readonly explicit: boolean })
  | (ClusterWork & { readonly kind: "leave-joint" })
  // Manual stepping
  | { readonly kind: "deliver" | "lose" | "copy"; readonly messages: WaitingMessages }
  | { readonly kind: "postpone"; readonly messages: WaitingMessages; readonly by: Micros }
  /** `duration` `null`: one heartbeat interval. */
  | { readonly kind: "tick"; readonly target: Selector; readonly duration: Micros | null }
  | { readonly kind: "stabilize"; readonly nodes: Selector | null }
  // Load
  | { readonly kind: "workload"; readonly workload: Workload }
  | { readonly kind: "nemesis"; readonly nemesis: Nemesis };

/** Which of the messages under way: those that wait in a manual network, or travel in an automatic one. */
export type WaitingMessages = {
  readonly message: MessageType | null;
} /** One on each link, by its place among those of the type: 1 is the oldest, `null` the newest. */ & (
  | { readonly kind: "one"; readonly link: Link; readonly nth: number | null }
  | { readonly kind: "all" }
  | { readonly kind: "all-on"; readonly link: Link }
  | { readonly kind: "all-to" | "all-from"; readonly nodes: Selector }
);

/** What every step has that asks a server about its cluster. */
export interface ClusterWork {
  /** The server that is asked; `null`: the live leader. */
  readonly at: Selector | null;
  /** `=> failed`: it must refuse. */
  readonly refused: boolean;
}

/** What `heal` undoes. */
export type HealTarget =
  | { readonly kind: "all" }
  | { readonly kind: "nodes"; readonly nodes: Selector }
  | { readonly kind: "link"; readonly link: Link };

/** A load that runs beside the steps that follow. `until` is relative to its start. */
export interface Workload {
  readonly name: string;
  readonly duration: Micros;
  readonly clients: number;
  readonly keys: readonly string[];
  /** Operations per second of virtual time, over all its clients. */
  readonly rate: number;
  /** Fractions that add up to 1. */
  readonly mix: readonly {
    readonly operation: "put" | "get" | "delete" | "cas" | "txn" | "lease" | "stale";
    readonly share: number;
  }[];
}

/** Faults injected beside the steps that follow: every `period`, one of `actions` chosen by the seed. */
export interface Nemesis {
  readonly name: string;
  readonly duration: Micros;
  readonly period: MicrosRange;
  readonly actions: readonly Step[];
}

/** What a condition compares. */
export type Operand =
  | { readonly kind: "number"; readonly value: number; readonly span: Span }
  | { readonly kind: "string"; readonly value: string; readonly span: Span }
  /** A bare word: `follower`, `none`, `on`. */
  | { readonly kind: "word"; readonly value: string; readonly span: Span }
  /** `[1 1 2]`: a log by its terms, or a list of values. */
  | { readonly kind: "list"; readonly items: readonly Operand[]; readonly span: Span }
  /** A set of servers, as a value: `leader`, `{s3 s4}`, a variable bound to servers. */
  | { readonly kind: "nodes"; readonly nodes: Selector; readonly span: Span }
  | { readonly kind: "variable"; readonly name: string; readonly span: Span }
  /** `count(leaders)`. `leaders` is every server that is in the leader role, stale ones too. */
  | {
      readonly kind: "count";
      readonly of: Selector | { readonly kind: "leaders"; readonly span: Span };
      readonly span: Span;
    }
  /** `s2.term`: true of several nodes when it holds for each of them, or for one after `any`. */
  | { readonly kind: "field"; readonly nodes: Selector; readonly field: NodeField; readonly span: Span }
  /** `s2["color"]`: the value in that node's own state machine; `s2["color"].rev`: its bookkeeping. */
  | {
      readonly kind: "key";
      readonly nodes: Selector;
      readonly key: string;
      readonly attribute: "value" | "rev" | "create" | "version" | "lease";
      readonly span: Span;
    }
  /** `k1.token`: the fencing token of a lock or an election, its key's create revision; `k1.held`: whether its holder believes so. */
  | { readonly kind: "handle"; readonly handle: string; readonly field: "token" | "held"; readonly span: Span }
  /** `leader.next[s3]`, `leader.match[s3]`. */
  | {
      readonly kind: "progress";
      readonly nodes: Selector;
      readonly field: "next" | "match";
      readonly of: Selector;
      readonly span: Span;
    }
  | { readonly kind: "messages"; readonly message: MessageType | null; readonly span: Span }
  | { readonly kind: "bytes"; readonly of: Selector; readonly span: Span };

/** Fields of a server that conditions can name. */
export type NodeField =
  | "role"
  | "term"
  | "log"
  | "commit"
  | "applied"
  | "vote"
  | "last-index"
  | "last-term"
  | "snapshot"
  | "config"
  | "outgoing"
  | "learners"
  // Of the key-value store
  | "revision"
  | "compacted"
  | "keys"
  | "leases"
  | "hash";

/** Comparison operators of conditions. */
export type Comparison = "==" | "!=" | "<" | "<=" | ">" | ">=" | "in";

/** A condition over the cluster's state (language.md, "Conditions"). */
export type Condition =
  | { readonly kind: "has-leader" | "no-leader" | "converged"; readonly span: Span }
  | {
      readonly kind: "compare";
      readonly operator: Comparison;
      readonly left: Operand;
      readonly right: Operand;
      readonly span: Span;
    }
  | { readonly kind: "not"; readonly operand: Condition; readonly span: Span }
  | { readonly kind: "and" | "or"; readonly operands: readonly Condition[]; readonly span: Span };

/** How grave a diagnostic is. An `error` keeps the scenario from running. */
export type Severity = "error" | "warning" | "information" | "hint";

/** A finding about the text, with its place and, where mechanical, its remedy. */
export interface Diagnostic {
  /** Stable code, `RL` and four digits; each has a page in docs/diagnostics/. */
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly span: Span;
  readonly related: readonly { readonly span: Span; readonly message: string }[];
  readonly fixes: readonly QuickFix[];
}

/** A mechanical remedy: replacing these spans of the text mends the diagnostic. */
export interface QuickFix {
  readonly title: string;
  readonly edits: readonly { readonly span: Span; readonly newText: string }[];
}

/** The result of checking one file: always a program, however broken the text. */
export interface CheckedFile {
  readonly program: Program;
  readonly diagnostics: readonly Diagnostic[];
  /** Titles of scenarios that have no error in themselves or in their cluster and so can run. */
  readonly runnable: ReadonlySet<string>;
}
