import { t } from "../../l10n/text.js";
import type { PendingOperation } from "../../sim/client.js";
import type { OperationRecord } from "../../sim/history.js";
import { operationText, outcomeText } from "../operation-text.js";
import { type Asking, type Fact, since } from "./asking.js";
import { uncommitted } from "./commit.js";
import { chainFinding, type Finding, factsFinding } from "./finding.js";
import { cut } from "./reach.js";
import { unconfirmed } from "./read.js";
import type { Subject } from "./subject.js";
import { type Fates, fatesOf } from "./unanswered.js";
import { nextDelivery } from "./under-way.js";

/** Whether a client has the answer to an operation; what it waits for, or why nobody knows, otherwise. */
export function aboutOperation(asking: Asking, { operation }: { readonly operation: number }): Finding | null {
  const record = asking.recording.history.operation(operation);
  if (record === undefined || record.invokeEvent > asking.upTo) return null;
  const { returnEvent, outcome } = record;
  if (returnEvent === null || outcome === null || returnEvent > asking.upTo) return pending(asking, record);
  const client = asking.world.nameOf(record.client);
  if (outcome.kind === "timeout") {
    const text = t(
      "{0} gave up after its client-timeout: nobody told it whether that was executed, and it may still be.",
      client,
    );
    return chainFinding(false, text, returnEvent);
  }
  return chainFinding(true, t("{0} has its answer: {1}.", client, outcomeText(outcome)), returnEvent);
}

/** Whether a client waits for an answer, and for what. */
export function aboutClient(asking: Asking, { client: name }: { readonly client: string }): Finding | null {
  const { recording, world } = asking;
  const client = [...world.clients.values()].find((each) => each.name === name);
  if (client === undefined) return null;
  const [first] = client.pending.values();
  if (first !== undefined) {
    const finding = aboutOperation(asking, { operation: first.number });
    // A client that waits is what was asked about.
    return finding === null ? null : { ...finding, holds: true };
  }
  const last = recording.history.operations.findLast(
    ({ client: by, invokeEvent }) => by === client.id && invokeEvent <= asking.upTo,
  );
  if (last === undefined) {
    return factsFinding(false, t("{0} has asked for nothing yet.", name), [
      { text: t("the run begins"), eventId: 0, asks: null },
    ]);
  }
  const text = t("{0} waits for nothing: its last request is answered.", name);
  return chainFinding(
    false,
    text,
    last.returnEvent !== null && last.returnEvent <= asking.upTo ? last.returnEvent : last.invokeEvent,
  );
}

function pending(asking: Asking, record: OperationRecord): Finding {
  const { world, recording } = asking;
  const client = world.clients.get(record.client);
  const waits = client?.pending.get(record.number);
  const name = world.nameOf(record.client);
  const asked: Fact = {
    text: t("{0} asked: {1}", name, operationText(record.body)),
    eventId: record.invokeEvent,
    asks: null,
  };
  const timeout = {
    text: t("{0} gives up: then nobody knows whether it was executed", name),
    timeUs: record.invokeUs + world.config.clientTimeout,
    eventId: record.invokeEvent,
  };
  const fates = fatesOf(recording, record.number, record.invokeEvent, asking.upTo + 1);
  const { headline, facts, asks } = where(asking, record, fates, waits);
  const answer =
    waits === undefined
      ? null
      : (nextDelivery(asking, waits.target, record.client) ?? nextDelivery(asking, record.client, waits.target));
  return factsFinding(false, headline, [...facts, asked], [answer, timeout], asks);
}

/** How far the request has come. */
function where(
  asking: Asking,
  record: OperationRecord,
  { appended, lostAnswer, read, leaderless, lostRequest }: Fates,
  waits: PendingOperation | undefined,
): { readonly headline: string; readonly facts: readonly Fact[]; readonly asks: readonly Subject[] } {
  const { world } = asking;
  const name = (id: number): string => world.nameOf(id);
  const client = name(record.client);
  if (lostAnswer !== null) {
    const { server, eventId } = lostAnswer;
    const fact: Fact = { text: t("{0} answered, and the answer was lost", name(server)), eventId, asks: null };
    return {
      headline: t(
        "{0} was executed, and {1} does not know it: the answer was lost (§8).",
        operationText(record.body),
        client,
      ),
      facts: [fact],
      asks: [],
    };
  }
  if (appended !== null) {
    const { server, index, eventId } = appended;
    const lacks = world.server(server).raft === null ? null : uncommitted(asking, server);
    const fact: Fact = {
      text: t("{0} took it into its log as entry {1}", name(server), index),
      eventId,
      asks: { kind: "entry", server: name(server), index, state: "committed" },
    };
    const headline = t(
      "{0} waits for entry {1} of {2} to be committed: only then is it executed and answered (§5.3).",
      client,
      index,
      name(server),
    );
    return {
      headline,
      facts: [...(lacks?.facts ?? []), fact],
      asks: [{ kind: "entry", server: name(server), index, state: "committed" }],
    };
  }
  if (read !== null) {
    const { server, eventId } = read;
    const lacks = unconfirmed(asking);
    const fact: Fact = { text: t("{0} took the read in", name(server)), eventId, asks: { kind: "read" } };
    const headline = t(
      "{0} waits until {1} knows for sure that what it has is the newest (§8, D §6.4).",
      client,
      name(server),
    );
    return { headline, facts: [...(lacks?.facts ?? []), fact], asks: [{ kind: "read" }] };
  }
  if (leaderless !== null) {
    const { server, eventId } = leaderless;
    const fact: Fact = { text: t("{0} knew no leader", name(server)), eventId, asks: { kind: "leader" } };
    return {
      headline: t("{0} looks for a leader, and has found none yet (§8).", client),
      facts: [fact],
      asks: [{ kind: "leader" }],
    };
  }
  if (lostRequest !== null) {
    const { server, eventId } = lostRequest;
    const fact: Fact = {
      text: t("its request to {0} did not arrive", name(server)),
      eventId,
      asks: { kind: "link", from: client, to: name(server) },
    };
    return { headline: t("The request of {0} has reached nobody who could do it.", client), facts: [fact], asks: [] };
  }
  const target = waits?.target ?? 0;
  if (target === 0) return { headline: t("{0} waits for an answer.", client), facts: [], asks: [] };
  const blocked = cut(asking, record.client, target);
  const facts = blocked === null ? [] : [blocked];
  const server = world.servers[target];
  if (server !== undefined && server.status !== "up") {
    facts.push({
      text: server.status === "down" ? t("{0} is down", server.name) : t("{0} is paused", server.name),
      eventId: since(asking, target, "status"),
      asks: { kind: "server", server: server.name, field: "status" },
    });
  }
  return { headline: t("{0} has asked {1} and waits for the answer.", client, name(target)), facts, asks: [] };
}
