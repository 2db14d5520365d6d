/** The first event at which two runs part, and how it happened in the other one. */
import { t } from "../l10n/text.js";
import { clusterAt } from "./cluster-view.js";
import { fieldsOf } from "./event-fields.js";
import { fieldLabel } from "./field-label.js";
import { messageOf, messageText } from "./message-text.js";
import { otherSide, type Parting, type Side } from "./parting.js";
import type { Recording } from "./recording.js";
import { timeText } from "./time-text.js";
import { reasonOf } from "./why/event-reason.js";

/** Most events of the other run looked through for the same thing happening at another time. */
const SCAN = 200_000;

/** Two runs by their sides. */
export type Both<T> = Readonly<Record<Side, T>>;

/** What is random about an event: what another seed draws otherwise. */
export type Chance = "timer" | "message" | "disk";

/** A part of two events of one kind that differs. */
export interface ContentDifference {
  readonly name: string;
  readonly left: string;
  readonly right: string;
}

/** How two runs part. */
export interface FirstDifference {
  /** What differs, a sentence each: how long a timer ran, how long a message took, what was lost. */
  readonly sentences: readonly string[];
  /** What the first different events hang on that is drawn at random. */
  readonly chances: readonly Chance[];
  /** Where both are at the same instant, at the same place and of one kind: what is different about them. */
  readonly contents: readonly ContentDifference[];
}

/** How two runs part, in words; `parting` must have come to where they do. */
export function firstDifference(runs: Both<Recording>, parting: Parting): FirstDifference {
  const [left, right] = [parting.first("left"), parting.first("right")];
  if (left === null || right === null) return { sentences: endWords(runs, parting), chances: [], contents: [] };
  const [a, b] = [runs.left.log, runs.right.log];
  const contents =
    a.kind(left) === b.kind(right) && a.at(left) === b.at(right) && a.timeUs(left) === b.timeUs(right)
      ? contentsOf(runs, left, right)
      : [];
  // What happened first is told first.
  const order: readonly Side[] = a.timeUs(left) <= b.timeUs(right) ? ["left", "right"] : ["right", "left"];
  const sentences = contents.length > 0 ? [] : order.flatMap((side) => otherwise(runs, parting, side) ?? []);
  const chances = order.flatMap((side) => chanceOf(runs[side], parting.first(side) ?? -1) ?? []);
  return { sentences: [...new Set(sentences)], chances: [...new Set(chances)], contents };
}

function endWords(runs: Both<Recording>, parting: Parting): readonly string[] {
  const ended = parting.first("left") === null ? "left" : "right";
  const time = timeText(runs[ended].world.nowUs);
  if (parting.equal) return [];
  return ended === "left"
    ? [t("The left run ends at {0}; the right one goes on.", time)]
    : [t("The right run ends at {0}; the left one goes on.", time)];
}

function contentsOf(runs: Both<Recording>, left: number, right: number): readonly ContentDifference[] {
  const fields = (side: Side, id: number): ReadonlyMap<string, string> => {
    const named = fieldsOf(runs[side], id).map(({ name, value }) => [fieldLabel(name), value] as const);
    return new Map([...named, [t("why"), reasonOf(runs[side], id) ?? ""]]);
  };
  const [a, b] = [fields("left", left), fields("right", right)];
  const names = [...new Set([...a.keys(), ...b.keys()])];
  return names
    .map((name) => ({ name, left: a.get(name) ?? "", right: b.get(name) ?? "" }))
    .filter((each) => each.left !== each.right);
}

/** How what a run does first differently goes in the other one; `null` where there is nothing to tell. */
function otherwise(runs: Both<Recording>, parting: Parting, side: Side): string | null {
  const id = parting.first(side);
  if (id === null) return null;
  const { log } = runs[side];
  const cause = log.cause(id);
  const common = parting.counterpart(side, cause);
  if (cause < 0 || common < 0) return null;
  const spent = timeText(log.timeUs(id) - log.timeUs(cause));
  const found = sameLater(runs, parting, side, common);
  if (found === null) return null;
  const { log: other } = runs[otherSide(side)];
  const there = found < 0 ? null : timeText(other.timeUs(found) - other.timeUs(common));
  // The same after the same time: it is what came before it that differs.
  if (there === spent) return null;
  const [left, right] = side === "left" ? [spent, there] : [there, spent];
  switch (log.kind(id)) {
    case "timer":
      return there === null ? lonelyTimerWords(runs, side, id, common) : timerWords(runs[side], id, left, right);
    case "deliver":
      return deliverWords(runs, side, id, common, left, right);
    case "drop":
      return lostWords(runs[side], id, side);
    case "durable":
      return left === null || right === null
        ? null
        : t("A write of {0} took {1} in the left run, {2} in the right one.", nameAt(runs[side], id), left, right);
    default:
      return null;
  }
}

/** The same event from the same cause in the other run, after they parted; -1 where there is none, `null` where it was not found soon enough. */
function sameLater(runs: Both<Recording>, parting: Parting, side: Side, cause: number): number | null {
  const id = parting.first(side) ?? -1;
  const { log } = runs[side];
  const { log: other } = runs[otherSide(side)];
  const [kind, at] = [log.kind(id), log.at(id)];
  const from = parting.first(otherSide(side)) ?? other.count;
  const end = Math.min(other.count, from + SCAN);
  for (let next = from; next < end; next += 1) {
    if (other.cause(next) === cause && other.kind(next) === kind && other.at(next) === at) return next;
  }
  return end === other.count ? -1 : null;
}

function timerWords(recording: Recording, id: number, left: string | null, right: string | null): string {
  const at = nameAt(recording, id);
  return recording.log.word(id, 0) === 0
    ? t("{0} waited {1} in the left run and {2} in the right one.", at, left ?? "", right ?? "")
    : t("The heartbeat timer of {0} ran {1} in the left run and {2} in the right one.", at, left ?? "", right ?? "");
}

/** A timer that ran out in one run, and in the other was to run longer. */
function lonelyTimerWords(runs: Both<Recording>, side: Side, id: number, common: number): string {
  const { log } = runs[side];
  const at = nameAt(runs[side], id);
  const kind = log.word(id, 0) === 0 ? "election" : "heartbeat";
  const spent = timeText(log.timeUs(id) - log.timeUs(log.cause(id)));
  const servers = clusterAt(runs[otherSide(side)], common, { logWindow: 1 }).servers;
  const timer = servers.find(({ name }) => name === at)?.timers.find((each) => each.kind === kind);
  if (timer === undefined || kind === "heartbeat")
    return side === "left"
      ? t("A timer of {0} ran out after {1} in the left run; in the right one it did not.", at, spent)
      : t("A timer of {0} ran out after {1} in the right run; in the left one it did not.", at, spent);
  const there = timeText(timer.deadlineUs - timer.startUs);
  return side === "left"
    ? t("{0} waited {1} in the left run; in the right one it would have waited {2}.", at, spent, there)
    : t("{0} waited {1} in the right run; in the left one it would have waited {2}.", at, spent, there);
}

function deliverWords(
  runs: Both<Recording>,
  side: Side,
  id: number,
  common: number,
  left: string | null,
  right: string | null,
): string | null {
  const message = messageWords(runs[side], id);
  if (message === null) return null;
  if (left !== null && right !== null)
    return t("{0} took {1} in the left run, {2} in the right one.", message, left, right);
  const lost = lostMessage(runs[otherSide(side)], common);
  const reason = lost < 0 ? null : reasonOf(runs[otherSide(side)], lost);
  if (reason === null)
    return side === "left"
      ? t("{0} arrived in the left run after {1}; in the right one it did not.", message, left ?? "")
      : t("{0} arrived in the right run after {1}; in the left one it did not.", message, right ?? "");
  return side === "left"
    ? t("{0} arrived in the left run after {1}; in the right one it was lost: {2}.", message, left ?? "", reason)
    : t("{0} arrived in the right run after {1}; in the left one it was lost: {2}.", message, right ?? "", reason);
}

function lostWords(recording: Recording, id: number, side: Side): string | null {
  const message = messageWords(recording, id);
  const reason = reasonOf(recording, id);
  if (message === null || reason === null) return null;
  return side === "left"
    ? t("{0} was lost in the left run ({1}), and not in the right one.", message, reason)
    : t("{0} was lost in the right run ({1}), and not in the left one.", message, reason);
}

/** Where a message was lost; -1 where it was not, as far as it is looked for. */
function lostMessage({ log }: Recording, sent: number): number {
  const end = Math.min(log.count, sent + SCAN);
  for (let id = sent + 1; id < end; id += 1) if (log.cause(id) === sent && log.kind(id) === "drop") return id;
  return -1;
}

function messageWords(recording: Recording, id: number): string | null {
  const sent = messageOf(recording, id);
  if (sent === null) return null;
  const { world } = recording;
  return `${world.nameOf(sent.from)} → ${world.nameOf(sent.to)} ${messageText(recording, sent)}`;
}

function nameAt({ log, world }: Recording, id: number): string {
  return world.nameOf(log.at(id));
}

function chanceOf({ log }: Recording, id: number): Chance | null {
  switch (log.kind(id)) {
    case "timer":
      return log.word(id, 0) === 0 ? "timer" : null;
    case "deliver":
    case "drop":
      return "message";
    case "durable":
      return "disk";
    default:
      return null;
  }
}
