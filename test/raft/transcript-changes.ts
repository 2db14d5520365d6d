import type { MembershipChange } from "../../server/src/raft/membership.js";
import type { RaftNode } from "../../server/src/raft/node.js";
import type { Configuration, Entry, ServerId } from "../../server/src/raft/types.js";

/** What transcripts say of configurations, their changes and transfers of leadership. */

/** `{1,2,3}`, `{1,2,4}+{1,2,3}` while joint (`&` instead of `+`: left explicitly), learners after `/`. */
export function configurationText({ voters, outgoing, learners, autoLeave }: Configuration): string {
  const old = outgoing.length > 0 ? `${autoLeave ? "+" : "&"}{${outgoing.join(",")}}` : "";
  return `{${voters.join(",")}}${old}${learners.length > 0 ? `/{${learners.join(",")}}` : ""}`;
}

/** The other way round. */
export function parseConfiguration(text: string): Configuration {
  const [, voters = "", how, outgoing = "", learners = ""] =
    /^\{([0-9,]*)\}(?:([+&])\{([0-9,]*)\})?(?:\/\{([0-9,]*)\})?$/.exec(text) ?? [];
  return { voters: ids(voters), outgoing: ids(outgoing), learners: ids(learners), autoLeave: how === "+" };
}

/** `1` is a no-op of term 1, `1:x` a command, `1:{1,2,3}` a configuration. */
export function parseEntry(text: string): Entry<string> {
  const [head = "", content] = text.split(":");
  const term = Number(head);
  if (content === undefined) return { kind: "no-op", term };
  if (content.startsWith("{")) return { kind: "configuration", term, configuration: parseConfiguration(content) };
  return { kind: "command", term, command: content };
}

/**
 * What the words after a server's name ask of it, if they are about its cluster: `adds s4`, `adds learner s4`,
 * `promotes s4`, `removes s2`, `reconfigures {1,2,4}`, `reconfigures {1,2,4} explicitly`, `leaves joint`,
 * `transfers to s2`.
 */
export function clusterWork(words: readonly string[]): ((node: RaftNode<string>) => void) | null {
  const [verb, object = "", last = ""] = words;
  const change = (wanted: MembershipChange) => (node: RaftNode<string>) => void node.changeMembership(wanted);
  switch (verb) {
    case "adds":
      return object === "learner"
        ? change({ kind: "add-learner", server: server(last) })
        : change({ kind: "add-voter", server: server(object) });
    case "promotes":
      return change({ kind: "promote", server: server(object) });
    case "removes":
      return change({ kind: "remove", server: server(object) });
    case "reconfigures":
      return change({
        kind: "reconfigure",
        voters: parseConfiguration(object).voters,
        autoLeave: last !== "explicitly",
      });
    case "leaves":
      return change({ kind: "leave-joint" });
    case "transfers":
      return (node) => void node.transferLeadership(server(last));
    default:
      return null;
  }
}

/** The number of a server: `s4`. */
export function server(name: string): ServerId {
  if (!/^s[0-9]+$/.test(name)) throw new Error(`${name} is not a server`);
  return Number(name.slice(1));
}

function ids(list: string): ServerId[] {
  return list === "" ? [] : list.split(",").map(Number);
}
