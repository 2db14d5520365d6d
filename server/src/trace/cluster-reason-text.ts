import { t } from "../l10n/text.js";
import type { ReasonCode } from "../raft/reason.js";
import { voters } from "./counts.js";
import type { Sentence } from "./reason-text.js";
import { roleText } from "./role-text.js";

/** The reasons of what changes the configuration, or hands leadership on. */
type ClusterReason = Extract<
  ReasonCode,
  | "not-a-voter"
  | "leader-removed"
  | "proposal-refused-transfer"
  | `configuration-${string}`
  | `transfer-${string}`
  | `timeout-now${string}`
>;

/** A sentence for each of them. See `reason-text.ts`. */
export const CLUSTER_SENTENCES: Readonly<Record<ClusterReason, Sentence>> = {
  "not-a-voter": (index) =>
    index === 0
      ? t("it is no voter of its configuration, so it stands for no election (§6)")
      : t("it is no voter of the configuration of entry {0}, so it stands for no election (§6)", index),
  "configuration-appended": (index, count, _name, rules) =>
    rules.configOnAppend
      ? t(
          "the leader appends the new configuration, with {0}, as entry {1}, and uses it from now on (§6)",
          voters(count),
          index,
        )
      : t(
          "the leader appends the new configuration, with {0}, as entry {1}; it will use it once that is committed: the rule config-on-append is off (§6)",
          voters(count),
          index,
        ),
  "configuration-refused-pending": (index, commit) =>
    t(
      "the configuration of entry {0} is not committed yet (commit index {1}), and only one change is made at a time (§6, D §4.1)",
      index,
      commit,
    ),
  "configuration-refused-current-term": (commit, first) =>
    t(
      "the leader has committed up to {0}, and must commit entry {1}, the first of its term, before it changes the configuration (D §4.1, corrected in 2015)",
      commit,
      first,
    ),
  "configuration-refused-many": (changed, explicit) =>
    explicit === 1
      ? t("a joint configuration was asked for, and only with `membership joint` there are any (§6)")
      : t("{0} voters would change at once, and without joint consensus it may be one (D §4.1)", changed),
  "configuration-refused-joint": (index) =>
    t("the joint configuration of entry {0} must be left before another change begins (§6)", index),
  "configuration-refused-not-joint": () => t("the configuration is not a joint one: there is nothing to leave (§6)"),
  "configuration-refused-no-change": (server, part, name) => {
    if (server === 0) return t("these are the voters already");
    if (part === 0) return t("{0} does not belong to the configuration", name(server));
    return part === 1 ? t("{0} is a voter already", name(server)) : t("{0} is a learner already", name(server));
  },
  "configuration-refused-not-learner": (server, _b, name) =>
    t("{0} is no learner, and only a learner is promoted (D §4.2.1)", name(server)),
  "configuration-refused-behind": (server, match, name) =>
    t(
      "the log of {0} agrees with the leader's only up to {1}: as a voter it would hold up commitment (D §4.2.1)",
      name(server),
      match,
    ),
  "configuration-refused-no-voters": () => t("the last voter cannot leave: nobody could commit anything any more (§6)"),
  "configuration-left-joint": (index, count) =>
    t(
      "the joint configuration is committed, so the leader appends the new one, with {0}, as entry {1} (§6)",
      voters(count),
      index,
    ),
  "leader-removed": (index) =>
    t("the configuration of entry {0} is committed, and this leader is not part of it: it steps down (§6)", index),
  "transfer-started": (target, match, name, rules) =>
    rules.transferStopsProposals
      ? t("leadership goes to {0}, whose log agrees up to {1}; no proposals meanwhile (D §3.10)", name(target), match)
      : t(
          "leadership goes to {0}, whose log agrees up to {1}; proposals are taken all the same: the rule transfer-stops-proposals is off (D §3.10)",
          name(target),
          match,
        ),
  "transfer-refused-self": (target, _b, name) => t("{0} leads already (D §3.10)", name(target)),
  "transfer-refused-not-voter": (target, _b, name) => t("{0} is no voter and cannot lead (D §3.10)", name(target)),
  "transfer-refused-pending": (target, _b, name) =>
    t("leadership is on its way to {0} already (D §3.10)", name(target)),
  "transfer-sent": (target, match, name, rules) =>
    rules.transferWaitsCaughtUp
      ? t(
          "the log of {0} is complete up to {1}: it is told to stand for election at once (D §3.10)",
          name(target),
          match,
        )
      : t(
          "{0} is told to stand for election at once, whatever its log lacks: the rule transfer-waits-caught-up is off (D §3.10)",
          name(target),
        ),
  "transfer-given-up": (target, _b, name) =>
    t("{0} did not take over within an election timeout: the leader goes on leading (D §3.10)", name(target)),
  "proposal-refused-transfer": (target, _b, name) =>
    t("leadership is being handed to {0}: no proposals until that is decided (D §3.10)", name(target)),
  "timeout-now": (term) => t("the leader asked it to stand at once, for term {0} (D §3.10)", term),
  "timeout-now-ignored": (role) =>
    t("it is {0} that cannot stand for election now, so it ignores the leader's wish (D §3.10)", roleText(role)),
  "timeout-now-reply": (started) =>
    started === 1 ? t("the election has been started (D §3.10)") : t("no election was started (D §3.10)"),
};
