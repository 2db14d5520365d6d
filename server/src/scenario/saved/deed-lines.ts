import { isBlock } from "../../language/blocks.js";
import type { Invoke, Step } from "../../language/program.js";
import type { Answer } from "../clients/answer.js";
import type { RunPlace } from "../instant.js";
import type { LiveDeed } from "../live-run.js";
import type { Gave, Tale } from "../tale.js";
import { resultText } from "./result-text.js";

/** A step of a deed as the file tells it. */
export interface SavedPart {
  readonly text: string;
  /** What it gave when it failed without having done anything: it is told in a comment, and not done. */
  readonly idle: string | null;
  /** Where it began. */
  readonly from: RunPlace;
}

/** A deed as the file tells it. */
export interface SavedDeed {
  readonly parts: readonly SavedPart[];
  /** `operation`: an operation with `async` before it; `block`: `async { … }`, beside the steps that follow. */
  readonly form: "steps" | "operation" | "block";
}

/** A replacement in a deed's text. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Tells a deed. `broken`: the properties that were violated by the end. */
export function tellDeed(deed: LiveDeed, broken: ReadonlySet<string>): SavedDeed {
  const { text, tale, steps } = deed;
  const done = steps.filter(({ span }) => tale.of(span.start) !== undefined);
  const stopsInside = done.some((step) => gaveUpInside(step, tale));
  const [only] = steps;
  const isOperation = steps.length === 1 && only?.kind === "invoke" && isRequest(only.invoke);
  const form = deed.inTime && !stopsInside ? "steps" : isOperation && deed.to === null ? "operation" : "block";
  // Who only looked at the cluster while other steps were done, and did not see what was hoped for.
  const isIdle = form === "block" && steps.every(looks) && steps.some(({ span }) => hasFailed(tale, span.start));
  if (isIdle) return { parts: done.map((step) => idlePart(step, deed)), form: "steps" };
  const parts = done.map((step): SavedPart => {
    const from = tale.of(step.span.start)?.from ?? deed.from;
    return { text: textOf(text, step, tale), idle: idleReason(step, tale, broken, form), from };
  });
  // What had not ended keeps what it would still do.
  const left = form === "block" && !tale.gaveUp ? steps.filter(({ span }) => tale.of(span.start) === undefined) : [];
  const rest = left.map(({ span }): SavedPart => {
    return { text: text.slice(span.start, span.end), idle: null, from: deed.from };
  });
  return { parts: [...parts, ...rest], form };
}

function hasFailed(tale: Tale, start: number): boolean {
  return (tale.of(start)?.gave ?? []).some(({ ok }) => !ok);
}

function idlePart({ span }: Step, { text, tale, from }: LiveDeed): SavedPart {
  const own = tale.of(span.start);
  const failed = own?.gave.find(({ ok }) => !ok);
  return { text: text.slice(span.start, span.end), idle: failed?.result ?? "", from: own?.from ?? from };
}

/** Whether a step does nothing but wait and look, and binds no name. */
function looks({ kind }: Step): boolean {
  return kind === "wait" || kind === "at" || kind === "await" || kind === "await-handle" || kind.startsWith("expect");
}

/** Whether a step inside a block gave up: what follows it in a scenario would not be done either. */
function gaveUpInside(step: Step, tale: Tale): boolean {
  return bodyOf(step).some(
    (inner) => (tale.of(inner.span.start)?.gave ?? []).some(({ gaveUp }) => gaveUp) || gaveUpInside(inner, tale),
  );
}

function bodyOf(step: Step): readonly Step[] {
  return isBlock(step) ? step.body : [];
}

/** An operation of one request, which `async` begins in the same way. */
function isRequest({ operation }: Invoke): boolean {
  switch (operation.kind) {
    case "put":
    case "get":
    case "delete":
    case "cas":
    case "txn":
    case "compact":
      return true;
    default:
      return false;
  }
}

/** What a step that failed gave, when it failed without having done anything to the cluster. */
function idleReason(step: Step, tale: Tale, broken: ReadonlySet<string>, form: SavedDeed["form"]): string | null {
  if (step.kind === "expect-violation" && !step.properties.some((property) => broken.has(property))) return "";
  const own = tale.of(step.span.start);
  const failed = own?.gave.find(({ ok }) => !ok);
  // A live cluster refuses it, and a scenario would not.
  if (step.kind === "until") return failed?.result ?? "";
  if (own === undefined || failed === undefined || bodyOf(step).length > 0) return null;
  if (step.kind === "always" || step.kind === "never") return failed.result;
  // A fault says that it must fail, an answer that it must be the one that came; and in a block a step takes its time before
  // those behind it.
  if (isFault(step) || failed.answer !== null || form !== "steps") return null;
  return own.acted ? null : failed.result;
}

/** A step's text with what it gave as what is expected. */
function textOf(source: string, step: Step, tale: Tale): string {
  const edits = editsOf(source, step, tale, true).sort((a, b) => a.start - b.start);
  const parts: string[] = [];
  let at = step.span.start;
  for (const { start, end, text } of edits) {
    parts.push(source.slice(at, start), text);
    at = end;
  }
  parts.push(source.slice(at, step.span.end));
  return parts.join("");
}

function editsOf(source: string, step: Step, tale: Tale, outer: boolean): Edit[] {
  const results = tale.of(step.span.start)?.gave ?? [];
  if (step.kind === "invoke" || step.kind === "let-operation") {
    const answers = results.flatMap(({ answer }) => (answer === null ? [] : [answer]));
    const isMet = results.every(({ ok }) => ok);
    // In a loop the same step gave several things: only what it was not expected to give is worth saying.
    return isMet && (!outer || step.invoke.expected !== null) ? [] : answerEdit(step.invoke, answers);
  }
  if (step.kind === "await-handle") {
    const texts = results.flatMap(({ ok, answer }) => (ok || answer === null ? [] : [resultText(answer, null)]));
    const [text] = texts;
    if (texts.length !== 1 || text === undefined || text === null) return [];
    if (step.expected === null) return [{ start: step.span.end, end: step.span.end, text: ` => ${text}` }];
    return [{ start: step.expected.span.start, end: step.expected.span.end, text: `=> ${text}` }];
  }
  const inner = bodyOf(step).flatMap((each) => editsOf(source, each, tale, false));
  // Inside a block, who gave up must do so again: its other steps were not done.
  const isWrong = results.length > 0 && results.every(({ ok, gaveUp }) => !ok && (outer || !gaveUp));
  return isWrong ? [...inner, ...refusalEdit(source, step, results)] : inner;
}

function answerEdit(invoke: Invoke, answers: readonly Answer[]): Edit[] {
  if (invoke.async) return [];
  const texts = new Set(answers.map((answer) => resultText(answer, invoke.operation)));
  if (texts.size === 0 || texts.has(null)) return [];
  const text = `=> ${[...texts].join(" | ")}`;
  const { expected, span } = invoke;
  if (expected !== null) return [{ start: expected.span.start, end: expected.span.end, text }];
  return [{ start: span.end, end: span.end, text: ` ${text}` }];
}

/** A fault or a change that was refused is expected to be; one that was expected to be and was not is not. */
function refusalEdit(source: string, step: Step, results: readonly Gave[]): Edit[] {
  const was = source.slice(step.span.start, step.span.end).lastIndexOf("=>");
  const isExpected = step.fails === true || ("refused" in step && step.refused);
  if (isExpected && was >= 0) return [{ start: step.span.start + was, end: step.span.end, text: "" }];
  if (!isFault(step) && ("refused" in step ? results.some(({ gaveUp }) => gaveUp) : true)) return [];
  if (was >= 0) return [{ start: step.span.start + was, end: step.span.end, text: "=> failed" }];
  return [{ start: step.span.end, end: step.span.end, text: " => failed" }];
}

function isFault({ kind }: Step): boolean {
  return FAULTS.has(kind);
}

const FAULTS: ReadonlySet<Step["kind"]> = new Set([
  "crash",
  "pause",
  "restart",
  "resume",
  "wipe",
  "snapshot",
  "timeout",
  "tick",
  "isolate",
  "partition",
  "cut",
  "heal",
  "loss",
  "duplicate",
  "reorder",
  "latency",
  "drop",
  "delay",
  "hold",
  "release",
  "clock-drift",
  "clock-jump",
  "disk-slow",
  "disk",
  "crash-point",
  "deliver",
  "lose",
  "copy",
  "postpone",
  "stabilize",
] satisfies readonly Step["kind"][]);
