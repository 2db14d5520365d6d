/** The context menu of a server: the faults that fit it as it is. */
import { t } from "../../l10n/text.js";
import type { ClusterView, ServerView } from "../../protocol/cluster-view.js";
import { clockStep, diskStep, type ServerFault, serverStep, transferStep } from "../../protocol/steps/fault-text.js";
import { leaderOf } from "./log-columns.js";
import { memberOf } from "./membership.js";
import { type MenuGroup, type MenuItem, type MenuParts, stepItem } from "./menu-item.js";
import { standing } from "./words.js";

/** Faults, disk, clock, membership. */
export function serverMenu(name: string, view: ClusterView): MenuParts | null {
  const server = view.servers.find((each) => each.name === name);
  if (server === undefined) return null;
  return {
    title: `${name} · ${standing(server)}`,
    deeds: [faults(server, view), disk(server), clock(server), membership(server, view)],
    questions: [],
  };
}

function faults(server: ServerView, view: ClusterView): MenuGroup {
  const { name, status, role } = server;
  const isUp = status === "up";
  const one = (fault: ServerFault, label: string, fits: boolean): readonly MenuItem[] =>
    fits ? [stepItem(label, serverStep(fault, name))] : [];
  const cut = view.blocked.some(({ from, to }) => from === name || to === name);
  const points = status === "down" ? [] : crashPoints(server);
  return {
    title: t("Faults"),
    items: [
      ...one("crash", t("Crash"), status !== "down"),
      ...points,
      ...one("restart", t("Restart"), status === "down"),
      ...one("pause", t("Pause"), isUp),
      ...one("resume", t("Resume"), status === "paused"),
      ...one("isolate", t("Isolate"), true),
      ...one("heal", t("Heal"), cut || server.faults.length > 0),
      ...one("timeout", t("Time out now"), isUp && role !== "leader"),
      ...one("tick", t("Let its timers go on"), isUp && server.clockRate === null),
    ],
  };
}

/** Crashes that wait for the next time it gets there, as they matter for the role. */
function crashPoints({ name, role }: ServerView): readonly MenuItem[] {
  const message = role === "leader" ? "AppendEntries" : "AppendEntriesReply";
  return [
    stepItem(t("Crash before its next write is durable"), `crash ${name} before fsync`),
    stepItem(t("Crash after it has sent {0}", message), `crash ${name} after send ${message}`),
  ];
}

function disk(server: ServerView): MenuGroup {
  const { name, status, faults: special } = server;
  const free = (kind: ServerView["faults"][number]["kind"]) => !special.some((fault) => fault.kind === kind);
  const items = [
    ...(free("disk-slow") ? [stepItem(t("Slow disk"), diskStep(name, "slow 50ms"))] : []),
    ...(free("disk-ignore-fsync") ? [stepItem(t("Disk ignores fsync"), diskStep(name, "ignore fsync"))] : []),
    ...(free("disk-tear") ? [stepItem(t("Next crash tears a write"), diskStep(name, "tear"))] : []),
    ...(server.lastIndex > 0 && server.damagedIndex === null
      ? [stepItem(t("Damage an entry on disk"), diskStep(name, "corrupt"))]
      : []),
    ...(free("disk-fail") ? [stepItem(t("Disk fails"), diskStep(name, "fail"))] : []),
    ...(status === "down" ? [stepItem(t("Wipe its disk"), serverStep("wipe", name))] : []),
    ...(status === "down" || server.appliedIndex <= (server.snapshot?.index ?? 0)
      ? []
      : [stepItem(t("Take a snapshot"), serverStep("snapshot", name))]),
  ];
  return { title: t("Disk"), items };
}

function clock({ name, clockRate }: ServerView): MenuGroup {
  if (clockRate === null) return { title: t("Clock"), items: [] };
  return {
    title: t("Clock"),
    items: [
      stepItem(t("Clock runs fast"), clockStep(name, "drift 10%")),
      stepItem(t("Clock runs slow"), clockStep(name, "drift -10%")),
      stepItem(t("Clock jumps ahead"), clockStep(name, "jump 300ms")),
      stepItem(t("Clock jumps back"), clockStep(name, "jump -300ms")),
    ],
  };
}

function membership(server: ServerView, view: ClusterView): MenuGroup {
  const { name } = server;
  const leader = leaderOf(view);
  if (leader === null) return { title: t("Cluster"), items: [] };
  // What counts is the leader's configuration: who is asked decides by it.
  const member = memberOf({ name, configuration: leader.configuration });
  const votes = member.startsWith("voter");
  const outside = member === "spare" || member === "removed";
  return {
    title: t("Cluster"),
    items: [
      ...(votes && leader.name !== name && server.status === "up"
        ? [stepItem(t("Hand leadership over to it"), transferStep(name))]
        : []),
      ...(outside
        ? [stepItem(t("Add as learner"), `add learner ${name}`), stepItem(t("Add as voter"), `add voter ${name}`)]
        : []),
      ...(member === "learner" ? [stepItem(t("Promote to voter"), `promote ${name}`)] : []),
      ...(outside ? [] : [stepItem(t("Remove from the configuration"), `remove ${name}`)]),
    ],
  };
}
