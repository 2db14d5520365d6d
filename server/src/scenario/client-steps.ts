import type { ExpectedResult, Invoke, Step } from "../language/program.js";
import type { OperationRecord } from "../sim/history.js";
import { commitAbsence, readAbsence } from "../trace/absence.js";
import { changeText, operationText, outcomeText } from "../trace/operation-text.js";
import { unanswered } from "../trace/unanswered.js";
import type { RunContext, StepPlace } from "./context.js";
import { clientOperation, expectedText, meets } from "./operations.js";
import { resolve } from "./selectors.js";
import type { Script } from "./task.js";

type ClientStep = Extract<Step, { readonly kind: "invoke" | "let-operation" | "expect-watch" | "await-handle" }>;

/** Runs a step that concerns a client's operation, its watch or a handle. */
export function* runClientStep(context: RunContext, place: StepPlace, step: ClientStep): Script {
  switch (step.kind) {
    case "invoke":
      yield* invokeStep(context, place, step.invoke, null);
      return;
    case "let-operation":
      yield* invokeStep(context, place, step.invoke, step.name);
      return;
    case "await-handle":
      yield* awaitHandle(context, place, step);
      return;
    case "expect-watch":
      yield* expectWatch(context, place, step);
      return;
  }
}

function* invokeStep(context: RunContext, place: StepPlace, invoke: Invoke, bind: string | null): Script {
  const names = context.names();
  const client = context.world.endpointNamed(invoke.client);
  if (client === null) {
    context.report(place, false, `there is no client named ${invoke.client}`);
    return;
  }
  const at = invoke.at === null ? null : resolve(names, invoke.at);
  if (at !== null && !at.ok) {
    context.giveUp(place, at.message);
    return;
  }
  const server = at?.value[0] ?? null;
  const { operation } = invoke;
  if (operation.kind === "watch") {
    const { handle: name, key, prefix, fromRev } = operation;
    const opened = context.act(place, {
      kind: "watch",
      client,
      name,
      key,
      prefix,
      fromRevision: fromRev ?? 0,
      at: server,
    });
    context.scope.handles.set(name, { kind: "watch", number: opened.number, client });
    context.report(place, true, `${name} watches ${key}${prefix ? " prefix" : ""}`);
    return;
  }
  if (operation.kind === "unwatch") {
    const handle = context.scope.handles.get(operation.handle);
    if (handle?.kind !== "watch") {
      context.report(place, false, `${operation.handle} is no watch`);
      return;
    }
    context.act(place, { kind: "unwatch", client: handle.client, watch: handle.number });
    context.report(place, true, `${operation.handle} ended`);
    return;
  }
  const body = clientOperation(names, operation);
  if (!body.ok) {
    context.report(place, false, body.message);
    return;
  }
  const { number } = context.act(place, { kind: "invoke", client, body: body.value, at: server });
  if (invoke.handle !== null) context.scope.handles.set(invoke.handle, { kind: "operation", number });
  if (invoke.async) return;
  const record = operationOf(context, number);
  yield { kind: "condition", test: () => record.outcome !== null, deadlineUs: null };
  if (bind !== null) bindResult(context, bind, record);
  reportOutcome(context, place, record, invoke.expected);
}

function* awaitHandle(context: RunContext, place: StepPlace, step: ClientStep & { kind: "await-handle" }): Script {
  const handle = context.scope.handles.get(step.handle);
  const deadlineUs = step.within === null ? null : context.world.nowUs + step.within;
  if (handle?.kind === "operation") {
    const record = operationOf(context, handle.number);
    const came = yield { kind: "condition", test: () => record.outcome !== null, deadlineUs };
    if (came) reportOutcome(context, place, record, step.expected);
    else context.giveUp(place, `${step.handle} (${operationText(record.body)}) has no answer${after(step.within)}`);
    return;
  }
  if (handle?.kind === "task") {
    const { task } = handle;
    const came = yield { kind: "condition", test: () => task.done, deadlineUs };
    if (came) context.report(place, true, `${step.handle} ended`);
    else context.giveUp(place, `${step.handle} has not ended${after(step.within)}`);
    return;
  }
  context.report(place, false, `${step.handle} stands for nothing that can be awaited`);
}

function* expectWatch(context: RunContext, place: StepPlace, step: ClientStep & { kind: "expect-watch" }): Script {
  const handle = context.scope.handles.get(step.handle);
  const watch = handle?.kind === "watch" ? context.recording.history.watch(handle.number) : undefined;
  if (watch === undefined) {
    context.report(place, false, `${step.handle} is no watch`);
    return;
  }
  const seen = (): boolean =>
    watch.received.length === step.events.length &&
    step.events.every((wanted, position) => {
      const event = watch.received[position]?.event;
      if (event === undefined || event.type !== wanted.type || event.kv.key !== wanted.key) return false;
      if (wanted.value !== null && event.kv.value !== wanted.value) return false;
      return wanted.rev === null || event.kv.modRevision === wanted.rev;
    });
  const came =
    step.within === null
      ? seen()
      : yield { kind: "condition", test: seen, deadlineUs: context.world.nowUs + step.within };
  const received = watch.received.map(({ event }) => changeText(event));
  const text = `${step.handle} saw [${received.join(", ")}]`;
  const wanted = step.events.map((event) => context.text(event.span)).join(", ");
  context.report(place, came, came ? text : `expected ${step.handle} to have seen [${wanted}], but ${text}`);
}

function after(within: number | null): string {
  return within === null ? "" : ` after ${within / 1000} ms`;
}

function operationOf(context: RunContext, number: number): OperationRecord {
  const record = context.recording.history.operation(number);
  if (record === undefined) throw new Error(`operation ${number} is not in the history`);
  return record;
}

function reportOutcome(
  context: RunContext,
  place: StepPlace,
  record: OperationRecord,
  expected: ExpectedResult | null,
): void {
  const got = record.outcome === null ? "no answer" : outcomeText(record.outcome);
  const ok = meets(context.names(), record, expected);
  const wanted = expectedText(context.names(), expected);
  const text = ok
    ? got
    : `${operationText(record.body)}: expected ${wanted}, but got ${got}${missingText(context, record)}`;
  context.report(place, ok, text, record.returnEvent);
}

/** Why an operation timed out or found no leader: what became of its requests, and what is missing now. */
function missingText(context: RunContext, { client, outcome, returnEvent, body }: OperationRecord): string {
  const leaderless = outcome?.kind === "error" && outcome.error === "no-leader";
  if (!(leaderless || outcome?.kind === "timeout") || returnEvent === null) return "";
  const { recording, world } = context;
  const leader = world.leader();
  if (leaderless && leader !== null) return `: ${leader.name} leads, but the server that was asked did not know it`;
  const waiting = world.network.waiting.find(({ message: { from, to } }) => from === client || to === client)?.message;
  const kept =
    waiting === undefined
      ? null
      : `a message waits on ${world.nameOf(waiting.from)} -> ${world.nameOf(waiting.to)} until a step delivers it (\`network manual\`)`;
  const told = unanswered(recording, returnEvent)?.text ?? kept;
  const missing = body.kind === "get" || leader === null ? readAbsence(recording) : commitAbsence(recording, leader.id);
  const reasons = [told, missing].filter((text) => text !== null);
  return reasons.length === 0 ? "" : `: ${reasons.join(". ")}`;
}

function bindResult(context: RunContext, name: string, record: OperationRecord): void {
  const { outcome } = record;
  const kvs = outcome?.kind === "result" && outcome.result.kind === "get" ? outcome.result.kvs : [];
  const value = kvs.length > 1 ? kvs.map((kv) => kv.value) : (kvs[0]?.value ?? null);
  context.scope.bindings.set(name, { kind: "value", value });
}
