/**
 * Whose a store file is. Its name says so: `sessions-PID-START-HOST-NONCE.json` is written by one process alone for as long as that
 * lives; `sessions.json` and `sessions-free-NONCE.json` are nobody's. A name, and no lock beside the file: taking a file over is one rename, which
 * one process wins, and a process that was killed leaves nothing that has to be cleaned up first.
 */
import { createHash, randomBytes } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import process from "node:process";

/** A process as the name of its file tells it. */
export interface Claim {
  readonly pid: number;
  /** When the process began, as its system counts; `0` where that cannot be asked. */
  readonly start: string;
  /** The machine (or container) in which the process id means something. */
  readonly host: string;
}

/** What a file of the storage folder is. */
export type FileKind =
  | { readonly kind: "free" }
  | { readonly kind: "claimed"; readonly claim: Claim }
  /** What a write left that never ended. */
  | { readonly kind: "leftover"; readonly claim: Claim };

/** How often an owner touches its file, and after how long without that it is taken for dead where nothing better can be known. */
export const TOUCH_MS = 10_000;
export const UNTOUCHED_MS = 35_000;

const NAME = /^([.]?)sessions-(\d+)-([0-9a-f]+)-([0-9a-f]{8})-[0-9a-f]{8}(?:[.]\d+)?[.]json([.]tmp)?$/;
const FREE = /^sessions(-free-[0-9a-f]{8})?[.]json$/;

/** The name of a new file of this process, never given before. */
export function ownName(): string {
  const { pid, start, host } = thisProcess();
  return `sessions-${pid}-${start}-${host}-${nonce()}.json`;
}

/** Eight letters that no other file has. */
export function nonce(): string {
  return randomBytes(4).toString("hex");
}

/** What a name says, `null` for a file that is not the store's. */
export function fileKind(name: string): FileKind | null {
  if (FREE.test(name)) return { kind: "free" };
  const [, dot, pid, start, host, tmp] = NAME.exec(name) ?? [];
  if (pid === undefined || start === undefined || host === undefined) return null;
  if ((dot === ".") !== (tmp === ".tmp")) return null;
  return { kind: tmp === undefined ? "claimed" : "leftover", claim: { pid: Number(pid), start, host } };
}

/** Whether an owner can be asked about for certain: otherwise only its touching the file tells that it lives. */
export function isProvable({ start, host }: Claim): boolean {
  return host === thisProcess().host && start !== "0";
}

/**
 * Whether the owner lives, for all that is known here.
 *
 * @param untouchedMs since the owner last touched its file, by the clock
 */
export function isAlive(claim: Claim, untouchedMs: number): boolean {
  if (claim.host !== thisProcess().host) return untouchedMs < UNTOUCHED_MS;
  if (!exists(claim.pid)) return false;
  return isProvable(claim) ? startOf(claim.pid) === claim.start : untouchedMs < UNTOUCHED_MS;
}

let known: Claim | null = null;

function thisProcess(): Claim {
  // A process id means nothing outside its namespace: two containers that share a folder both have a process 1.
  known ??= {
    pid: process.pid,
    start: startOf(process.pid),
    host: digest(`${hostname()} ${link("/proc/self/ns/pid")}`),
  };
  return known;
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is one, too.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Process ids come again: together with the start, and the boot that it is counted from, they do not. */
function startOf(pid: number): string {
  const stat = text(`/proc/${pid}/stat`);
  // Field 22 of proc_pid_stat(5), counted behind the name in brackets, which may hold spaces.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [state, ticks] = [fields[0], fields[19]];
  if (ticks === undefined) return "0";
  // A zombie has ended, and is only not yet asked after by its parent.
  return state === "Z" || state === "X" ? "ended" : digest(`${text("/proc/sys/kernel/random/boot_id")} ${ticks}`);
}

function text(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function link(file: string): string {
  try {
    return readlinkSync(file);
  } catch {
    return "";
  }
}

function digest(of: string): string {
  return createHash("sha256").update(of).digest("hex").slice(0, 8);
}
