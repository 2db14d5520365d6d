/** Faults of the palette, the menus and the panels, written as steps of the scenario language. Pure. */
import type { MessageFate } from "../messages-under-way.js";

/** What is done at one server or client by its name alone: `crash s1`. */
export type ServerFault =
  | "crash"
  | "restart"
  | "pause"
  | "resume"
  | "isolate"
  | "timeout"
  | "wipe"
  | "snapshot"
  | "heal"
  | "tick";

/** `crash s1` and its like. */
export function serverStep(fault: ServerFault, server: string): string {
  return `${fault} ${server}`;
}

/** `disk s1 slow 50ms` and its like. */
export function diskStep(server: string, fault: "slow 50ms" | "ignore fsync" | "tear" | "corrupt" | "fail"): string {
  return `disk ${server} ${fault}`;
}

/** `clock s1 drift 10%` or `clock s1 jump -300ms`. */
export function clockStep(server: string, fault: "drift 10%" | "drift -10%" | "jump 300ms" | "jump -300ms"): string {
  return `clock ${server} ${fault}`;
}

/** `transfer leadership to s2` */
export function transferStep(server: string): string {
  return `transfer leadership to ${server}`;
}

/** `partition {s1 s2} | {s3 s4 s5}` */
export function partitionStep(groups: readonly (readonly string[])[]): string {
  return `partition ${groups.map((group) => `{${group.join(" ")}}`).join(" | ")}`;
}

/** The servers of `side` parted from the others; `null` while one side is empty. */
export function partitionOf(servers: readonly string[], side: ReadonlySet<string>): string | null {
  const inside = servers.filter((server) => side.has(server));
  const outside = servers.filter((server) => !side.has(server));
  return inside.length === 0 || outside.length === 0 ? null : partitionStep([inside, outside]);
}

/** `cut s1 -> s2`, or `<->` for both directions. */
export function cutStep(from: string, to: string, both: boolean): string {
  return `cut ${from} ${both ? "<->" : "->"} ${to}`;
}

/** `heal` undoes all faults, `heal s1 <-> s2` what cuts one link. */
export function healStep(link?: { readonly from: string; readonly to: string }): string {
  return link === undefined ? "heal" : `heal ${link.from} <-> ${link.to}`;
}

/** `drop next 2 RequestVote s1 -> all` */
export function dropNextStep(type: string, from: string, to: string, count: number): string {
  return `drop next ${count === 1 ? "" : `${count} `}${type} ${from} -> ${to}`;
}

/** `delay s1 -> s2 by 20ms`: everything that is sent on the link from now on. */
export function delayLinkStep(from: string, to: string, by: string): string {
  return `delay ${from} -> ${to} by ${by}`;
}

/** `loss 30% on s1 <-> s2` and its like. */
export function chanceStep(kind: "loss" | "duplicate" | "reorder", percent: number, from: string, to: string): string {
  return `${kind} ${percent}% on ${from} <-> ${to}`;
}

/** One message under way, by its link, its type, where that can be named, and its place among those of the type, from 1. */
export interface MessagePlace {
  readonly from: string;
  readonly to: string;
  readonly type: string | null;
  readonly place: number;
}

/** `lose second s1 -> s2 AppendEntries`, `delay first s1 -> s2 by 20ms`: what becomes of a message under way. */
export function messageStep(fate: MessageFate, { from, to, type, place }: MessagePlace): string {
  const first = fate.kind === "delay" ? "first " : "";
  const which = place === 1 ? first : place === 2 ? "second " : place === 3 ? "third " : `nth ${place} `;
  const what = `${fate.kind} ${which}${from} -> ${to}${type === null ? "" : ` ${type}`}`;
  return fate.kind === "delay" ? `${what} by ${durationText(fate.byUs)}` : what;
}

/** A duration of the language, exact: `20ms`, `1500us`. */
export function durationText(us: number): string {
  return us % 1000 === 0 ? `${us / 1000}ms` : `${us}us`;
}

/** The message types that a person can name in `drop next`. */
export const MESSAGE_TYPES: readonly string[] = [
  "AppendEntries",
  "AppendEntriesReply",
  "RequestVote",
  "RequestVoteReply",
  "PreVote",
  "PreVoteReply",
  "Heartbeat",
  "HeartbeatReply",
  "ReadIndex",
  "ReadIndexReply",
  "ClientRequest",
  "ClientRequestReply",
];
