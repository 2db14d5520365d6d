import { t } from "../l10n/text.js";
import type { NodeField, Operand, Selector } from "../language/program.js";
import type { EndpointId } from "../sim/config.js";
import type { SimServer } from "../sim/server.js";
import { statusText } from "../sim/status-text.js";
import { believesToHold } from "./clients/handles.js";
import type { MessageCounter } from "./message-counter.js";
import { type Resolved, resolved, unresolved, type Value } from "./scope.js";
import { resolve, type SelectorContext } from "./selectors.js";
import { sameValue } from "./values.js";

/** What conditions are evaluated against. */
export interface ConditionContext extends SelectorContext {
  readonly counter: MessageCounter;
}

/** One value of an operand and the server it is of; `null` where it is of none. */
export interface Sample {
  readonly of: EndpointId | null;
  readonly value: Value;
}

/** The values of an operand: one, or one per server. With `any`, one that fits is enough. */
export interface Samples {
  readonly samples: readonly Sample[];
  readonly any: boolean;
}

/** What the bookkeeping of a key is called in the language and in the store. */
const ATTRIBUTES = {
  value: "value",
  rev: "modRevision",
  create: "createRevision",
  version: "version",
  lease: "lease",
} as const;

/** Evaluates an operand now. */
export function evaluate(context: ConditionContext, operand: Operand): Resolved<Samples> {
  switch (operand.kind) {
    case "number":
    case "string":
      return one(operand.value);
    case "word":
      return one(operand.value === "none" ? null : operand.value);
    case "list": {
      const items: Value[] = [];
      for (const item of operand.items) {
        const value = evaluateOne(context, item);
        if (!value.ok) return value;
        items.push(value.value);
      }
      return one(items);
    }
    case "nodes": {
      if (operand.nodes.kind === "any") return anyOf(context, operand.nodes.of);
      const servers = resolve(context, operand.nodes);
      return servers.ok ? one({ servers: servers.value }) : servers;
    }
    case "variable": {
      const binding = context.scope.bindings.get(operand.name);
      if (binding === undefined) return unresolved(() => t("{0} is not bound yet", operand.name));
      return one(binding.kind === "servers" ? { servers: binding.servers } : binding.value);
    }
    case "count": {
      if (operand.of.kind === "leaders") {
        const leaders = context.world.servers.filter((server) => server?.raft?.role === "leader");
        return one(leaders.length);
      }
      const servers = resolve(context, operand.of);
      return servers.ok ? one(servers.value.length) : servers;
    }
    case "field":
      return each(context, operand.nodes, (server) => fieldOf(server, operand.field));
    case "key":
      return keyOf(context, operand);
    case "handle":
      return handleOf(context, operand);
    case "progress": {
      const of = resolve(context, operand.of);
      if (!of.ok) return of;
      const [follower] = of.value;
      if (follower === undefined) return unresolved(() => t("no follower is named"));
      return each(context, operand.nodes, (server) => {
        const progress = server.raft?.progressOf(follower);
        if (progress === undefined || progress === null) {
          return unresolved(() => noProgressText(context, server, follower));
        }
        return resolved(operand.field === "next" ? progress.next : progress.match);
      });
    }
    case "messages":
      return one(context.counter.messages(operand.message));
    case "bytes":
      return bytesOf(context, operand.of);
  }
}

/** A key as each server's own state machine holds it. */
function keyOf(context: ConditionContext, operand: Extract<Operand, { readonly kind: "key" }>): Resolved<Samples> {
  return each(context, operand.nodes, (server) => {
    if (server.raft === null) return unresolved(() => statusText(server.name, "down"));
    const pair = server.machine.store.get(operand.key);
    return resolved(pair === null ? null : pair[ATTRIBUTES[operand.attribute]]);
  });
}

/** What a client believes of a lock or an election of its. */
function handleOf(
  context: ConditionContext,
  operand: Extract<Operand, { readonly kind: "handle" }>,
): Resolved<Samples> {
  const handle = context.scope.handles.get(operand.handle);
  if (handle?.kind !== "owned") return unresolved(() => t("{0} is no lock and no election", operand.handle));
  const { owned } = handle;
  if (operand.field === "token") return one(owned.token === 0 ? null : owned.token);
  return one(believesToHold(context.world, owned) ? "on" : "off");
}

/** Evaluates an operand that must have one value. */
export function evaluateOne(context: ConditionContext, operand: Operand): Resolved<Value> {
  const all = evaluate(context, operand);
  if (!all.ok) return all;
  const [first, ...others] = all.value.samples;
  if (first === undefined) return unresolved(() => t("there is no server to ask"));
  if (others.some(({ value }) => !sameValue(value, first.value))) {
    return unresolved(() => t("the servers do not all have the same value: name one of them"));
  }
  return resolved(first.value);
}

function one(value: Value): Resolved<Samples> {
  return resolved({ samples: [{ of: null, value }], any: false });
}

/** What these servers sent; `all` is everybody, also who is down by now, and the clients, as in `messages(all)`. */
function bytesOf(context: ConditionContext, of: Selector): Resolved<Samples> {
  if (of.kind === "all") return one(context.counter.bytes(null));
  const senders = resolve(context, of);
  return senders.ok ? one(context.counter.bytes(senders.value)) : senders;
}

/** `any followers` as a value: one of them that fits is enough. */
function anyOf(context: ConditionContext, among: Selector): Resolved<Samples> {
  const servers = resolve(context, among);
  if (!servers.ok) return servers;
  return resolved({ samples: servers.value.map((of) => ({ of, value: { servers: [of] } })), any: true });
}

function each(
  context: ConditionContext,
  nodes: Selector,
  read: (server: SimServer) => Resolved<Value>,
): Resolved<Samples> {
  const any = nodes.kind === "any";
  const servers = resolve(context, nodes.kind === "any" ? nodes.of : nodes);
  if (!servers.ok) return servers;
  const samples: Sample[] = [];
  for (const of of servers.value) {
    const value = read(context.world.server(of));
    // Where one is enough, a server that cannot say does not count.
    if (value.ok) samples.push({ of, value: value.value });
    else if (!any) return value;
  }
  return resolved({ samples, any });
}

function fieldOf(server: SimServer, field: NodeField): Resolved<Value> {
  const { raft } = server;
  if (raft === null) return unresolved(() => statusText(server.name, "down"));
  switch (field) {
    case "role":
      return resolved(
        raft.role === "follower" && raft.configuration.learners.includes(server.id) ? "learner" : raft.role,
      );
    case "term":
      return resolved(raft.term);
    case "log":
      if (raft.log.firstIndex > 1) return unresolved(() => compactedText(server.name, raft.log.firstIndex));
      return resolved(raft.log.slice(1, raft.log.lastIndex).map((entry) => entry.term));
    case "commit":
      return resolved(raft.commitIndex);
    case "applied":
      return resolved(raft.appliedIndex);
    case "vote":
      return resolved(raft.vote === 0 ? null : { servers: [raft.vote] });
    case "last-index":
      return resolved(raft.log.lastIndex);
    case "last-term":
      return resolved(raft.log.lastTerm);
    case "snapshot":
      return resolved(raft.snapshot?.lastIncludedIndex ?? 0);
    case "config":
      return resolved({ servers: raft.configuration.voters });
    case "outgoing":
      return resolved({ servers: raft.configuration.outgoing });
    case "learners":
      return resolved({ servers: raft.configuration.learners });
    case "revision":
      return resolved(server.machine.store.revision);
    case "compacted":
      return resolved(Math.max(0, server.machine.store.compactRevision));
    case "keys":
      return resolved(server.machine.store.size);
    case "leases":
      return resolved(server.machine.leases.count);
    case "hash": {
      const hash = server.machine.store.hashKv(0);
      return typeof hash === "string" ? unresolved(hash) : resolved(hash.hash);
    }
  }
}

/** Why a server knows no `nextIndex` and `matchIndex` of another one. */
function noProgressText({ world }: ConditionContext, { name, id, raft }: SimServer, follower: EndpointId): string {
  if (raft === null) return statusText(name, "down");
  if (raft.role !== "leader") return t("{0} does not lead", name);
  if (follower === id) return t("{0} sends itself nothing: its own log ends at {1}", name, raft.log.lastIndex);
  return t("{0} does not belong to the configuration that {1} uses", world.nameOf(follower), name);
}

/** A log of which only a part is there is compared with nothing: two servers drop their entries at different times. */
function compactedText(name: string, firstIndex: number): string {
  return t(
    "{0}'s log begins at entry {1}, what stood before is in its snapshot: compare `last-index`, `last-term` or `snapshot`, or set `snapshot off`",
    name,
    firstIndex,
  );
}
