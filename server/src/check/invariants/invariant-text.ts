import { commas } from "../../l10n/joined.js";
import { t } from "../../l10n/text.js";
import type { ServerId } from "../../raft/types.js";
import type { Fell, InvariantViolation, OutOfOrder, SpokenTooEarly } from "./invariant.js";

/** Says what a broken invariant means, with the caller's names for servers. */
export function invariantText(violation: InvariantViolation, name: (id: ServerId) => string): string {
  const at = name(violation.server);
  switch (violation.property) {
    case "leader-last-index": {
      const { term, lastIndex, leaderLastIndex, other } = violation;
      return t(
        "{0}'s log goes up to {1} in term {2}, but {3}, the leader of that term, has entries up to {4} only",
        at,
        lastIndex,
        term,
        name(other),
        leaderLastIndex,
      );
    }
    case "log-completeness": {
      const { lastTerm, index, committedIn } = violation;
      return t(
        "{0}'s log ends in term {1}, but lacks entry {2}, which was committed in term {3}: it could win an election without that entry",
        at,
        lastTerm,
        index,
        committedIn,
      );
    }
    case "commit-durable":
    case "quorum-holds-committed": {
      const { index, holders, voters } = violation;
      return holders.length === 0
        ? t(
            "{0} commits up to {1}, but entry {1} is on nobody's disk, of the voters {2}",
            at,
            index,
            commas(voters.map(name)),
          )
        : t(
            "{0} commits up to {1}, but entry {1} is on the disk of {2} only, of the voters {3}",
            at,
            index,
            commas(holders.map(name)),
            commas(voters.map(name)),
          );
    }
    case "one-configuration-change": {
      const { first, second, commitIndex } = violation;
      return t(
        "{0}, the leader, begins a configuration change at index {1} before the one at index {2} is committed (commit index {3})",
        at,
        second,
        first,
        commitIndex,
      );
    }
    case "durable-before-send":
      return t(
        "{0} sends {1} to {2} before what it promises is durable: {3}",
        at,
        violation.type,
        name(violation.to),
        promise(violation, name),
      );
    case "message-term":
      return t(
        "{0} sends {1} of term {2} to {3}, but is itself in term {4}",
        at,
        violation.type,
        violation.term,
        name(violation.to),
        violation.own,
      );
    case "state-monotonic": {
      const { what, before, after } = violation;
      if (what === "vote") {
        return after === 0
          ? t("{0} voted for {1} and has forgotten that", at, name(before))
          : t("{0} voted for {1} and votes for {2} in the same term", at, name(before), name(after));
      }
      return fell(at, what, before, after);
    }
    case "index-order":
      return t("{0}: {1}", at, order(violation, name));
    case "store-hash":
      return t(
        "{0} and {1} hold different stores at revision {2}, after entry {3}",
        at,
        name(violation.other),
        violation.revision,
        violation.index,
      );
  }
}

function fell(at: string, what: Exclude<Fell["what"], "vote">, before: number, after: number): string {
  switch (what) {
    case "term":
      return t("{0}'s term falls from {1} to {2}", at, before, after);
    case "commit index":
      return t("{0}'s commit index falls from {1} to {2}", at, before, after);
    case "applied index":
      return t("{0}'s applied index falls from {1} to {2}", at, before, after);
  }
}

function promise({ what, promised, durable }: SpokenTooEarly, name: (id: ServerId) => string): string {
  switch (what) {
    case "term":
      return t("it names term {0}, the disk holds term {1}", promised, durable);
    case "vote":
      return durable === 0
        ? t("it gives its vote in term {0}, the disk holds no vote", promised)
        : t("it gives its vote in term {0}, the disk holds a vote for {1}", promised, name(durable));
    case "log":
      return t("it acknowledges its log up to {0}, the disk holds it up to {1}", promised, durable);
  }
}

function order({ what, follower, left, right }: OutOfOrder, name: (id: ServerId) => string): string {
  switch (what) {
    case "applied above commit":
      return t("its applied index {0} is above its commit index {1}", left, right);
    case "commit above last":
      return t("its commit index {0} is above its log's last index {1}", left, right);
    case "match not below next":
      return t("its matchIndex {0} for {1} is not below nextIndex {2}", left, name(follower), right);
    case "match fell":
      return t("its matchIndex for {0} falls from {1} to {2} while it leads", name(follower), right, left);
  }
}
