import { isJoint, isVoter, membersOf } from "./configuration.js";
import type { ProposalOutcome } from "./output.js";
import { union } from "./quorum.js";
import type { Reason } from "./reason.js";
import { reason } from "./reason.js";
import { advanceOwn, broadcastAppend } from "./replication.js";
import { becomeFollower } from "./roles.js";
import { caughtUpToPromote, mayBeginChange, mayChangeAtOnce, mayChangeInTerm, refusesProposals } from "./rules.js";
import type { ServerState } from "./server.js";
import type { Configuration, ServerId } from "./types.js";
import { NONE } from "./types.js";

/**
 * Changing the cluster's configuration (§6, D §4; etcd's confchange package).
 */

/**
 * A change of the cluster's configuration as somebody asks for it (§6, D §4; etcd's ConfChangeV2). One server: `add-voter`,
 * `add-learner` (a voter becomes a learner), `promote`, `remove`. Any set of voters: `reconfigure`; learners stay, but for
 * those that become voters. `leave-joint` ends a joint configuration that is left explicitly.
 */
export type MembershipChange =
  | { readonly kind: "add-voter" | "add-learner" | "promote" | "remove"; readonly server: ServerId }
  | {
      readonly kind: "reconfigure";
      /** The voters of the new configuration, in any order. */
      readonly voters: readonly ServerId[];
      /** `false`: the joint configuration stays until `leave-joint` (etcd: ConfChangeTransitionJointExplicit). */
      readonly autoLeave: boolean;
    }
  | { readonly kind: "leave-joint" };

/** A leader appends the configuration that a change leads to, or says why not. */
export function changeMembership<C>(s: ServerState<C>, change: MembershipChange): ProposalOutcome {
  if (s.role !== "leader") {
    const why = reason("not-leader", s.leader);
    s.output.reason = why;
    return { kind: "not-leader", leader: s.leader, reason: why };
  }
  const next = refusalOfChange(s) ?? resultOf(s, change);
  if ("code" in next) {
    s.output.reason = next;
    return { kind: "refused", reason: next };
  }
  const index = appendConfiguration(s, next);
  s.output.reason = reason(
    change.kind === "leave-joint" ? "configuration-left-joint" : "configuration-appended",
    index,
    next.voters.length,
  );
  return { kind: "appended", index, term: s.term };
}

/**
 * What follows from a commitment on the leader (§6): it leaves a joint configuration that is committed, its own or one that
 * an earlier leader left behind, by appending C_new; and it steps down once a configuration without it is committed.
 */
export function afterLeaderCommit<C>(s: ServerState<C>): void {
  const { index, configuration } = s.configurations.newest;
  if (index === 0 || index > s.commitIndex) return;
  if (isJoint(configuration)) {
    if (!configuration.autoLeave) return;
    const left = appendConfiguration(s, leaveJoint(configuration));
    s.output.reason = reason("configuration-left-joint", left, configuration.voters.length);
  } else if (!isVoter(configuration, s.config.id)) {
    becomeFollower(s, s.term, NONE, reason("leader-removed", index));
  }
}

function appendConfiguration<C>(s: ServerState<C>, configuration: Configuration): number {
  const index = s.append({ kind: "configuration", term: s.term, configuration });
  broadcastAppend(s);
  advanceOwn(s);
  return index;
}

/** Why no change can begin now, or `null`. */
function refusalOfChange<C>(s: ServerState<C>): Reason | null {
  const { rules } = s.config;
  const { newest } = s.configurations;
  if (refusesProposals(rules, s.transferee)) return reason("proposal-refused-transfer", s.transferee);
  if (!mayBeginChange(rules, newest.index, s.commitIndex)) {
    return reason("configuration-refused-pending", newest.index, s.commitIndex);
  }
  if (!mayChangeInTerm(rules, s.commitIndex, s.firstIndexOfTerm)) {
    return reason("configuration-refused-current-term", s.commitIndex, s.firstIndexOfTerm);
  }
  return null;
}

/** What a server is already, for `configuration-refused-no-change`; 0: no member. */
const VOTER = 1;
const LEARNER = 2;

/** The configuration that a change leads to, or why it is refused. */
function resultOf<C>(s: ServerState<C>, change: MembershipChange): Configuration | Reason {
  const { index, configuration: now } = s.configurations.newest;
  if (change.kind === "leave-joint") {
    return isJoint(now) ? leaveJoint(now) : reason("configuration-refused-not-joint");
  }
  if (isJoint(now)) return reason("configuration-refused-joint", index);
  const target = targetOf(s, now, change);
  if ("code" in target) return target;
  if (target.voters.length === 0) return reason("configuration-refused-no-voters");
  const changed = difference(now.voters, target.voters);
  const explicit = change.kind === "reconfigure" && !change.autoLeave;
  if (mayChangeAtOnce(s.config.rules, s.config.membership, changed) && !explicit) return target;
  if (s.config.membership !== "joint") return reason("configuration-refused-many", changed, explicit ? 1 : 0);
  return { ...target, outgoing: now.voters, autoLeave: !explicit };
}

function targetOf<C>(
  s: ServerState<C>,
  now: Configuration,
  change: Exclude<MembershipChange, { readonly kind: "leave-joint" }>,
): Configuration | Reason {
  if (change.kind === "reconfigure") {
    const voters = union([], [...change.voters]);
    if (voters.length === now.voters.length && difference(now.voters, voters) === 0) {
      return reason("configuration-refused-no-change");
    }
    return { ...now, voters, learners: now.learners.filter((id) => !voters.includes(id)) };
  }
  const { server } = change;
  const voters = now.voters.filter((id) => id !== server);
  const learners = now.learners.filter((id) => id !== server);
  const votes = now.voters.includes(server);
  const learns = now.learners.includes(server);
  switch (change.kind) {
    case "add-voter":
      if (votes) return reason("configuration-refused-no-change", server, VOTER);
      return { ...now, voters: union(voters, [server]), learners };
    case "add-learner":
      if (learns) return reason("configuration-refused-no-change", server, LEARNER);
      return { ...now, voters, learners: union(learners, [server]) };
    case "promote": {
      if (!learns) return reason("configuration-refused-not-learner", server);
      const match = s.followerOf[server]?.match ?? 0;
      if (!caughtUpToPromote(match, s.log.lastIndex)) return reason("configuration-refused-behind", server, match);
      return { ...now, voters: union(voters, [server]), learners };
    }
    case "remove":
      if (!membersOf(now).includes(server)) return reason("configuration-refused-no-change", server);
      return { ...now, voters, learners };
  }
}

/** §6: from C_old,new to C_new. */
function leaveJoint(joint: Configuration): Configuration {
  return { ...joint, outgoing: [], autoLeave: false };
}

/** Servers that are in one of the lists only. */
function difference(a: readonly ServerId[], b: readonly ServerId[]): number {
  return a.filter((id) => !b.includes(id)).length + b.filter((id) => !a.includes(id)).length;
}
