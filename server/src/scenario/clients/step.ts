import { t } from "../../l10n/text.js";
import type { ExpectedResult, Invoke, Operation, Step } from "../../language/program.js";
import type { OperationRecord } from "../../sim/history.js";
import { operationText } from "../../trace/operation-text.js";
import type { RunContext, StepPlace } from "../context.js";
import { resolve } from "../selectors.js";
import type { Script } from "../task.js";
import { type Answer, type Asked, answerOf, notMade, PLAIN, plainAnswer } from "./answer.js";
import { begin, type Caller, outcomeOf, type Part } from "./call.js";
import { campaign, elected, observe, proclaim, resign } from "./election.js";
import { noAnswerText, notEndedText, refutedText, stillWaitsText } from "./failure-text.js";
import { bindLease, learn, leaseOfOperation, renewInBackground, stopRenewing } from "./leases.js";
import { lock, newOwnership, unlock } from "./lock.js";
import { type RequestOperation, requestOf, textOf } from "./requests.js";
import { expectedText, meets } from "./results.js";
import { askProgress, expectOfWatch, openWatch, unwatch } from "./watches.js";

type ClientStep = Extract<
  Step,
  {
    readonly kind:
      | "invoke"
      | "let-operation"
      | "expect-watch"
      | "expect-canceled"
      | "expect-progress"
      | "expect-observed"
      | "await-handle";
  }
>;

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
    default:
      yield* expectOfWatch(context, place, step);
  }
}

/** An operation that takes several requests. */
type Recipe = Extract<Operation, { readonly kind: "lock" | "unlock" | "campaign" | "proclaim" | "resign" | "elected" }>;

function* invokeStep(context: RunContext, place: StepPlace, invoke: Invoke, bind: string | null): Script {
  const client = context.world.endpointNamed(invoke.client);
  if (client === null) {
    context.report(place, false, t("there is no client named {0}", invoke.client));
    return;
  }
  const at = invoke.at === null ? null : resolve(context.names(), invoke.at);
  if (at !== null && !at.ok) {
    context.giveUp(place, at.message);
    return;
  }
  const caller: Caller = { context, place, client, at: at?.value[0] ?? null };
  const { operation } = invoke;
  switch (operation.kind) {
    case "watch":
      openWatch(context, place, client, operation, caller.at);
      return;
    case "unwatch":
      unwatch(context, place, operation.handle);
      return;
    case "progress":
      askProgress(context, place, operation.handle);
      return;
    case "observe": {
      const observation = { values: [], stopped: false };
      context.scope.handles.set(operation.handle, { kind: "observation", observation });
      context.spawn("observe", observe(caller, operation.name, observation), true);
      context.report(place, true, t("{0} observes {1}", operation.handle, operation.name));
      return;
    }
    case "lease-stop": {
      const lease = leaseOfOperation(context, operation);
      if (lease !== null) stopRenewing(lease);
      context.report(
        place,
        lease !== null,
        lease === null ? t("{0} is no lease", operation.lease) : t("renewed no more"),
      );
      return;
    }
    case "lock":
    case "unlock":
    case "campaign":
    case "proclaim":
    case "resign":
    case "elected":
      yield* recipeStep(caller, operation, invoke);
      return;
    default:
      yield* requestStep(caller, operation, invoke, bind);
  }
}

function* requestStep(caller: Caller, operation: RequestOperation, invoke: Invoke, bind: string | null): Script {
  const { context, place, client } = caller;
  const body = requestOf(context.names(), operation);
  if (!body.ok) {
    context.report(place, false, body.message);
    return;
  }
  const called = begin(caller, body.value);
  if (!called.ok) {
    const answer = notMade(called.message);
    const isExpected = invoke.expected !== null && meets(context.names(), answer, invoke.expected);
    context.report(place, isExpected, called.message, null, { answer });
    return;
  }
  const { record } = called;
  const lease =
    operation.kind === "lease-grant"
      ? bindLease(context, operation.lease, client)
      : leaseOfOperation(context, operation);
  const asked = askedBy(operation);
  if (invoke.handle !== null)
    context.scope.handles.set(invoke.handle, { kind: "operation", number: record.number, asked });
  const keep = operation.kind === "lease-keepalive" && operation.every !== null ? operation.every : null;
  const told = lease === null || operation.kind === "put" ? null : lease;
  if (invoke.async) {
    if (told !== null)
      context.spawn(
        "lease",
        learnLater(record, () => learn(told, record)),
        true,
      );
    return;
  }
  yield* outcomeOf(record);
  if (told !== null) {
    learn(told, record);
    if (operation.kind === "lease-revoke") stopRenewing(told);
    if (keep !== null && !told.gone) renewInBackground(context, place, told, keep);
  }
  const answer = answerOf(record.outcome, asked);
  if (bind !== null) bindResult(context, bind, answer);
  reportAnswer(context, place, operationText(record.body), answer, invoke.expected, record);
}

function* learnLater(record: OperationRecord, then: () => void): Script {
  yield* outcomeOf(record);
  then();
}

/** Locks and elections: as one step that waits, or as one that goes on beside the others. */
function* recipeStep(caller: Caller, operation: Recipe, invoke: Invoke): Script {
  const { context, place } = caller;
  const started = startRecipe(caller, operation, invoke.async);
  if (typeof started === "string") {
    context.report(place, false, started);
    return;
  }
  if (!invoke.async) {
    const answer = yield* started;
    reportAnswer(context, place, recipeText(operation), answer, invoke.expected, null);
    return;
  }
  const pending: { answer: Answer | null } = { answer: null };
  const script = (function* (): Script {
    pending.answer = yield* started;
  })();
  const task = context.spawn(operation.kind, script, true);
  const name = invoke.handle ?? ("handle" in operation ? operation.handle : "");
  const handle = context.scope.handles.get(name);
  if (handle?.kind === "owned")
    handle.owned.pending = { task, text: recipeText(operation), answer: () => pending.answer };
}

/** The requests that an operation takes, or why it cannot begin. */
function startRecipe(caller: Caller, operation: Recipe, async: boolean): Part<Answer> | string {
  const { context, client } = caller;
  const { world, scope } = context;
  const limit = (within: number | null): number | null => {
    if (within === null && async) return null;
    return world.nowUs + (within ?? world.config.clientTimeout);
  };
  switch (operation.kind) {
    case "lock": {
      const owned = newOwnership(client, operation.name);
      scope.handles.set(operation.handle, { kind: "owned", owned });
      return lock(caller, operation, owned, limit(operation.within));
    }
    case "campaign": {
      const value = textOf(context.names(), operation.value);
      if (!value.ok) return value.message;
      const owned = newOwnership(client, operation.name);
      scope.handles.set(operation.handle, { kind: "owned", owned });
      return campaign(caller, operation, value.value, owned, limit(operation.within));
    }
    case "elected":
      return elected(caller, operation.name);
    case "unlock":
    case "resign":
    case "proclaim": {
      const handle = scope.handles.get(operation.handle);
      if (handle?.kind !== "owned") return t("{0} is no lock and no election", operation.handle);
      const { owned } = handle;
      const mine = { ...caller, client: owned.client };
      if (operation.kind === "unlock") return unlock(mine, owned);
      if (operation.kind === "resign") return resign(mine, owned);
      const value = textOf(context.names(), operation.value);
      return value.ok ? proclaim(mine, owned, value.value) : value.message;
    }
  }
}

function recipeText(operation: Recipe): string {
  switch (operation.kind) {
    case "lock":
    case "campaign":
    case "elected":
      return `${operation.kind} ${operation.name}`;
    default:
      return `${operation.kind} ${operation.handle}`;
  }
}

function* awaitHandle(context: RunContext, place: StepPlace, step: ClientStep & { kind: "await-handle" }): Script {
  const handle = context.scope.handles.get(step.handle);
  const deadlineUs = step.within === null ? null : context.world.nowUs + step.within;
  if (handle?.kind === "operation") {
    const record = context.recording.history.operation(handle.number);
    if (record === undefined) throw new Error(`operation ${handle.number} is not in the history`);
    const came = yield { kind: "condition", test: () => record.outcome !== null, deadlineUs };
    const text = operationText(record.body);
    if (came) reportAnswer(context, place, text, answerOf(record.outcome, handle.asked), step.expected, record);
    else context.giveUp(place, noAnswerText(step.handle, text, step.within));
    return;
  }
  const pending = handle?.kind === "owned" ? handle.owned.pending : null;
  if (pending !== null && pending !== undefined) {
    const came = yield { kind: "condition", test: () => pending.task.done, deadlineUs };
    const answer = pending.answer() ?? plainAnswer({ text: t("no answer") });
    if (came) reportAnswer(context, place, pending.text, answer, step.expected, null);
    else context.giveUp(place, stillWaitsText(step.handle, pending.text, step.within));
    return;
  }
  if (handle?.kind === "task") {
    const { task } = handle;
    const came = yield { kind: "condition", test: () => task.done, deadlineUs };
    if (came) context.report(place, true, t("{0} ended", step.handle));
    else context.giveUp(place, notEndedText(step.handle, step.within));
    return;
  }
  context.report(place, false, t("{0} stands for nothing that can be awaited", step.handle));
}

/** What the step wants to be told besides whether it was carried out. */
function askedBy(operation: RequestOperation): Asked {
  switch (operation.kind) {
    case "put":
    case "delete":
      return { previous: operation.prevKv, keys: false };
    case "get":
      return { previous: false, keys: operation.keysOnly };
    case "lease-ttl":
      return { previous: false, keys: operation.keys };
    default:
      return PLAIN;
  }
}

function reportAnswer(
  context: RunContext,
  place: StepPlace,
  what: string,
  answer: Answer,
  expected: ExpectedResult | null,
  record: OperationRecord | null,
): void {
  const ok = meets(context.names(), answer, expected);
  const cause = record === null ? null : record.returnEvent;
  if (ok) {
    context.report(place, true, answer.text, cause, { answer });
    return;
  }
  const difference = { expected: expectedText(context.names(), expected), actual: answer.text };
  context.report(place, false, refutedText(context, what, answer, expected, record), cause, { difference, answer });
}

function bindResult(context: RunContext, name: string, { values, number }: Answer): void {
  const value = values.length > 1 ? values : (values[0] ?? (number === 0 ? null : number));
  context.scope.bindings.set(name, { kind: "value", value });
}
