/** What is special about a server, each in a few words: its place in the configuration, its clock, its disk, crashes that wait. */
import type { ConfigurationView, ServerFaultView, ServerView } from "../../server/src/protocol/views.js";
import { formatShortTime } from "../shared/time.js";

/** A short label with the whole story as its title. */
export interface Badge {
  readonly kind: "member" | "transfer" | "clock" | "disk" | "crash";
  readonly text: string;
  readonly title: string;
}

/** A server's place in the configuration that it goes by itself. */
export function memberWords(server: ServerView): string {
  const { voters, outgoing, learners } = server.configuration;
  const isNew = voters.includes(server.name);
  const isOld = outgoing.includes(server.name);
  if (outgoing.length > 0 && (isNew || isOld))
    return isNew && isOld ? "voter, old and new" : isNew ? "voter, new only" : "voter, old only";
  if (isNew) return "voter";
  if (learners.includes(server.name)) return "learner";
  return voters.length === 0 ? "spare" : "removed";
}

/** `new {s1 s4 s5}, old {s1 s2 s3}, learners {s6}`. */
export function configurationWords({ voters, outgoing, learners }: ConfigurationView): string {
  if (voters.length === 0 && outgoing.length === 0) return "none yet";
  const set = (servers: readonly string[]) => `{${servers.join(" ")}}`;
  const now = outgoing.length > 0 ? `new ${set(voters)}, old ${set(outgoing)}` : set(voters);
  return learners.length > 0 ? `${now}, learners ${set(learners)}` : now;
}

/** `+25 ms`, `-1.5 s`. */
export function offsetWords(us: number): string {
  return `${us > 0 ? "+" : ""}${formatShortTime(us)}`;
}

/** Everything special about a server, the most lasting first. */
export function badgesOf(server: ServerView): readonly Badge[] {
  const badges: Badge[] = [];
  const add = (kind: Badge["kind"], text: string, title: string) => badges.push({ kind, text, title });
  const member = memberWords(server);
  // The role of a follower that does not vote says so itself.
  const isSaid = server.status !== "down" && server.role === "follower" && !member.startsWith("voter");
  if (member !== "voter" && !isSaid) {
    const text = member.replace("voter, ", "");
    add(
      "member",
      text,
      `${server.name} is ${member} by its configuration, ${configurationWords(server.configuration)}`,
    );
  }
  if (server.transferee !== null)
    add(
      "transfer",
      `hands over to ${server.transferee}`,
      `${server.name} hands its leadership over to ${server.transferee}`,
    );
  const disk = server.faults.filter(({ kind }) => kind.startsWith("disk-"));
  if (server.diskFailed) add("disk", "disk failed", `${server.name} stopped itself because its disk failed`);
  for (const { kind, text } of disk) {
    if (kind !== "disk-fail" || !server.diskFailed) add("disk", DISK_WORDS[kind] ?? text, text);
  }
  if (server.damagedIndex !== null) {
    const words = `entry ${server.damagedIndex} damaged`;
    add("disk", words, `On the disk of ${server.name} the record of entry ${server.damagedIndex} is damaged`);
  }
  const clock = clockBadge(server);
  if (clock !== null) badges.push(clock);
  for (const { kind, text } of server.faults) {
    if (kind === "crash-point") add("crash", crashWords(text), text);
  }
  return badges;
}

const DISK_WORDS: Partial<Readonly<Record<ServerFaultView["kind"], string>>> = {
  "disk-slow": "slow disk",
  "disk-ignore-fsync": "fsync ignored",
  "disk-tear": "torn write at crash",
  "disk-fail": "disk fails",
};

function clockBadge(server: ServerView): Badge | null {
  const faults = server.faults.filter(({ kind }) => kind.startsWith("clock-"));
  const offset = server.clockOffsetUs ?? 0;
  if (faults.length === 0 && offset === 0) return null;
  const drifts = faults.some(({ kind }) => kind === "clock-drift");
  const text = drifts ? "clock drifts" : offset === 0 ? "clock jumped" : `clock ${offsetWords(offset)}`;
  const parts = faults.map((fault) => fault.text);
  if (offset !== 0)
    parts.push(
      `the clock of ${server.name} is ${formatShortTime(Math.abs(offset))} ${offset > 0 ? "ahead" : "behind"}`,
    );
  return { kind: "clock", text, title: parts.join("; ") };
}

/** `crash s1 before send AppendEntriesReply for 200ms` is `crash before send`. */
function crashWords(text: string): string {
  const place = /\b(?:before|after) \w+/.exec(text)?.[0];
  return place === undefined ? "crash point" : `crash ${place}`;
}
