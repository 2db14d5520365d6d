import type { ProposalOutcome } from "./output.js";
import type { ServerState } from "./server.js";
import type { ServerId } from "./types.js";
/**
 * Changing the cluster's configuration (§6, D §4; etcd's confchange package).
 */
/**
 * A change of the cluster's configuration as somebody asks for it (§6, D §4; etcd's ConfChangeV2). One server: `add-voter`,
 * `add-learner` (a voter becomes a learner), `promote`, `remove`. Any set of voters: `reconfigure`; learners stay, but for
 * those that become voters. `leave-joint` ends a joint configuration that is left explicitly.
 */
export type MembershipChange = {
    readonly kind: "add-voter" | "add-learner" | "promote" | "remove";
    readonly server: ServerId;
} | {
    readonly kind: "reconfigure";
    /** The voters of the new configuration, in any order. */
    readonly voters: readonly ServerId[];
    /** `false`: the joint configuration stays until `leave-joint` (etcd: ConfChangeTransitionJointExplicit). */
    readonly autoLeave: boolean;
} | {
    readonly kind: "leave-joint";
};
/** A leader appends the configuration that a change leads to, or says why not. */
export declare function changeMembership<C>(s: ServerState<C>, change: MembershipChange): ProposalOutcome;
/**
 * What follows from a commitment on the leader (§6): it leaves a joint configuration that is committed, its own or one that
 * an earlier leader left behind, by appending C_new; and it steps down once a configuration without it is committed.
 */
export declare function afterLeaderCommit<C>(s: ServerState<C>): void;
