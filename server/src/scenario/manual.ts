import { semicolons } from "../l10n/joined.js";
import { t } from "../l10n/text.js";
import type { Selector, Step, WaitingMessages } from "../language/program.js";
import type { Action, Pair } from "../sim/action.js";
import type { EndpointId } from "../sim/config.js";
import { messageMatches } from "../sim/message.js";
import type { WaitingMessage } from "../sim/network.js";
import type { World } from "../sim/world.js";
import { messageText } from "../trace/message-text.js";
import { readSend } from "../trace/sent.js";
import type { RunContext, StepPlace } from "./context.js";
import { notFound } from "./not-under-way.js";
import { type Resolved, resolved } from "./scope.js";
import { resolve, resolveLink } from "./selectors.js";
import type { Script } from "./task.js";

/** The steps about messages under way, and those that drive a manual network. */
export type ManualStep = Extract<Step, { readonly kind: "deliver" | "lose" | "copy" | "postpone" | "stabilize" }>;

type UnderWayStep = Exclude<ManualStep, { readonly kind: "stabilize" }>;

/** Messages that one `stabilize` delivers at most: correct Raft needs a few rounds, broken Raft may go round in circles. */
const MOST_DELIVERIES = 10_000;

/** Runs a step that delivers, loses, copies or delays messages under way, or that lets servers come to rest. */
export function* runManual(context: RunContext, place: StepPlace, step: ManualStep): Script {
  if (step.kind === "stabilize") {
    yield* stabilize(context, place, step.nodes);
    return;
  }
  const { messages } = step;
  if (messages.kind === "one") {
    yield* onEachLink(context, place, step, messages);
    return;
  }
  const concern = concernOf(context, messages);
  if (!concern.ok) {
    context.giveUp(place, concern.message);
    return;
  }
  const concerns = concern.value;
  const { world } = context;
  yield* waitForDisks(world, concerns.from, () => false);
  // Those that are there now: what they bring about is left for the next step.
  const chosen = world
    .underWay()
    .filter(({ message }) => concerns.includes(message.from, message.to) && fits(messages, message));
  const refused: string[] = [];
  let done = 0;
  for (const { number } of chosen) {
    const result = context.act(place, actionOf(step, number));
    if (result.refused === null) done += 1;
    else refused.push(result.refused);
  }
  const counted = chosen.length === 0 ? t("nothing waits there") : countedText(step.kind, done);
  context.report(place, refused.length === 0, semicolons([counted, ...new Set(refused)]));
}

function actionOf(step: UnderWayStep, waiting: number): Action {
  switch (step.kind) {
    case "deliver":
    case "copy":
      return { kind: step.kind, waiting };
    case "lose":
      return { kind: "discard", waiting };
    case "postpone":
      return { kind: "postpone", waiting, byUs: step.by };
  }
}

function countedText(kind: UnderWayStep["kind"], count: number): string {
  switch (kind) {
    case "deliver":
      return count === 1 ? t("1 message delivered") : t("{0} messages delivered", count);
    case "lose":
      return count === 1 ? t("1 message lost") : t("{0} messages lost", count);
    case "copy":
      return count === 1 ? t("1 message made two") : t("{0} messages made two", count);
    case "postpone":
      return count === 1 ? t("1 message delayed") : t("{0} messages delayed", count);
  }
}

/** Senders, and the links, that a step is about. */
interface Concern {
  readonly from: readonly EndpointId[];
  readonly includes: (from: EndpointId, to: EndpointId) => boolean;
}

function concernOf(
  context: RunContext,
  messages: Exclude<WaitingMessages, { readonly kind: "one" }>,
): Resolved<Concern> {
  const { world } = context;
  if (messages.kind === "all") return resolved({ from: endpoints(world), includes: () => true });
  if (messages.kind === "all-on") {
    const pairs = resolveLink(context.names(), messages.link);
    if (!pairs.ok) return pairs;
    return resolved({
      from: pairs.value.map(([from]) => from),
      includes: (from, to) => pairs.value.some((pair) => pair[0] === from && pair[1] === to),
    });
  }
  const nodes = resolve(context.names(), messages.nodes);
  if (!nodes.ok) return nodes;
  const named = nodes.value;
  return messages.kind === "all-from"
    ? resolved({ from: named, includes: (from) => named.includes(from) })
    : resolved({ from: endpoints(world), includes: (_, to) => named.includes(to) });
}

/** One message on each link. Where none waits and the sender's disk is busy, that is waited for. */
function* onEachLink(
  context: RunContext,
  place: StepPlace,
  step: UnderWayStep,
  messages: Extract<WaitingMessages, { readonly kind: "one" }>,
): Script {
  const { world } = context;
  const pairs = resolveLink(context.names(), messages.link);
  if (!pairs.ok) {
    context.giveUp(place, pairs.message);
    return;
  }
  const told: string[] = [];
  const wrong: string[] = [];
  if (pairs.value.length === 0) wrong.push(t("no link is meant"));
  for (const pair of pairs.value) {
    const search = (): WaitingMessage | undefined => find(world, pair, messages);
    yield* waitForDisks(world, [pair[0]], () => search() !== undefined);
    const found = search();
    if (found === undefined) {
      wrong.push(notFound(context, pair, messages));
      continue;
    }
    const { refused } = context.act(place, actionOf(step, found.number));
    if (refused === null) told.push(describe(context, found));
    else wrong.push(refused);
  }
  context.report(place, wrong.length === 0, semicolons([...wrong, ...told]));
}

/** Lets time pass until `enough`, or until none of the servers has a write on its way to its disk. */
function* waitForDisks(world: World, servers: readonly EndpointId[], enough: () => boolean): Script {
  // Where messages travel by themselves, a step is about this instant.
  if (world.config.network === "auto") return;
  const done = (): boolean => enough() || !servers.some((id) => (world.servers[id]?.disk.pendingWrites ?? 0) > 0);
  if (!done()) yield { kind: "condition", test: done, deadlineUs: null };
}

function* stabilize(context: RunContext, place: StepPlace, nodes: Selector | null): Script {
  const { world } = context;
  const named = nodes === null ? null : resolve(context.names(), nodes);
  if (named !== null && !named.ok) {
    context.giveUp(place, named.message);
    return;
  }
  const servers = named === null ? endpoints(world) : named.value;
  // Clients belong to nobody's side: they reach the servers named.
  const isInside = (id: EndpointId): boolean => named === null || id > world.serverCount || named.value.includes(id);
  const next = (): WaitingMessage | undefined =>
    world.network.waiting.find(
      ({ message: { from, to } }) => isInside(from) && isInside(to) && !world.network.isBlocked(from, to),
    );
  const startUs = world.nowUs;
  let delivered = 0;
  for (;;) {
    const waiting = next();
    if (waiting === undefined) {
      yield* waitForDisks(world, servers, () => next() !== undefined);
      if (next() === undefined) break;
      continue;
    }
    if (delivered === MOST_DELIVERIES) {
      context.report(
        place,
        false,
        t(
          "not stable after {0} messages: they keep answering each other, now with {1}",
          MOST_DELIVERIES,
          describe(context, waiting),
        ),
      );
      return;
    }
    context.act(place, { kind: "deliver", waiting: waiting.number });
    delivered += 1;
  }
  const tookUs = world.nowUs - startUs;
  context.report(place, true, stableText(delivered, tookUs));
}

/** `tookUs`: 0 where no time passed. */
function stableText(messages: number, tookUs: number): string {
  if (tookUs === 0) return messages === 1 ? t("stable after 1 message") : t("stable after {0} messages", messages);
  return messages === 1
    ? t("stable after 1 message in {0} ms", tookUs / 1000)
    : t("stable after {0} messages in {1} ms", messages, tookUs / 1000);
}

function endpoints(world: World): EndpointId[] {
  return [...world.servers.flatMap((server) => (server === undefined ? [] : [server.id])), ...world.clients.keys()];
}

function fits({ message: type }: WaitingMessages, message: WaitingMessage["message"]): boolean {
  return messageMatches(type, message);
}

function find(
  world: World,
  [from, to]: Pair,
  messages: Extract<WaitingMessages, { readonly kind: "one" }>,
): WaitingMessage | undefined {
  const there = world
    .underWay()
    .filter(({ message }) => message.from === from && message.to === to && fits(messages, message));
  return messages.nth === null ? there[there.length - 1] : there[messages.nth - 1];
}

/** `s1 -> s2 AppendEntries term 2, …`. */
function describe(context: RunContext, { message, sendEvent }: WaitingMessage): string {
  const { world, recording } = context;
  const sent = readSend(recording.log, sendEvent);
  return `${world.nameOf(message.from)} -> ${world.nameOf(message.to)} ${messageText(recording, sent)}`;
}
