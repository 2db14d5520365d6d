/**
 * What can be asked about whatever a person has picked, in words: for the inspector, context menus, lists and the palette. The titles are
 * those of the answers (`trace/why/question.ts`); a test compares them.
 */
import { t } from "../l10n/text.js";
import type { ClusterView, ServerView } from "../protocol/cluster-view.js";
import type { EventId } from "../protocol/session.js";
import type { WhyQuestion, WhySubject } from "../protocol/why.js";
import { type EntryState, entryTitle, fieldTitle, type ServerField } from "./question-titles.js";

/** Something that a person can pick in some view. */
export type Askable =
  /** The cluster as a whole. */
  | { readonly kind: "cluster" }
  | { readonly kind: "server"; readonly server: string }
  | { readonly kind: "field"; readonly server: string; readonly field: ServerField }
  | { readonly kind: "entry"; readonly server: string; readonly index: number }
  /** By the event that sent it. */
  | { readonly kind: "message"; readonly eventId: EventId }
  | { readonly kind: "link"; readonly from: string; readonly to: string }
  | { readonly kind: "client"; readonly client: string }
  /** By its number in the run's history; `returned`: it has its answer at this moment. */
  | {
      readonly kind: "operation";
      readonly operation: number;
      readonly text: string;
      readonly client: string;
      readonly returned: boolean;
    }
  | { readonly kind: "key"; readonly key: string; readonly server: string }
  | { readonly kind: "lease"; readonly lease: string }
  /** `active`: it has received something and is not over. */
  | { readonly kind: "watch"; readonly watch: number; readonly name: string; readonly active: boolean }
  /** A mark of a timeline, a note, a fault, a violation, a row of a diagram: something that happened. */
  | { readonly kind: "event"; readonly eventId: EventId; readonly title: string };

/** The questions that make sense about it at the view's moment, the most likely first. */
export function questionsOf(picked: Askable, view: ClusterView): readonly WhyQuestion[] {
  const ask = (title: string, about: WhySubject): WhyQuestion => ({ title, eventId: view.eventId, about });
  switch (picked.kind) {
    case "cluster":
      return clusterQuestions(view);
    case "server": {
      const server = view.servers.find(({ name }) => name === picked.server);
      return server === undefined ? [] : serverQuestions(server, view);
    }
    case "field": {
      const server = view.servers.find(({ name }) => name === picked.server);
      return server === undefined ? [] : [fieldQuestion(server, picked.field, view)];
    }
    case "entry":
      return entryQuestions(picked.server, picked.index, view);
    case "message":
      return messageQuestions(picked.eventId, view);
    case "link":
      return [linkQuestion(picked.from, picked.to, view), linkQuestion(picked.to, picked.from, view)];
    case "client":
      return clientQuestions(picked.client, view);
    case "operation":
      return [operationQuestion(picked, view)];
    case "key": {
      const { key, server } = picked;
      const there = view.servers.some(({ name, kv }) => name === server && kv.some((pair) => pair.key === key));
      const title = there
        ? t("Why does {0} have this value at {1}?", key, server)
        : t("Why is there no key {0} at {1}?", key, server);
      return [ask(title, { kind: "key", key, server })];
    }
    case "lease": {
      const there = view.servers.some(({ leases }) => leases.some(({ id }) => id === picked.lease));
      const title = there
        ? t("Why has lease {0} not expired?", picked.lease)
        : t("Why is there no lease {0}?", picked.lease);
      return [ask(title, { kind: "lease", lease: picked.lease })];
    }
    case "watch": {
      const title = picked.active
        ? t("Why did watch {0} receive something?", picked.name)
        : t("Why does watch {0} receive nothing?", picked.name);
      return [ask(title, { kind: "watch", watch: picked.watch })];
    }
    case "event":
      return [{ title: t("Why: {0}", picked.title), eventId: picked.eventId, about: null }];
  }
}

/** What one can ask about a moment with nothing picked: about the cluster, then about each server. */
export function momentQuestions(view: ClusterView): readonly WhyQuestion[] {
  const servers = view.servers.flatMap((server) => serverQuestions(server, view).slice(0, OF_EACH_SERVER));
  return [...clusterQuestions(view), ...servers];
}

/** Questions about one server among those about all. */
const OF_EACH_SERVER = 3;

/** Why a client has, or has not, the answer to an operation at a moment. */
export function operationQuestion(
  { operation, client, text, returned }: Extract<Askable, { readonly kind: "operation" }>,
  { eventId }: Pick<ClusterView, "eventId">,
): WhyQuestion {
  const title = returned
    ? t("Why did {0} get this answer: {1}?", client, text)
    : t("Why has {0} no answer: {1}?", client, text);
  return { title, eventId, about: { kind: "operation", operation } };
}

/** Why there is, or is not, a leader. */
export function leaderQuestion(view: ClusterView): WhyQuestion {
  const leader = leaderOf(view);
  const title = leader === null ? t("Why is there no leader?") : t("Why does {0} lead?", leader.name);
  return { title, eventId: view.eventId, about: { kind: "leader" } };
}

/** The server that is up and leads the highest term, or `null`. */
export function leaderOf(view: ClusterView): ServerView | null {
  let best: ServerView | null = null;
  for (const server of view.servers) {
    if (server.status !== "up" || server.role !== "leader") continue;
    if (best === null || server.term > best.term) best = server;
  }
  return best;
}

function clusterQuestions(view: ClusterView): readonly WhyQuestion[] {
  const { eventId } = view;
  const leader = leaderOf(view);
  const behind = leader !== null && leader.commitIndex < leader.lastIndex ? leader : null;
  const stranded = view.clients.filter(({ pending }) => pending !== null).slice(0, 3);
  return [
    leaderQuestion(view),
    ...(behind === null ? [] : [entryQuestion(behind, behind.commitIndex + 1, "committed", view)]),
    ...stranded.flatMap(({ name }) => clientQuestions(name, view)),
    { title: t("Are linearizable reads answered now?"), eventId, about: { kind: "read" } },
    configurationQuestion(view),
  ];
}

function configurationQuestion(view: ClusterView): WhyQuestion {
  const leader = leaderOf(view);
  const looked = leader === null ? view.servers.filter(({ status }) => status !== "down") : [leader];
  const pending = looked.some(
    ({ configuration: { index, outgoing }, commitIndex }) => index > 0 && (index > commitIndex || outgoing.length > 0),
  );
  const title = pending
    ? t("Why is the change of the configuration not done?")
    : t("Why is the configuration what it is?");
  return { title, eventId: view.eventId, about: { kind: "configuration" } };
}

function serverQuestions(server: ServerView, view: ClusterView): readonly WhyQuestion[] {
  const { name, status, role } = server;
  const { eventId } = view;
  const ask = (title: string, about: WhySubject): WhyQuestion => ({ title, eventId, about });
  const candidates = view.servers.filter(
    (other) => other.name !== name && (other.role === "candidate" || other.role === "pre-candidate"),
  );
  const snapshot = view.servers.some(({ progress }) =>
    progress.some((known) => known.server === name && known.state === "snapshot"),
  );
  const stands = status === "up" && role !== "follower";
  const election = stands
    ? t("Why does {0} stand for election?", name)
    : t("Why does {0} not stand for election?", name);
  return [
    ...(status === "up" ? [] : [fieldQuestion(server, "status", view)]),
    fieldQuestion(server, "role", view),
    ...(role === "leader" ? [] : [ask(election, { kind: "election", server: name })]),
    commitQuestion(server, view),
    ...(snapshot
      ? [ask(t("Why does {0} get a snapshot instead of entries?", name), { kind: "snapshot", server: name })]
      : []),
    fieldQuestion(server, "vote", view),
    ...candidates.slice(0, 3).map((other) =>
      ask(t("What did {0} say when {1} asked for its vote?", name, other.name), {
        kind: "vote",
        server: name,
        candidate: other.name,
      }),
    ),
    fieldQuestion(server, "term", view),
    fieldQuestion(server, "leader", view),
  ];
}

function commitQuestion(server: ServerView, view: ClusterView): WhyQuestion {
  const leader = leaderOf(view);
  const done =
    leader !== null &&
    server.status !== "down" &&
    server.commitIndex >= leader.commitIndex &&
    leader.commitIndex >= leader.lastIndex;
  const title = done
    ? t("Why has {0} committed everything?", server.name)
    : t("Why does the commit index of {0} not advance?", server.name);
  return { title, eventId: view.eventId, about: { kind: "commit", server: server.name } };
}

function fieldQuestion(server: ServerView, field: ServerField, { eventId }: ClusterView): WhyQuestion {
  return { title: fieldTitle(server, field), eventId, about: { kind: "server", server: server.name, field } };
}

function entryQuestions(name: string, index: number, view: ClusterView): readonly WhyQuestion[] {
  const server = view.servers.find((each) => each.name === name);
  if (server === undefined) return [];
  const here = entryQuestion(server, index, "here", view);
  if (index < server.firstIndex || index > server.lastIndex) return [here];
  const asked: EntryState[] = ["committed"];
  if (index > server.durableIndex) asked.unshift("durable");
  if (index <= server.commitIndex && index > server.appliedIndex) asked.push("applied");
  return [...asked.map((state) => entryQuestion(server, index, state, view)), here];
}

/** The question whether an entry is in this state at a server. */
export function entryQuestion(
  server: ServerView,
  index: number,
  state: EntryState,
  { eventId }: ClusterView,
): WhyQuestion {
  return {
    title: entryTitle(server, index, state),
    eventId,
    about: { kind: "entry", server: server.name, index, state },
  };
}

function messageQuestions(eventId: EventId, view: ClusterView): readonly WhyQuestion[] {
  const message = view.messages.find((each) => each.eventId === eventId);
  const sent: WhyQuestion = { title: t("Why was it sent?"), eventId, about: null };
  if (message === undefined) return [sent];
  const { type, from, to } = message;
  const title = t("What became of {0} {1} → {2}?", type, from, to);
  return [sent, { title, eventId: view.eventId, about: { kind: "message", eventId } }];
}

function linkQuestion(from: string, to: string, view: ClusterView): WhyQuestion {
  const blocked = view.blocked.some((pair) => pair.from === from && pair.to === to);
  const title = blocked
    ? t("Why does nothing pass {0} → {1}?", from, to)
    : t("Why do messages pass {0} → {1}?", from, to);
  return { title, eventId: view.eventId, about: { kind: "link", from, to } };
}

function clientQuestions(name: string, view: ClusterView): readonly WhyQuestion[] {
  const client = view.clients.find((each) => each.name === name);
  if (client === undefined) return [];
  const title =
    client.pending === null ? t("Why does {0} wait for nothing?", name) : t("What does {0} wait for?", name);
  return [{ title, eventId: view.eventId, about: { kind: "client", client: name } }];
}
