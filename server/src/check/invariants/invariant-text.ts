import type { ServerId } from "../../raft/types.js";
import type { InvariantViolation, OutOfOrder, SpokenTooEarly } from "./invariant.js";

/** Says what a broken invariant means, with the caller's names for servers. */
export function invariantText(violation: InvariantViolation, name: (id: ServerId) => string): string {
  const at = name(violation.server);
  switch (violation.property) {
    case "leader-last-index": {
      const { term, lastIndex, leaderLastIndex, other } = violation;
      return `${at}'s log goes up to ${lastIndex} in term ${term}, but ${name(other)}, the leader of that term, has entries up to ${leaderLastIndex} only`;
    }
    case "log-completeness": {
      const { lastTerm, index, committedIn } = violation;
      return `${at}'s log ends in term ${lastTerm}, but lacks entry ${index}, which was committed in term ${committedIn}: it could win an election without that entry`;
    }
    case "commit-durable":
    case "quorum-holds-committed": {
      const { index, holders, voters } = violation;
      const on = holders.length === 0 ? "nobody's disk" : `the disk of ${list(holders.map(name))} only`;
      return `${at} commits up to ${index}, but entry ${index} is on ${on}, of the voters ${list(voters.map(name))}`;
    }
    case "one-configuration-change": {
      const { first, second, commitIndex } = violation;
      return `${at}, the leader, begins a configuration change at index ${second} before the one at index ${first} is committed (commit index ${commitIndex})`;
    }
    case "durable-before-send":
      return `${at} sends ${violation.type} to ${name(violation.to)} before what it promises is durable: ${promise(violation, name)}`;
    case "message-term":
      return `${at} sends ${violation.type} of term ${violation.term} to ${name(violation.to)}, but is itself in term ${violation.own}`;
    case "state-monotonic": {
      const { what, before, after } = violation;
      if (what === "vote") {
        const now = after === 0 ? "has forgotten that" : `votes for ${name(after)} in the same term`;
        return `${at} voted for ${name(before)} and ${now}`;
      }
      return `${at}'s ${what} falls from ${before} to ${after}`;
    }
    case "index-order":
      return `${at}: ${order(violation, name)}`;
    case "store-hash":
      return `${at} and ${name(violation.other)} hold different stores at revision ${violation.revision}, after entry ${violation.index}`;
  }
}

function promise({ what, promised, durable }: SpokenTooEarly, name: (id: ServerId) => string): string {
  switch (what) {
    case "term":
      return `it names term ${promised}, the disk holds term ${durable}`;
    case "vote":
      return `it gives its vote in term ${promised}, the disk holds ${durable === 0 ? "no vote" : `a vote for ${name(durable)}`}`;
    case "log":
      return `it acknowledges its log up to ${promised}, the disk holds it up to ${durable}`;
  }
}

function order({ what, follower, left, right }: OutOfOrder, name: (id: ServerId) => string): string {
  switch (what) {
    case "applied above commit":
      return `its applied index ${left} is above its commit index ${right}`;
    case "commit above last":
      return `its commit index ${left} is above its log's last index ${right}`;
    case "match not below next":
      return `its matchIndex ${left} for ${name(follower)} is not below nextIndex ${right}`;
    case "match fell":
      return `its matchIndex for ${name(follower)} falls from ${right} to ${left} while it leads`;
  }
}

function list(names: readonly string[]): string {
  return names.join(", ");
}
