/** What is special about a server, each in a few words: its place in the configuration, its clock, its disk, crashes that wait. */
import { t } from "../../l10n/text.js";
import type { ServerFaultView, ServerView } from "../../protocol/cluster-view.js";
import { longList } from "../phrases.js";
import { formatShortTime } from "../time.js";
import { configurationWords, type Membership, memberOf, memberWords, votes } from "./membership.js";

/** A short label with the whole story as its title. */
export interface Badge {
  readonly kind: "member" | "transfer" | "clock" | "disk" | "crash";
  readonly text: string;
  readonly title: string;
}

/** `+25 ms`, `-1.5 s`. */
export function offsetWords(us: number): string {
  return `${us > 0 ? "+" : ""}${formatShortTime(us)}`;
}

/** Everything special about a server, the most lasting first. */
export function badgesOf(server: ServerView): readonly Badge[] {
  const badges: Badge[] = [];
  const { name } = server;
  const add = (kind: Badge["kind"], text: string, title: string) => badges.push({ kind, text, title });
  const member = memberOf(server);
  // The role of a follower that does not vote says so itself.
  const isSaid = server.status !== "down" && server.role === "follower" && !votes(member);
  if (member !== "voter" && !isSaid) {
    const configuration = configurationWords(server.configuration);
    add(
      "member",
      memberBadge(member),
      t("{0} is {1} by its configuration, {2}", name, memberWords(member), configuration),
    );
  }
  const { transferee } = server;
  if (transferee !== null)
    add("transfer", t("hands over to {0}", transferee), t("{0} hands its leadership over to {1}", name, transferee));
  const disk = server.faults.filter(({ kind }) => kind.startsWith("disk-"));
  if (server.diskFailed) add("disk", t("disk failed"), t("{0} stopped itself because its disk failed", name));
  for (const { kind, text } of disk) {
    if (kind !== "disk-fail" || !server.diskFailed) add("disk", diskWords(kind) ?? text, text);
  }
  const { damagedIndex } = server;
  if (damagedIndex !== null) {
    const story = t("On the disk of {0} the record of entry {1} is damaged", name, damagedIndex);
    add("disk", t("entry {0} damaged", damagedIndex), story);
  }
  const clock = clockBadge(server);
  if (clock !== null) badges.push(clock);
  for (const { kind, text } of server.faults) {
    if (kind === "crash-point") add("crash", crashWords(text), text);
  }
  return badges;
}

/** A badge has the room for what is not usual alone. */
function memberBadge(member: Membership): string {
  switch (member) {
    case "voter-both":
      return t("old and new");
    case "voter-new":
      return t("new only");
    case "voter-old":
      return t("old only");
    default:
      return memberWords(member);
  }
}

function diskWords(kind: ServerFaultView["kind"]): string | null {
  switch (kind) {
    case "disk-slow":
      return t("slow disk");
    case "disk-ignore-fsync":
      return t("fsync ignored");
    case "disk-tear":
      return t("torn write at crash");
    case "disk-fail":
      return t("disk fails");
    default:
      return null;
  }
}

function clockBadge(server: ServerView): Badge | null {
  const faults = server.faults.filter(({ kind }) => kind.startsWith("clock-"));
  const offset = server.clockOffsetUs ?? 0;
  if (faults.length === 0 && offset === 0) return null;
  const drifts = faults.some(({ kind }) => kind === "clock-drift");
  const text = drifts ? t("clock drifts") : offset === 0 ? t("clock jumped") : t("clock {0}", offsetWords(offset));
  const parts = faults.map((fault) => fault.text);
  const size = formatShortTime(Math.abs(offset));
  if (offset > 0) parts.push(t("the clock of {0} is {1} ahead", server.name, size));
  if (offset < 0) parts.push(t("the clock of {0} is {1} behind", server.name, size));
  return { kind: "clock", text, title: longList(parts) };
}

/** `crash s1 before send AppendEntriesReply for 200ms` is `crash before send`: words of the language, in every language. */
function crashWords(text: string): string {
  const place = /\b(?:before|after) \w+/.exec(text)?.[0];
  return place === undefined ? t("crash point") : `crash ${place}`;
}
