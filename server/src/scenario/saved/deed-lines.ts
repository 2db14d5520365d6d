import type { Invoke, Step } from "../../language/program.js";
import type { Answer } from "../clients/answer.js";
import type { Told } from "../context.js";
import type { RunPlace } from "../instant.js";
import type { LiveDeed } from "../live-run.js";
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

type Gave = Extract<Told, { readonly kind: "gave" }>;

/** A replacement in a deed's text. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Tells a deed. `broken`: the properties that were violated by the end. */
export function tellDeed(deed: LiveDeed, broken: ReadonlySet<string>): SavedDeed {
  const gave = gaveByStart(deed.told);
  const began = new Map<number, RunPlace>();
  for (const each of deed.told) {
    if (each.kind === "began" && !began.has(each.start)) began.set(each.start, each.at);
  }
  const done = deed.steps.filter(({ span }) => began.has(span.start));
  const nested = done.some((step) => gaveUpInside(step, gave));
  const [only] = deed.steps;
  const isOperation = deed.steps.length === 1 && only?.kind === "invoke" && isRequest(only.invoke);
  const form = deed.inTime && !nested ? "steps" : isOperation && deed.to === null && !nested ? "operation" : "block";
  const parts = done.map((step): SavedPart => {
    const from = began.get(step.span.start) ?? deed.from;
    const idle = idleReason(step, gave.get(step.span.start) ?? [], broken, form);
    return { text: form === "block" && deed.to === null ? textOf(deed.text, step, new Map()) : textOf(deed.text, step, gave), idle, from };
  });
  // What had not ended keeps what it would still do.
  const left = form === "block" && !stopped(deed.told) ? deed.steps.filter(({ span }) => !began.has(span.start)) : [];
  const rest = left.map(({ span }): SavedPart => {
    return { text: deed.text.slice(span.start, span.end), idle: null, from: deed.from };
  });
  return { parts: [...parts, ...rest], form };
}

function stopped(told: readonly Told[]): boolean {
  return told.some((each) => each.kind === "gave" && each.gaveUp);
}

function gaveByStart(told: readonly Told[]): Map<number, Gave[]> {
  const found = new Map<number, Gave[]>();
  for (const each of told) {
    if (each.kind !== "gave") continue;
    const list = found.get(each.start);
    if (list === undefined) found.set(each.start, [each]);
    else list.push(each);
  }
  return found;
}

/** Whether a step inside a block gave up: what follows it in a scenario would not be done either. */
function gaveUpInside(step: Step, gave: ReadonlyMap<number, readonly Gave[]>): boolean {
  return bodyOf(step).some(
    (inner) => (gave.get(inner.span.start) ?? []).some(({ gaveUp }) => gaveUp) || gaveUpInside(inner, gave),
  );
}

function bodyOf(step: Step): readonly Step[] {
  return step.kind === "repeat" || step.kind === "every" || step.kind === "async" ? step.body : [];
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
function idleReason(
  step: Step,
  gave: readonly Gave[],
  broken: ReadonlySet<string>,
  form: SavedDeed["form"],
): string | null {
  if (step.kind === "expect-violation" && !step.properties.some((property) => broken.has(property))) return "";
  const failed = gave.find(({ ok }) => !ok);
  if (failed === undefined) return null;
  switch (step.kind) {
    case "always":
    case "never":
      return failed.result;
    case "wait":
    case "at":
    case "await":
    case "await-handle":
    case "expect":
    case "expect-watch":
    case "expect-canceled":
    case "expect-progress":
    case "expect-observed":
    case "let-selector":
    case "let-value":
      // In a block it takes its time before the steps behind it.
      return form === "steps" ? failed.result : null;
    case "invoke":
    case "let-operation":
    case "transfer":
    case "add-voter":
    case "add-learner":
    case "promote":
    case "remove":
    case "reconfigure":
    case "leave-joint":
      // It gave up before it asked anybody.
      return failed.gaveUp && form === "steps" ? failed.result : null;
    default:
      return null;
  }
}

/** A step's text with what it gave as what is expected. */
function textOf(source: string, step: Step, gave: ReadonlyMap<number, readonly Gave[]>): string {
  const edits = editsOf(source, step, gave, true).sort((a, b) => a.start - b.start);
  const parts: string[] = [];
  let at = step.span.start;
  for (const { start, end, text } of edits) {
    parts.push(source.slice(at, start), text);
    at = end;
  }
  parts.push(source.slice(at, step.span.end));
  return parts.join("");
}

function editsOf(source: string, step: Step, gave: ReadonlyMap<number, readonly Gave[]>, outer: boolean): Edit[] {
  const results = gave.get(step.span.start) ?? [];
  if (step.kind === "invoke" || step.kind === "let-operation") {
    const answers = results.flatMap(({ answer }) => (answer === null ? [] : [answer]));
    const isMet = results.every(({ ok }) => ok);
    // In a loop the same step gave several things: only what it was not expected to give is worth saying.
    return isMet && (!outer || step.invoke.expected !== null) ? [] : answerEdit(step.invoke, answers);
  }
  const inner = bodyOf(step).flatMap((each) => editsOf(source, each, gave, false));
  const isWrong = results.length > 0 && results.every(({ ok }) => !ok);
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
  "stabilize",
] satisfies readonly Step["kind"][]);
