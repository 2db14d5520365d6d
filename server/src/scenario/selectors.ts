import { commas } from "../l10n/joined.js";
import { t } from "../l10n/text.js";
import type { Link, Selector } from "../language/program.js";
import { initialConfiguration, isVoter, votersOf } from "../raft/configuration.js";
import type { Configuration } from "../raft/types.js";
import type { Pair } from "../sim/action.js";
import type { EndpointId } from "../sim/config.js";
import type { RandomStream } from "../sim/random.js";
import type { SimServer } from "../sim/server.js";
import type { World } from "../sim/world.js";
import { type Resolved, resolved, type Scope, unresolved } from "./scope.js";

/** What selectors are resolved against. `named` are the servers already named in the step, for `others`. */
export interface SelectorContext {
  readonly world: World;
  readonly scope: Scope;
  readonly random: RandomStream;
  readonly named: Set<EndpointId>;
}

/**
 * The servers (and clients) that a selector means now, ascending. A selector that must name one and finds none
 * (`leader`, `any …`) is unresolved, with the roles as they are; sets may be empty.
 */
export function resolve(context: SelectorContext, selector: Selector): Resolved<readonly EndpointId[]> {
  const result = resolveInner(context, selector);
  if (result.ok) for (const id of result.value) context.named.add(id);
  return result;
}

function resolveInner(context: SelectorContext, selector: Selector): Resolved<readonly EndpointId[]> {
  const { world, scope } = context;
  switch (selector.kind) {
    case "node":
    case "client": {
      const id = world.endpointNamed(selector.name);
      return id === null ? unresolved(t("there is no server or client named {0}", selector.name)) : resolved([id]);
    }
    case "variable": {
      const binding = scope.bindings.get(selector.name);
      if (binding?.kind === "servers") return resolved(binding.servers);
      return unresolved(() => t("{0} stands for no server", selector.name));
    }
    case "leader": {
      const leader = world.leader();
      return leader === null
        ? unresolved(() => t("there is no leader: {0}", describeRoles(world)))
        : resolved([leader.id]);
    }
    case "followers":
      return resolved(serversWhere(world, isFollower));
    case "candidates":
      return resolved(serversWhere(world, ({ raft }) => raft?.role === "candidate" || raft?.role === "pre-candidate"));
    case "learners":
      return resolved(configurationOf(world).learners);
    case "voters":
      return resolved(votersOf(configurationOf(world)));
    case "all":
      return resolved(serversWhere(world, (server) => server.status !== "down"));
    case "down":
      return resolved(serversWhere(world, (server) => server.status === "down"));
    case "others":
      return resolved(serversWhere(world, (server) => !context.named.has(server.id)));
    case "random":
      return resolved(randomSide(context));
    case "any": {
      const among = resolve(scratch(context), selector.of);
      if (!among.ok) return among;
      const chosen = among.value[context.random.integer(0, among.value.length - 1)];
      return chosen === undefined
        ? unresolved(() => t("there is nobody to choose from: {0}", describeRoles(world)))
        : resolved([chosen]);
    }
    case "set": {
      const ids = new Set<EndpointId>();
      for (const member of selector.members) {
        const part = resolve(context, member);
        if (!part.ok) return part;
        for (const id of part.value) ids.add(id);
      }
      return resolved([...ids].sort((a, b) => a - b));
    }
    case "except": {
      const of = resolve(scratch(context), selector.of);
      if (!of.ok) return of;
      const minus = resolve(scratch(context), selector.minus);
      if (!minus.ok) return minus;
      return resolved(of.value.filter((id) => !minus.value.includes(id)));
    }
  }
}

/** Learners, spares and servers that know to be removed follow too, but are not what is meant by a follower. */
function isFollower({ id, raft }: SimServer): boolean {
  return raft?.role === "follower" && isVoter(raft.configuration, id);
}

/**
 * The cluster's configuration: the live leader's; without a leader, of those that running servers use the newest that one of
 * them knows to be committed, or the one that the cluster began with.
 */
export function configurationOf(world: World): Configuration {
  const leader = world.leader()?.raft;
  if (leader) return leader.configuration;
  const { spares, learners } = world.config;
  const voters = serversWhere(world, ({ id }) => !spares.includes(id) && !learners.includes(id));
  let found: Configuration = initialConfiguration({ voters, learners });
  let newest = 0;
  for (const server of world.servers) {
    const raft = server?.raft;
    if (!raft || raft.configurationIndex > raft.commitIndex || raft.configurationIndex <= newest) continue;
    newest = raft.configurationIndex;
    found = raft.configuration;
  }
  return found;
}

/** For the parts of a selector that are no more than a way to say who is meant: only that counts as named. */
function scratch(context: SelectorContext): SelectorContext {
  return { ...context, named: new Set(context.named) };
}

/** Some servers, but neither none nor all of them: a partition has two sides. */
function randomSide({ world, random }: SelectorContext): EndpointId[] {
  const ids = serversWhere(world, () => true);
  const side = ids.filter(() => random.chance(0.5));
  if (ids.length < 2 || (side.length > 0 && side.length < ids.length)) return side;
  const odd = ids[random.integer(0, ids.length - 1)] ?? 0;
  return side.length === 0 ? [odd] : ids.filter((id) => id !== odd);
}

/** The ordered pairs of a link; both directions for `<->`. An endpoint has no link to itself. */
export function resolveLink(context: SelectorContext, link: Link): Resolved<readonly Pair[]> {
  const from = resolve(context, link.from);
  if (!from.ok) return from;
  const to = resolve(context, link.to);
  if (!to.ok) return to;
  const pairs: Pair[] = [];
  for (const a of from.value) {
    for (const b of to.value) {
      if (a === b) continue;
      pairs.push([a, b]);
      if (link.both) pairs.push([b, a]);
    }
  }
  return resolved(pairs);
}

/** The pairs, both ways, between servers of different groups. */
export function pairsBetween(groups: readonly (readonly EndpointId[])[]): Pair[] {
  const pairs: Pair[] = [];
  for (const [position, group] of groups.entries()) {
    for (const other of groups.slice(position + 1)) {
      for (const a of group) for (const b of other) if (a !== b) pairs.push([a, b], [b, a]);
    }
  }
  return pairs;
}

/** The roles as they are: `s1 follower, s2 down, s3 candidate (term 4)`. */
export function describeRoles(world: World): string {
  return commas(
    world.servers.flatMap((server) => {
      if (server === undefined) return [];
      if (server.raft === null) return [t("{0} down", server.name)];
      return [roleText(server.name, server.raft, server.status === "paused")];
    }),
  );
}

function roleText(name: string, { role, term }: NonNullable<SimServer["raft"]>, paused: boolean): string {
  switch (role) {
    case "leader":
      return paused ? t("{0} leader (term {1}, paused)", name, term) : t("{0} leader (term {1})", name, term);
    case "candidate":
      return paused ? t("{0} candidate (term {1}, paused)", name, term) : t("{0} candidate (term {1})", name, term);
    case "pre-candidate":
      return paused
        ? t("{0} pre-candidate (term {1}, paused)", name, term)
        : t("{0} pre-candidate (term {1})", name, term);
    case "follower":
      return paused ? t("{0} follower (term {1}, paused)", name, term) : t("{0} follower (term {1})", name, term);
  }
}

function serversWhere(world: World, wanted: (server: SimServer) => boolean): EndpointId[] {
  const ids: EndpointId[] = [];
  for (const server of world.servers) if (server !== undefined && wanted(server)) ids.push(server.id);
  return ids;
}
