import { t } from "../l10n/text.js";
import type { Selector, Step } from "../language/program.js";
import type { MembershipChange } from "../raft/membership.js";
import type { Action } from "../sim/action.js";
import type { EndpointId } from "../sim/config.js";
import { reasonOf } from "../trace/why/event-reason.js";
import type { RunContext, StepPlace } from "./context.js";
import { type Resolved, resolved, unresolved } from "./scope.js";
import { resolve } from "./selectors.js";

/** A step that asks a server about its cluster. */
export type ClusterStep = Extract<Step, { readonly refused: boolean }>;

/** Asks for it. The step fails when the server refuses, or with `=> failed` when it does not; it waits for nothing. */
export function runClusterStep(context: RunContext, place: StepPlace, step: ClusterStep): void {
  const asked = askedServer(context, step.at);
  const action = asked.ok ? actionOf(context, asked.value, step) : asked;
  if (!action.ok) {
    context.giveUp(place, action.message);
    return;
  }
  const { refused, eventId } = context.act(place, action.value);
  const server = context.world.nameOf(action.value.server);
  const why = reasonOf(context.recording, eventId);
  if (refused === null) {
    const said = why === null ? server : t("{0}: {1}", server, why);
    const joint = why === null ? null : jointText(context, action.value.server, step);
    context.report(place, !step.refused, joint === null ? said : t("{0}; {1}", said, joint));
    return;
  }
  context.report(place, step.refused, why === null ? refused : t("{0} refuses: {1}", server, why));
}

/** That a change began with a joint configuration, and what ends it. */
function jointText({ world }: RunContext, server: EndpointId, step: ClusterStep): string | null {
  const { outgoing, autoLeave } = world.server(server).raft?.configuration ?? { outgoing: [], autoLeave: false };
  if (step.kind !== "reconfigure" || outgoing.length === 0) return null;
  const old = `{${outgoing.map((id) => world.nameOf(id)).join(" ")}}`;
  return autoLeave
    ? t("it is joint: majorities of {0} count as well until it is committed and left", old)
    : t("it is joint: majorities of {0} count as well until `leave joint`", old);
}

function askedServer(context: RunContext, at: Selector | null): Resolved<EndpointId> {
  const leader: Selector = { kind: "leader", span: { start: 0, end: 0 } };
  return one(context, at ?? leader);
}

function actionOf(
  context: RunContext,
  server: EndpointId,
  step: ClusterStep,
): Resolved<Extract<Action, { readonly kind: "membership" | "transfer" }>> {
  switch (step.kind) {
    case "transfer": {
      const target = one(context, step.target);
      return target.ok ? resolved({ kind: "transfer", server, target: target.value }) : target;
    }
    case "add-voter":
    case "add-learner":
    case "promote":
    case "remove": {
      const target = one(context, step.target, t("`reconfigure` changes several"));
      if (!target.ok) return target;
      const change: MembershipChange = { kind: step.kind, server: target.value };
      return resolved({ kind: "membership", server, change });
    }
    case "reconfigure": {
      const voters = resolve(context.names(), step.voters);
      if (!voters.ok) return voters;
      const change: MembershipChange = { kind: "reconfigure", voters: voters.value, autoLeave: !step.explicit };
      return resolved({ kind: "membership", server, change });
    }
    case "leave-joint":
      return resolved({ kind: "membership", server, change: { kind: "leave-joint" } });
  }
}

/** The one server that a selector means. `remedy` says what to do about several. */
function one(context: RunContext, selector: Selector, remedy: string | null = null): Resolved<EndpointId> {
  const servers = resolve(context.names(), selector);
  if (!servers.ok) return servers;
  const [first, ...others] = servers.value;
  if (first === undefined) return unresolved(t("no server is meant"));
  if (others.length === 0) return resolved(first);
  const names = `{${servers.value.map((id) => context.world.nameOf(id)).join(" ")}}`;
  const text = t("one server is needed, and {0} are {1}", names, servers.value.length);
  return unresolved(remedy === null ? text : t("{0}: {1}", text, remedy));
}
