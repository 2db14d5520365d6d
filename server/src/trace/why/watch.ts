import { t } from "../../l10n/text.js";
import type { WatchStream } from "../../sim/client.js";
import type { WatchConnection, WatchRecord } from "../../sim/history.js";
import { changeText, watchRequestText } from "../operation-text.js";
import { reasonText } from "../reason-text.js";
import { lastAtMost } from "../trace-index.js";
import type { Asking, Fact } from "./asking.js";
import { chainFinding, type Finding, factsFinding } from "./finding.js";
import { hindrance } from "./reach.js";
import { eventAbout } from "./subject.js";
import { nextDelivery } from "./under-way.js";

/** Whether a watch has received something; why it got nothing, or ended, otherwise. */
export function aboutWatch(asking: Asking, { watch: number }: { readonly watch: number }): Finding | null {
  const { recording, upTo } = asking;
  const watch = recording.history.watch(number);
  const opened = watch?.connections[0]?.eventId ?? -1;
  if (watch === undefined || opened < 0 || opened > upTo) return null;
  const { cancellation, received, name } = watch;
  if (cancellation !== null && cancellation.eventId <= upTo) {
    const text =
      cancellation.error === null
        ? t("Watch {0} is over: its client ended it, or crashed.", name)
        : t("Watch {0} is over: its server ended it with the error {1}.", name, cancellation.error);
    return chainFinding(false, text, cancellation.eventId);
  }
  const newest = received[lastAtMost(received.length, upTo, (at) => received[at]?.eventId ?? 0)];
  if (newest !== undefined)
    return chainFinding(true, t("Watch {0} received last: {1}.", name, changeText(newest.event)), newest.eventId);
  return nothing(asking, watch);
}

function nothing(asking: Asking, watch: WatchRecord): Finding {
  const { world, upTo } = asking;
  const { connections, name } = watch;
  const connection = connections[lastAtMost(connections.length, upTo, (at) => connections[at]?.eventId ?? 0)];
  const stream = world.clients.get(watch.client)?.watches.get(watch.number);
  if (connection === undefined || stream === undefined) {
    return factsFinding(false, t("Watch {0} is not open.", name), [
      { text: t("the run begins"), eventId: 0, asks: null },
    ]);
  }
  const asked: Fact = {
    text: t(
      "{0} opened it at {1}: {2}",
      world.nameOf(watch.client),
      world.nameOf(connection.server),
      watchRequestText(watch.options),
    ),
    eventId: connection.eventId,
    asks: null,
  };
  const waits = [nextDelivery(asking, connection.server, watch.client)];
  const against = hindrance(asking, watch.client, connection.server);
  if (against !== null) {
    const text = t(
      "Watch {0} has received nothing: its client and {1}, its server, cannot reach each other.",
      name,
      world.nameOf(connection.server),
    );
    return factsFinding(false, text, [against, asked], waits);
  }
  if (stream.incarnation === 0 || stream.broken !== null) {
    return factsFinding(
      false,
      t("Watch {0} has received nothing: it is not connected yet.", name),
      [...brokenFact(asking, stream), asked],
      waits,
    );
  }
  return behind(asking, watch, connection, asked) ?? quiet(asking, watch, connection, asked, waits);
}

function brokenFact({ world, upTo }: Asking, { broken }: WatchStream): readonly Fact[] {
  if (broken === null || broken.event > upTo) return [];
  return [
    {
      text: reasonText(broken.why, (id) => world.nameOf(id), world.config.rules),
      eventId: Math.max(0, broken.event),
      asks: null,
    },
  ];
}

/** Its server still has to send it what it missed. */
function behind(
  asking: Asking,
  { number, name }: WatchRecord,
  { server }: WatchConnection,
  asked: Fact,
): Finding | null {
  const { world, upTo } = asking;
  const kept = world.server(server).watches.get(number)?.behind ?? null;
  if (kept === null) return null;
  const late: Fact = {
    text: reasonText(kept.why, (id) => world.nameOf(id), world.config.rules),
    eventId: Math.max(0, Math.min(kept.event, upTo)),
    asks: null,
  };
  const text = t(
    "Watch {0} has received nothing yet: {1} still has to send it what it wants of the past.",
    name,
    world.nameOf(server),
  );
  return factsFinding(false, text, [late, asked]);
}

/** Nothing it wants has been applied at its server. */
function quiet(
  asking: Asking,
  { name }: WatchRecord,
  { server }: WatchConnection,
  asked: Fact,
  waits: readonly ReturnType<typeof nextDelivery>[],
): Finding {
  const { machine, raft, name: at } = asking.world.server(server);
  const applied: Fact = {
    text: t(
      "{0} has applied its log up to entry {1}, revision {2}",
      at,
      raft?.appliedIndex ?? 0,
      machine.store.revision,
    ),
    eventId: eventAbout(asking, { kind: "server", server: at, field: "applied" }) ?? 0,
    asks: { kind: "commit", server: at },
  };
  const text = waits.some((wait) => wait !== null)
    ? t("Watch {0} has received nothing yet: a message of {1}, its server, is on its way.", name, at)
    : t(
        "Watch {0} has received nothing: {1}, its server, has applied nothing that it watches (etcd: watchable_store.go).",
        name,
        at,
      );
  return factsFinding(false, text, [asked, applied], waits);
}
