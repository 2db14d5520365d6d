/** The context menus of links, messages, clients, entries and keys. */
import { t } from "../../l10n/text.js";
import type { ClusterView, MessageInFlight } from "../../protocol/cluster-view.js";
import type { MessageFate } from "../../protocol/messages-under-way.js";
import type { EventId } from "../../protocol/session.js";
import {
  chanceStep,
  cutStep,
  delayLinkStep,
  dropNextStep,
  healStep,
  serverStep,
} from "../../protocol/steps/fault-text.js";
import { clientStep } from "../../protocol/steps/operation-text.js";
import { freshName } from "../../protocol/steps/step-words.js";
import { type MenuItem, type MenuParts, stepItem, whyItem } from "./menu-item.js";
import { statusWords } from "./words.js";

/** What a message is delayed by from a menu: long beside a usual latency, short beside an election timeout. */
export const DELAY_US = 20_000;

/** Cuts, and what can be done to whatever is sent from now on. */
export function linkMenu(from: string, to: string, view: ClusterView): MenuParts {
  const closed = (a: string, b: string) => view.blocked.some((pair) => pair.from === a && pair.to === b);
  const there = closed(from, to);
  const back = closed(to, from);
  const links = (a: string, b: string): readonly MenuItem[] => [
    stepItem(t("Drop the next AppendEntries {0} → {1}", a, b), dropNextStep("AppendEntries", a, b, 1)),
  ];
  return {
    title: `${from} – ${to}`,
    deeds: [
      {
        title: t("Link"),
        items: [
          ...(there && back ? [] : [stepItem(t("Cut both ways"), cutStep(from, to, true))]),
          ...(there ? [] : [stepItem(t("Cut {0} → {1}", from, to), cutStep(from, to, false))]),
          ...(back ? [] : [stepItem(t("Cut {0} → {1}", to, from), cutStep(to, from, false))]),
          ...(there || back ? [stepItem(t("Heal the link"), healStep({ from, to }))] : []),
        ],
      },
      {
        title: t("What is sent from now on"),
        items: [
          ...links(from, to),
          ...links(to, from),
          stepItem(t("Delay everything {0} → {1}", from, to), delayLinkStep(from, to, "20ms")),
          stepItem(t("Lose a third"), chanceStep("loss", 33, from, to)),
          stepItem(t("Duplicate a third"), chanceStep("duplicate", 33, from, to)),
          stepItem(t("Reorder a third"), chanceStep("reorder", 33, from, to)),
        ],
      },
    ],
    questions: [],
  };
}

/** What becomes of a message under way; those of its type that come after it. */
export function messageMenu(eventId: EventId, copy: number, view: ClusterView): MenuParts | null {
  const message = view.messages.find((each) => each.eventId === eventId && each.copy === copy);
  if (message === undefined) return null;
  const { from, to, type } = message;
  return {
    title: `${type} ${from} → ${to}`,
    deeds: [
      { title: t("This message"), items: fatesOf(message).map((each) => fateItem(message, each)) },
      { title: t("The next one"), items: [stepItem(t("Drop the next {0}", type), dropNextStep(type, from, to, 1))] },
    ],
    questions: [
      {
        title: t("This message"),
        items: [
          { label: t("Go to its sending"), hint: null, deed: { kind: "go", eventId } },
          { label: t("Copy its text"), hint: null, deed: { kind: "copy", text: `${from} -> ${to} ${message.text}` } },
        ],
      },
    ],
  };
}

/** What can become of a message under way: nothing where no step can name it, and no delay where it waits anyway. */
export function fatesOf({ nameable, byHand }: Pick<MessageInFlight, "nameable" | "byHand">): readonly MessageFate[] {
  if (!nameable) return [];
  const all: readonly MessageFate[] = [{ kind: "deliver" }, { kind: "lose" }, { kind: "duplicate" }];
  return byHand ? all : [...all, { kind: "delay", byUs: DELAY_US }];
}

/** `Deliver now` and its like. */
export function fateLabel(fate: MessageFate): string {
  switch (fate.kind) {
    case "deliver":
      return t("Deliver now");
    case "lose":
      return t("Lose it");
    case "duplicate":
      return t("Duplicate it");
    case "delay":
      return t("Delay it by {0} ms", fate.byUs / 1000);
  }
}

function fateItem({ eventId, copy }: MessageInFlight, fate: MessageFate): MenuItem {
  return { label: fateLabel(fate), hint: null, deed: { kind: "fate", eventId, copy, fate } };
}

/** Its process, and where its operations began. */
export function clientMenu(name: string, view: ClusterView): MenuParts | null {
  const client = view.clients.find((each) => each.name === name);
  if (client === undefined) return null;
  const { status, target, operations } = client;
  return {
    title: `${name} · ${statusWords(status)}`,
    deeds: [
      {
        title: t("Faults"),
        items: [
          ...(status === "down" ? [] : [stepItem(t("Crash"), serverStep("crash", name))]),
          ...(status === "down" ? [stepItem(t("Restart"), serverStep("restart", name))] : []),
          ...(status === "up" ? [stepItem(t("Pause"), serverStep("pause", name))] : []),
          ...(status === "paused" ? [stepItem(t("Resume"), serverStep("resume", name))] : []),
          ...(target === null ? [] : [stepItem(t("Cut it off from {0}", target), cutStep(name, target, true))]),
        ],
      },
    ],
    questions: [
      {
        title: t("Operations under way"),
        items: operations.map(({ text, eventId }) => whyItem({ title: t("Why: {0}", text), eventId, about: null })),
      },
    ],
  };
}

/** What there is of an entry. */
export function entryMenu(name: string, index: number, view: ClusterView): MenuParts | null {
  const server = view.servers.find((each) => each.name === name);
  const entry = server?.log.find((each) => each.index === index);
  if (entry === undefined) return null;
  const title = t("{0}: entry {1} of term {2}", name, index, entry.term);
  return {
    title,
    deeds: [],
    questions: [
      {
        title: t("Entry"),
        items: [
          { label: t("Show its details"), hint: null, deed: { kind: "show" } },
          { label: t("Copy its command"), hint: null, deed: { kind: "copy", text: entry.text } },
        ],
      },
    ],
  };
}

/** Reads, a watch and a deletion of a key. */
export function keyMenu(name: string, key: string, view: ClusterView): MenuParts | null {
  const server = view.servers.find((each) => each.name === name);
  const pair = server?.kv.find((each) => each.key === key);
  if (pair === undefined) return null;
  const client = view.clients[0]?.name ?? null;
  const watch = freshName(
    "w",
    view.watches.map((each) => each.name),
  );
  const serializable = clientStep(client, { kind: "get", key, prefix: false, serializable: true });
  return {
    title: key,
    deeds: [
      {
        title: t("Operations"),
        items: [
          stepItem(t("Get"), clientStep(client, { kind: "get", key, prefix: false })),
          stepItem(t("Get what {0} holds", name), `${serializable} at ${name}`),
          stepItem(t("Watch"), clientStep(client, { kind: "watch", key, prefix: false, name: watch })),
          stepItem(t("Delete"), clientStep(client, { kind: "delete", key })),
        ],
      },
    ],
    questions: [
      {
        title: t("Value"),
        items: [{ label: t("Copy the value"), hint: null, deed: { kind: "copy", text: pair.value } }],
      },
    ],
  };
}
