import { t } from "../../l10n/text.js";
import { titleOf } from "../event-title.js";
import { storeServer } from "../kv-view.js";
import { operationText } from "../operation-text.js";
import type { Recording } from "../recording.js";
import { readSend } from "../sent.js";
import { type Asking, serverNamed } from "./asking.js";
import type { EntryState, ServerField, Subject } from "./subject.js";

type Words = {
  readonly [K in Subject["kind"]]: (
    asking: Asking,
    subject: Extract<Subject, { readonly kind: K }>,
    holds: boolean,
  ) => string;
};

const WORDS: Words = {
  server: (asking, { server, field }) => fieldQuestion(asking, server, field),
  entry: (_asking, { server, index, state = "here" }, holds) => entryQuestion(server, index, state, holds),
  leader: ({ world }, _subject, holds) =>
    holds ? t("Why does {0} lead?", world.leader()?.name ?? "") : t("Why is there no leader?"),
  commit: (_asking, { server }, holds) =>
    holds ? t("Why has {0} committed everything?", server) : t("Why does the commit index of {0} not advance?", server),
  election: (_asking, { server }, holds) =>
    holds ? t("Why does {0} stand for election?", server) : t("Why does {0} not stand for election?", server),
  vote: (_asking, { server, candidate }) => t("What did {0} say when {1} asked for its vote?", server, candidate),
  message: ({ recording }, { eventId }) => messageQuestion(recording, eventId),
  operation: ({ recording, world }, { operation }, holds) => {
    const record = recording.history.operation(operation);
    const text = record === undefined ? "" : operationText(record.body);
    const client = record === undefined ? "" : world.nameOf(record.client);
    return holds
      ? t("Why did {0} get this answer: {1}?", client, text)
      : t("Why has {0} no answer: {1}?", client, text);
  },
  client: (_asking, { client }, holds) =>
    holds ? t("What does {0} wait for?", client) : t("Why does {0} wait for nothing?", client),
  read: () => t("Are linearizable reads answered now?"),
  lease: (_asking, { lease }, holds) =>
    holds ? t("Why has lease {0} not expired?", lease) : t("Why is there no lease {0}?", lease),
  watch: ({ recording }, { watch }, holds) => {
    const name = recording.history.watch(watch)?.name ?? "";
    return holds ? t("Why did watch {0} receive something?", name) : t("Why does watch {0} receive nothing?", name);
  },
  configuration: (_asking, _subject, holds) =>
    holds ? t("Why is the configuration what it is?") : t("Why is the change of the configuration not done?"),
  link: (_asking, { from, to }, holds) =>
    holds ? t("Why do messages pass {0} → {1}?", from, to) : t("Why does nothing pass {0} → {1}?", from, to),
  key: (asking, { key, server }) => keyQuestion(asking, key, server),
  snapshot: (_asking, { server }, holds) =>
    holds ? t("Why does {0} get a snapshot instead of entries?", server) : t("Why does {0} get no snapshot?", server),
};

/**
 * A question in words, as a person asks it at a moment: `Why is there no leader?`. `holds`: whether that which is asked about is so. The
 * panels ask in the same words (`view-model/questions.ts`), which a test compares.
 */
export function questionText(asking: Asking, subject: Subject, holds: boolean): string {
  const say = <K extends Subject["kind"]>(of: Extract<Subject, { readonly kind: K }> & { readonly kind: K }): string =>
    WORDS[of.kind](asking, of, holds);
  return say(subject);
}

/** The question about what became of a message, named by the event that sent it. */
export function messageQuestion({ log, world }: Recording, eventId: number): string {
  const { type, from, to } = readSend(log, eventId);
  return t("What became of {0} {1} → {2}?", type, world.nameOf(from), world.nameOf(to));
}

/** The question about an event. */
export function eventQuestion({ recording }: Asking, eventId: number): string {
  return t("Why: {0}", titleOf(recording, eventId));
}

function entryQuestion(server: string, index: number, state: EntryState, holds: boolean): string {
  switch (state) {
    case "here":
      return holds
        ? t("Why does {0} hold entry {1}?", server, index)
        : t("Why does {0} not hold entry {1}?", server, index);
    case "durable":
      return holds
        ? t("Why is entry {0} durable at {1}?", index, server)
        : t("Why is entry {0} not durable at {1}?", index, server);
    case "committed":
      return holds
        ? t("Why is entry {0} committed at {1}?", index, server)
        : t("Why is entry {0} not committed at {1}?", index, server);
    case "applied":
      return holds
        ? t("Why is entry {0} applied at {1}?", index, server)
        : t("Why is entry {0} not applied at {1}?", index, server);
  }
}

function fieldQuestion(asking: Asking, name: string, field: ServerField): string {
  const server = serverNamed(asking, name);
  const raft = server?.raft ?? null;
  switch (field) {
    case "status":
      if (server?.status === "down") return t("Why is {0} down?", name);
      return server?.status === "paused" ? t("Why is {0} paused?", name) : t("Why is {0} up?", name);
    case "role":
      return roleQuestion(name, raft?.role ?? "follower");
    case "term":
      return t("Why is {0} in term {1}?", name, raft?.term ?? server?.disk.hardState.term ?? 0);
    case "vote": {
      const vote = raft?.vote ?? server?.disk.hardState.vote ?? 0;
      return vote === 0
        ? t("Why has {0} voted for nobody?", name)
        : t("Why did {0} vote for {1}?", name, asking.world.nameOf(vote));
    }
    case "leader": {
      const leader = raft?.leader ?? 0;
      return leader === 0
        ? t("Why does {0} know no leader?", name)
        : t("Why does {0} know {1} as its leader?", name, asking.world.nameOf(leader));
    }
    case "commit":
      return t("Why is the commit index of {0} {1}?", name, raft?.commitIndex ?? 0);
    case "applied":
      return t("Why has {0} applied up to {1}?", name, raft?.appliedIndex ?? 0);
    case "timer":
      return t("Why does the timer of {0} run?", name);
  }
}

function roleQuestion(name: string, role: "leader" | "candidate" | "pre-candidate" | "follower"): string {
  switch (role) {
    case "leader":
      return t("Why is {0} the leader?", name);
    case "candidate":
      return t("Why is {0} a candidate?", name);
    case "pre-candidate":
      return t("Why is {0} a pre-candidate?", name);
    case "follower":
      return t("Why is {0} a follower?", name);
  }
}

function keyQuestion({ world }: Asking, key: string, name: string | undefined): string {
  const server = storeServer(world, name);
  if (typeof server === "string") return t("Why is there no key {0}?", key);
  return server.machine.store.get(key) === null
    ? t("Why is there no key {0} at {1}?", key, server.name)
    : t("Why does {0} have this value at {1}?", key, server.name);
}
