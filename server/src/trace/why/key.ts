import { keyText, leaseText, valueText } from "../../kv/request-text.js";
import { t } from "../../l10n/text.js";
import { storeServer } from "../kv-view.js";
import { type Asking, serverNamed, serversOf, since } from "./asking.js";
import { chainFinding, type Finding, factsFinding } from "./finding.js";
import { eventAbout } from "./subject.js";

/** Whether there is a key at a server, and what wrote or deleted it. */
export function aboutKey(
  asking: Asking,
  { key, server: name }: { readonly key: string; readonly server?: string },
): Finding | null {
  const { recording, world } = asking;
  const server = name === undefined ? storeServer(world, undefined) : serverNamed(asking, name);
  if (server === null || typeof server === "string") return null;
  const { store } = server.machine;
  const pair = store.get(key);
  if (pair !== null) {
    const { value, modRevision, version, lease } = pair;
    const written = t(
      "{0} is {1} at {2}: revision {3} wrote it, the change number {4} of this key (etcd: mod_revision, version).",
      keyText(key),
      valueText(value),
      server.name,
      modRevision,
      version,
    );
    return chainFinding(
      true,
      written,
      eventBefore(asking, recording.eventOfRevision(modRevision), server.name),
      lease === 0 ? [] : [{ kind: "lease", lease: leaseText(lease) }],
    );
  }
  const [gone] = store.historyOf(key, 1);
  if (gone !== undefined) {
    const text = t("{0} was deleted at {1} with revision {2}.", keyText(key), server.name, gone.kv.modRevision);
    return chainFinding(false, text, eventBefore(asking, recording.eventOfRevision(gone.kv.modRevision), server.name));
  }
  const ahead = serversOf(asking).filter(({ machine }) => machine.store.get(key) !== null);
  if (ahead.length > 0) {
    const text = t("{0} has applied nothing yet that writes {1}.", server.name, keyText(key));
    return factsFinding(
      false,
      text,
      ahead.map((other) => ({
        text: t("{0} has it already", other.name),
        eventId: eventBefore(
          asking,
          recording.eventOfRevision(other.machine.store.get(key)?.modRevision ?? 0),
          other.name,
        ),
        asks: { kind: "commit", server: server.name } as const,
      })),
    );
  }
  const text = t("Nothing that {0} has applied writes {1}.", server.name, keyText(key));
  const applied =
    eventAbout(asking, { kind: "server", server: server.name, field: "applied" }) ?? since(asking, server.id, "status");
  return chainFinding(false, text, applied);
}

/** A revision that another server wrote first may belong to an event that is still to come here: then the server's own commitment tells it. */
function eventBefore(asking: Asking, eventId: number | null, server: string): number {
  if (eventId !== null && eventId <= asking.upTo) return eventId;
  return eventAbout(asking, { kind: "server", server, field: "applied" }) ?? 0;
}
