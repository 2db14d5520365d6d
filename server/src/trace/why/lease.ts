import { leaseText } from "../../kv/request-text.js";
import { t } from "../../l10n/text.js";
import { leaseOfWords } from "../../sim/lease-clock.js";
import { localNow } from "../../sim/timers.js";
import { timeText } from "../time-text.js";
import { type Asking, type Fact, lastLandmark, serversOf, since } from "./asking.js";
import { chainFinding, type Finding, factsFinding } from "./finding.js";
import { aboutLeader } from "./leader.js";

/** Whether there is a lease: until when, or what ended it. */
export function aboutLease(asking: Asking, { lease: digits }: { readonly lease: string }): Finding | null {
  const id = Number.parseInt(digits, 16);
  if (!Number.isSafeInteger(id) || id <= 0) return null;
  const holder = serversOf(asking).find(({ machine }) => machine.leases.get(id) !== null);
  if (holder === undefined) return gone(asking, id);
  const { world, upTo } = asking;
  const leader = world.leader();
  if (leader === null || leader.raft === null) {
    const none = aboutLeader(asking);
    const text = t(
      "Lease {0} cannot expire now: only a leader counts its time (etcd: lease/lessor.go). {1}",
      leaseText(id),
      none.headline,
    );
    return { ...none, holds: true, headline: text };
  }
  const granted = holder.machine.leases.get(id);
  const left = leader.lessor.remainingUs(id, localNow(world, leader));
  if (left === null) {
    const text = t(
      "Lease {0} is not counted yet: {1} counts leases once an entry of its own term is applied (etcd: lease/lessor.go).",
      leaseText(id),
      leader.name,
    );
    const leads: Fact = {
      text: t("{0} leads", leader.name),
      eventId: since(asking, leader.id, "role"),
      asks: { kind: "commit", server: leader.name },
    };
    return factsFinding(true, text, [leads]);
  }
  const from = Math.max(0, Math.min(leader.leaseEvents.get(id) ?? since(asking, leader.id, "role"), upTo));
  const counted: Fact = {
    text: t("{0}, the leader, counts its {1} s from here on", leader.name, granted?.ttl ?? 0),
    eventId: from,
    asks: null,
  };
  if (left <= 0) {
    const text = t(
      "The time of lease {0} is over, and its revocation is on its way through the log, so that all servers delete its keys at one revision (etcd: lease/lessor.go).",
      leaseText(id),
    );
    return factsFinding(true, text, [counted], [], [{ kind: "commit", server: leader.name }]);
  }
  const text = t(
    "Lease {0} has not expired: by the clock of {1}, the leader, it has {2} left (etcd: lease/lessor.go).",
    leaseText(id),
    leader.name,
    timeText(left),
  );
  return factsFinding(
    true,
    text,
    [counted],
    [
      {
        text: t("lease {0} expires, unless its client renews it before", leaseText(id)),
        timeUs: world.nowUs + left,
        eventId: from,
      },
    ],
  );
}

function gone(asking: Asking, id: number): Finding | null {
  const { recording, upTo } = asking;
  const { log } = recording;
  const expired = lastLandmark(
    asking,
    (event) => log.kind(event) === "lease-expired" && leaseOfWords(log.word(event, 0), log.word(event, 1)) === id,
  );
  if (expired >= 0) {
    const text = t(
      "Lease {0} expired: nobody renewed it in time, and its keys went with it (etcd: lease/lessor.go).",
      leaseText(id),
    );
    return chainFinding(false, text, expired);
  }
  const revoked = recording.history.operations.findLast(
    ({ body, returnEvent }) =>
      body.kind === "lease-revoke" && body.id === id && returnEvent !== null && returnEvent <= upTo,
  );
  if (revoked?.returnEvent != null)
    return chainFinding(false, t("Lease {0} was revoked by a client.", leaseText(id)), revoked.returnEvent);
  const asked = recording.history.operations.findLast(
    ({ body, invokeEvent }) => body.kind === "lease-grant" && body.id === id && invokeEvent <= upTo,
  );
  if (asked === undefined)
    return factsFinding(false, t("There is no lease {0}: nobody has been granted it.", leaseText(id)), [
      { text: t("the run begins"), eventId: 0, asks: null },
    ]);
  return factsFinding(false, t("There is no lease {0} yet: its grant has not been executed.", leaseText(id)), [
    {
      text: t("{0} asked for it", asking.world.nameOf(asked.client)),
      eventId: asked.invokeEvent,
      asks: { kind: "operation", operation: asked.number },
    },
  ]);
}
