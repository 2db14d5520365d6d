/** How the pages of the diagnostics are grouped. */

/** Codes that begin alike, and what they have in common. */
export interface DiagnosticGroup {
  /** The longest prefix that a code begins with decides. */
  readonly prefix: string;
  readonly title: string;
  /** What these diagnostics are about. */
  readonly says: string;
  /** Why they matter to Raft or etcd. */
  readonly why: string;
  /** Sections of docs/language.md about it, by their headings. */
  readonly sections: readonly string[];
}

/** The groups, in the order of the index. */
export const DIAGNOSTIC_GROUPS: readonly DiagnosticGroup[] = [
  {
    prefix: "RL0",
    title: "What cannot be read",
    says: "The text breaks the grammar. One such error is reported to a statement; the next line is read afresh.",
    why: "A step that is guessed at would show something else than you meant. So a scenario with such an error does not run; the others of the file do.",
    sections: ["How it is written"],
  },
  {
    prefix: "RL1",
    title: "Names and values",
    says: "The text can be read, but a name is not known, or a value does not fit its place.",
    why: "A scenario is an experiment. With a name that stands for nothing, or a value of another kind, it would be one about another cluster than you have in mind.",
    sections: ["Clusters", "Steps"],
  },
  {
    prefix: "RL2",
    title: "What Raft says to it",
    says: "The editor follows the scenario before it runs: who is up, who can reach whom, how much time has passed. It reports only what holds for every seed, whichever server `leader` turns out to be.",
    why: "Raft elects and commits only while a majority of the voters reach each other, and only while its timers suit the network. What contradicts that shows nothing of Raft, or shows just that: then the scenario should say so.",
    sections: ["Steps", "Faults"],
  },
  {
    prefix: "RL202",
    title: "Lost majorities",
    says: "At this step so few servers can reach each other, for every seed, that no majority is left.",
    why: "Every election and every commitment takes a majority of all voters, those that are down included. Any two majorities share a server, and on that all of Raft's safety rests.",
    sections: ["Faults", "Results"],
  },
  {
    prefix: "RL203",
    title: "Clocks, disks and crashes",
    says: "A fault of a single machine that cannot be as it is written, or that does nothing.",
    why: "Raft's promises rest on what is durable before a message leaves, and lease reads on clocks that run nearly alike. A fault is worth as much as it is exact.",
    sections: ["Faults"],
  },
  {
    prefix: "RL204",
    title: "Changes of the configuration",
    says: "A change of the cluster's members that is refused, or that is unsafe.",
    why: "While the configuration changes, two majorities that share no server could exist at once, each with its leader. Joint consensus, and changes by one server at a time, are there to prevent it.",
    sections: ["Who belongs to the cluster"],
  },
  {
    prefix: "RL205",
    title: "What never holds",
    says: "A condition, or a result, that no run can bring about where it stands.",
    why: "An expectation that cannot come true says nothing about Raft: it fails in every run, and most often something else was meant.",
    sections: ["Conditions", "Results"],
  },
  {
    prefix: "RL206",
    title: "Steps of no use",
    says: "A step that must fail where it stands, or that changes nothing.",
    why: "A fault that never strikes, and a change that is refused, make a scenario look more thorough than it is.",
    sections: ["Faults", "Who belongs to the cluster"],
  },
  {
    prefix: "RL21",
    title: "By hand",
    says: "What is forgotten where messages or timers wait for steps (`network manual`, `timers manual`).",
    why: "By hand nothing happens by itself: no election, no vote, no answer to a client. That is how the figures of the paper are told message by message.",
    sections: ["By hand"],
  },
  {
    prefix: "RL22",
    title: "Where a scenario begins",
    says: "States in `given { … }` that do not fit each other.",
    why: "A run that begins where no run of Raft can come to proves nothing about Raft: its first broken promise may be the beginning itself.",
    sections: ["Scenarios"],
  },
  {
    prefix: "RL23",
    title: "What etcd says to it",
    says: "What etcd refuses, or takes otherwise than it is written. A step that says it expects the error draws nothing.",
    why: "The store answers as etcd does. A program that sends such a request to a real etcd gets the same error, or the same silence.",
    sections: ["Operations", "Revisions and keys"],
  },
  {
    prefix: "RL4",
    title: "What the editor adds",
    says: "Reported by the language server: of files that it cannot read, and of what the last run broke.",
    why: "A verdict without its place is of little help: what a run broke stands at the step that broke it, with the way back through its causes.",
    sections: ["How steps and scenarios end", "Properties"],
  },
];

/** The group of a code. */
export function groupOf(code: string): DiagnosticGroup {
  const fitting = DIAGNOSTIC_GROUPS.filter(({ prefix }) => code.startsWith(prefix));
  const [first, ...rest] = fitting;
  if (first === undefined) throw new Error(`${code} belongs to no group of diagnostics.`);
  return rest.reduce((best, each) => (each.prefix.length > best.prefix.length ? each : best), first);
}
