import { keyText, valueText } from "../../kv/request-text.js";
import { t } from "../../l10n/text.js";
import { titleOf } from "../event-title.js";
import { storeServer } from "../kv-view.js";
import { operationText } from "../operation-text.js";
import { readSend } from "../sent.js";
import { type Asking, serverNamed } from "./asking.js";
import type { EntryState, ServerField, Subject } from "./subject.js";

/**
 * A question in words, as a person asks it at a moment: `Why is there no leader?`. `holds`: whether that which is asked about is so. The
 * panels ask in the same words (`view-model/questions.ts`), which a test compares.
 */
export function questionText(asking: Asking, subject: Subject, holds: boolean): string {
  switch (subject.kind) {
    case "server":
      return fieldQuestion(asking, subject.server, subject.field);
    case "entry":
      return entryQuestion(subject.server, subject.index, subject.state ?? "here", holds);
    case "leader":
      return holds ? t("Why does {0} lead?", asking.world.leader()?.name ?? "") : t("Why is there no leader?");
    case "commit":
      return holds
        ? t("Why has {0} committed everything?", subject.server)
        : t("Why does the commit index of {0} not advance?", subject.server);
    case "election":
      return holds
        ? t("Why does {0} stand for election?", subject.server)
        : t("Why does {0} not stand for election?", subject.server);
    case "vote":
      return holds
        ? t("Why did {0} vote for {1}?", subject.server, subject.candidate)
        : t("Why did {0} not vote for {1}?", subject.server, subject.candidate);
    case "message": {
      const { type, from, to } = readSend(asking.recording.log, subject.eventId);
      const name = `${type} ${asking.world.nameOf(from)} → ${asking.world.nameOf(to)}`;
      return holds ? t("How did it get there: {0}?", name) : t("Why has it not arrived: {0}?", name);
    }
    case "operation": {
      const record = asking.recording.history.operation(subject.operation);
      const text = record === undefined ? "" : operationText(record.body);
      const client = record === undefined ? "" : asking.world.nameOf(record.client);
      return holds
        ? t("Why did {0} get this answer: {1}?", client, text)
        : t("Why has {0} no answer: {1}?", client, text);
    }
    case "client":
      return holds ? t("What does {0} wait for?", subject.client) : t("Why does {0} wait for nothing?", subject.client);
    case "read":
      return holds ? t("Why are reads answered?") : t("Why are reads not answered?");
    case "lease":
      return holds
        ? t("Why has lease {0} not expired?", subject.lease)
        : t("Why is there no lease {0}?", subject.lease);
    case "watch": {
      const name = asking.recording.history.watch(subject.watch)?.name ?? "";
      return holds ? t("Why did watch {0} receive something?", name) : t("Why does watch {0} receive nothing?", name);
    }
    case "configuration":
      return holds ? t("Why is the configuration what it is?") : t("Why is the change of the configuration not done?");
    case "link":
      return holds
        ? t("Do messages pass {0} → {1}?", subject.from, subject.to)
        : t("Why does nothing pass {0} → {1}?", subject.from, subject.to);
    case "key":
      return keyQuestion(asking, subject.key, subject.server);
    case "snapshot":
      return holds
        ? t("Why does {0} get a snapshot instead of entries?", subject.server)
        : t("Why does {0} get no snapshot?", subject.server);
  }
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
  if (typeof server === "string") return t("Why is there no key {0}?", keyText(key));
  const pair = server.machine.store.get(key);
  return pair === null
    ? t("Why is there no key {0} at {1}?", keyText(key), server.name)
    : t("Why is {0} {1} at {2}?", keyText(key), valueText(pair.value), server.name);
}
