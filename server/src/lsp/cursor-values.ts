/** What the parts of a condition are in a view of the cluster, in the words of the scenario language. */
import type { NodeField, Operand, Selector } from "../language/program.js";
import type { ClusterView, ServerView } from "../protocol/cluster-view.js";

/** More servers than these are not listed one by one. */
const MOST_SERVERS = 5;

/** The live leader of the highest term, or `undefined`. */
export function leaderOf(view: ClusterView): ServerView | undefined {
  return view.servers
    .filter(({ role, status }) => role === "leader" && status !== "down")
    .reduce<ServerView | undefined>(
      (best, each) => (best === undefined || each.term > best.term ? each : best),
      undefined,
    );
}

/** What an operand is, or `null` where the view does not tell. */
export function valueAt(view: ClusterView, operand: Operand): string | null {
  switch (operand.kind) {
    case "nodes":
      return operand.nodes.kind === "leader" ? (leaderOf(view)?.name ?? "none") : null;
    case "count": {
      if (operand.of.kind === "leaders") {
        return String(view.servers.filter(({ role, status }) => role === "leader" && status !== "down").length);
      }
      const servers = serversOf(view, operand.of);
      return servers === null ? null : String(servers.length);
    }
    case "field":
      return ofEach(view, operand.nodes, (server) => fieldOf(server, operand.field));
    case "key":
      return operand.attribute === "value" ? ofEach(view, operand.nodes, (server) => keyOf(server, operand.key)) : null;
    case "progress": {
      const [of] = serversOf(view, operand.of) ?? [];
      const { field } = operand;
      if (of === undefined) return null;
      return ofEach(view, operand.nodes, ({ progress }) => {
        const known = progress.find(({ server }) => server === of.name);
        return known === undefined ? null : String(known[field]);
      });
    }
    default:
      return null;
  }
}

function ofEach(view: ClusterView, nodes: Selector, read: (server: ServerView) => string | null): string | null {
  const servers = serversOf(view, nodes.kind === "any" ? nodes.of : nodes);
  const [first] = servers ?? [];
  if (servers === null || first === undefined || servers.length > MOST_SERVERS) return null;
  const values = servers.map((server) => (server.status === "down" ? "down" : read(server)));
  const [value] = values;
  if (value === undefined || values.includes(null)) return null;
  if (values.every((each) => each === value)) return value;
  return servers.map(({ name }, index) => `${name} ${values[index]}`).join(", ");
}

/** The servers that a selector means there; `null` where only the run knows. */
export function serversOf(view: ClusterView, selector: Selector): readonly ServerView[] | null {
  const { servers } = view;
  const named = (names: readonly string[]): ServerView[] => servers.filter(({ name }) => names.includes(name));
  switch (selector.kind) {
    case "node":
      return named([selector.name]);
    case "leader": {
      const leader = leaderOf(view);
      return leader === undefined ? [] : [leader];
    }
    case "followers":
      return servers.filter(
        ({ name, role, status, configuration }) =>
          role === "follower" && status !== "down" && configuration.voters.includes(name),
      );
    case "candidates":
      return servers.filter(({ role, status }) => role.endsWith("candidate") && status !== "down");
    case "all":
      return servers.filter(({ status }) => status !== "down");
    case "down":
      return servers.filter(({ status }) => status === "down");
    case "voters":
    case "learners": {
      const configuration = leaderOf(view)?.configuration;
      if (configuration === undefined) return null;
      const { voters, outgoing, learners } = configuration;
      return named(selector.kind === "learners" ? learners : [...voters, ...outgoing]);
    }
    case "set": {
      const parts = selector.members.map((member) => serversOf(view, member));
      return parts.includes(null) ? null : [...new Set(parts.flatMap((part) => part ?? []))];
    }
    default:
      return null;
  }
}

/** The value of a field, as a condition would compare it. */
export function fieldOf(server: ServerView, field: NodeField): string | null {
  const { configuration, snapshot } = server;
  const set = (names: readonly string[]): string => `{${names.join(" ")}}`;
  switch (field) {
    case "role":
      return server.role === "follower" && configuration.learners.includes(server.name) ? "learner" : server.role;
    case "term":
      return String(server.term);
    case "vote":
      return server.vote ?? "none";
    case "commit":
      return String(server.commitIndex);
    case "applied":
      return String(server.appliedIndex);
    case "last-index":
      return String(server.lastIndex);
    case "last-term": {
      const last = server.log.find(({ index }) => index === server.lastIndex);
      if (last !== undefined) return String(last.term);
      return snapshot !== null && snapshot.index === server.lastIndex ? String(snapshot.term) : null;
    }
    case "log": {
      const whole = server.log.length === server.lastIndex && server.lastIndex <= 12;
      return whole ? `[${server.log.map(({ term }) => term).join(" ")}]` : null;
    }
    case "snapshot":
      return String(snapshot?.index ?? 0);
    case "config":
      return set(configuration.voters);
    case "outgoing":
      return set(configuration.outgoing);
    case "learners":
      return set(configuration.learners);
    case "revision":
      return String(server.revision);
    case "compacted":
      return String(Math.max(0, server.compactRevision));
    case "keys":
      return String(server.kv.length + server.moreKeys);
    case "leases":
      return String(server.leases.length + server.moreLeases);
    case "hash":
      return null;
  }
}

function keyOf({ kv, moreKeys }: ServerView, key: string): string | null {
  const found = kv.find((each) => each.key === key);
  if (found !== undefined)
    return JSON.stringify(found.value.length > 40 ? `${found.value.slice(0, 39)}…` : found.value);
  return moreKeys > 0 ? null : "none";
}
