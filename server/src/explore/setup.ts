import { CORRECT_RAFT, type Rules } from "../raft/types.js";
import { ETCD_DEFAULTS, type WorldConfig } from "../sim/config.js";

/** How the cluster of one run is set up. Everything else of a world's settings is about time, and here there is none. */
export interface Setup {
  /** Servers: 1 to 9. */
  readonly servers: number;
  /** The cluster begins with the first servers as voters, and then has learners; the rest wait to be added. */
  readonly voters: number;
  readonly learners: number;
  /** How configurations change. */
  readonly membership: WorldConfig["membership"];
  /** Clients with sessions; without any, commands are handed to leaders directly. */
  readonly clients: number;
  /** A snapshot after so many applied entries, with `keep` left behind it; `null` for none but those that are asked for. */
  readonly snapshot: WorldConfig["snapshot"];
  readonly preVote: boolean;
  readonly checkQuorum: boolean;
  readonly reads: WorldConfig["reads"];
  readonly appendLimit: number;
  readonly inflight: number;
  readonly rules: Rules;
  /** Check the invariants besides the safety properties too. Where a rule is off they fall first, and say less. */
  readonly invariants: boolean;
}

/** Raft's rules by their kebab-case names in the scenario language. */
const RULES = new Map<string, keyof Rules>(
  Object.keys(CORRECT_RAFT).flatMap((rule) => (isRule(rule) ? [[kebabCase(rule), rule]] : [])),
);

/** Names of the rules that the engine can switch off, as scenarios write them. */
export const RULE_NAMES: readonly string[] = [...RULES.keys()];

/** Correct Raft without these rules. Throws for a name that is no rule of the engine. */
export function rulesWithout(off: readonly string[]): Rules {
  const rules: { -readonly [rule in keyof Rules]: boolean } = { ...CORRECT_RAFT };
  for (const name of off) {
    const rule = RULES.get(name);
    if (rule === undefined) throw new Error(`there is no rule ${name} that can be switched off`);
    rules[rule] = false;
  }
  return rules;
}

/** A world's settings for a setup. Durations are there because a world has some: they decide nothing. */
export function configOf(setup: Setup): WorldConfig {
  const {
    servers,
    voters,
    learners,
    clients,
    snapshot,
    membership,
    preVote,
    checkQuorum,
    reads,
    appendLimit,
    inflight,
    rules,
  } = setup;
  return {
    servers: names("s", servers),
    learners: numbers(voters + 1, voters + learners),
    spares: numbers(voters + learners + 1, servers),
    clients: names("c", clients),
    seed: 0,
    electionTimeout: { min: 150, max: 150 },
    heartbeat: 50,
    latency: { min: 1, max: 1 },
    loss: 0,
    duplicate: 0,
    reorder: 0,
    fsync: { min: 1, max: 1 },
    preVote,
    checkQuorum,
    reads,
    leaseDrift: 0.1,
    membership,
    snapshot,
    sessions: true,
    appendLimit,
    inflight,
    clientTimeout: 1000,
    ...ETCD_DEFAULTS,
    network: "auto",
    timers: "auto",
    rules,
    initial: [],
  };
}

const NONE: readonly number[] = [];
const NAMES = new Map<string, readonly string[]>();

function names(letter: string, count: number): readonly string[] {
  const known = NAMES.get(letter + count);
  if (known !== undefined) return known;
  const made = Array.from({ length: count }, (_, position) => `${letter}${position + 1}`);
  NAMES.set(letter + count, made);
  return made;
}

function numbers(first: number, last: number): readonly number[] {
  return last < first ? NONE : Array.from({ length: last - first + 1 }, (_, position) => first + position);
}

function isRule(name: string): name is keyof Rules {
  return name in CORRECT_RAFT;
}

function kebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
