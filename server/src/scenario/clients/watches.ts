import { rangeText } from "../../kv/request-text.js";
import { t } from "../../l10n/text.js";
import type { ExpectedWatchEvent, Operation, Step } from "../../language/program.js";
import type { ReceivedEvent, WatchRecord } from "../../sim/history.js";
import { changeText } from "../../trace/operation-text.js";
import type { RunContext, StepPlace } from "../context.js";
import { evaluateOne } from "../operands.js";
import type { Script } from "../task.js";
import { sameValue, showValue } from "../values.js";
import { rangeOf } from "./requests.js";

type OpenWatch = Extract<Operation, { readonly kind: "watch" }>;
type WatchExpectation = Extract<
  Step,
  { readonly kind: "expect-watch" | "expect-canceled" | "expect-progress" | "expect-observed" }
>;

/** Opens a watch; it does not wait for the server's word. */
export function openWatch(
  context: RunContext,
  place: StepPlace,
  client: number,
  operation: OpenWatch,
  at: number | null,
): void {
  const { handle: name, keys, fromRev, prevKv, without, progress, fragment, requireLeader } = operation;
  const range = rangeOf(keys);
  const { number, refused } = context.act(place, {
    kind: "watch",
    client,
    name,
    options: {
      ...range,
      startRevision: fromRev ?? 0,
      prevKv,
      without,
      progressNotify: progress,
      fragment,
      requireLeader,
    },
    at,
  });
  if (refused !== null) {
    context.report(place, false, refused);
    return;
  }
  context.scope.handles.set(name, { kind: "watch", number, client });
  context.report(place, true, t("{0} watches {1}", name, rangeText(range)));
}

/** Ends a watch, or what `observe` began. */
export function unwatch(context: RunContext, place: StepPlace, name: string): void {
  const handle = context.scope.handles.get(name);
  if (handle?.kind === "observation") {
    handle.observation.stopped = true;
    context.report(place, true, t("{0} ended", name));
    return;
  }
  if (handle?.kind !== "watch") {
    context.report(place, false, t("{0} is no watch", name));
    return;
  }
  context.act(place, { kind: "unwatch", client: handle.client, watch: handle.number });
  context.report(place, true, t("{0} ended", name));
}

/** Asks how far a watch's stream has come. */
export function askProgress(context: RunContext, place: StepPlace, name: string): void {
  const handle = context.scope.handles.get(name);
  if (handle?.kind !== "watch") {
    context.report(place, false, t("{0} is no watch", name));
    return;
  }
  const { refused } = context.act(place, { kind: "watch-progress", client: handle.client, watch: handle.number });
  context.report(place, refused === null, refused ?? t("{0} asks for its progress", name));
}

/** Checks what a watch, or an observation, was told. */
export function* expectOfWatch(context: RunContext, place: StepPlace, step: WatchExpectation): Script {
  const handle = context.scope.handles.get(step.handle);
  if (step.kind === "expect-observed") {
    if (handle?.kind !== "observation") {
      context.report(place, false, t("{0} observes no election", step.handle));
      return;
    }
    const { values } = handle.observation;
    const seen = (): boolean =>
      values.length === step.values.length &&
      step.values.every((wanted, position) => {
        const value = evaluateOne(context.looking(), wanted);
        return value.ok && sameValue(value.value, values[position] ?? null);
      });
    const text = (): string => t("{0} saw {1}", step.handle, showValue(context.world, values));
    yield* report(context, place, step.within, seen, text, () => {
      const wanted = step.values.map((each) => context.text(each.span)).join(" ");
      return t("expected {0} to have seen [{1}]", step.handle, wanted);
    });
    return;
  }
  const watch = handle?.kind === "watch" ? context.recording.history.watch(handle.number) : undefined;
  if (watch === undefined) {
    context.report(place, false, t("{0} is no watch", step.handle));
    return;
  }
  switch (step.kind) {
    case "expect-watch": {
      const seen = (): boolean =>
        watch.received.length === step.events.length &&
        step.events.every((wanted, position) => isEvent(watch.received[position], wanted));
      yield* report(
        context,
        place,
        step.within,
        seen,
        () => sawText(step.handle, watch),
        () => {
          const wanted = step.events.map((event) => context.text(event.span)).join(", ");
          return t("expected {0} to have seen [{1}]", step.handle, wanted);
        },
      );
      return;
    }
    case "expect-canceled": {
      const { error } = step;
      const seen = (): boolean => watch.cancelled && (error === null || watch.cancellation?.error === error);
      const text = (): string => canceledText(step.handle, watch);
      const wanted =
        error === null
          ? t("expected {0} to be canceled", step.handle)
          : t("expected {0} to be canceled with error {1}", step.handle, error);
      yield* report(context, place, step.within, seen, text, () => wanted);
      return;
    }
    case "expect-progress": {
      const { rev } = step;
      const seen = (): boolean => watch.progress.some(({ revision }) => rev === null || revision === rev);
      const text = (): string => {
        const last = watch.progress.at(-1);
        return last === undefined
          ? t("{0} was told of no progress", step.handle)
          : t("{0} has everything up to revision {1}", step.handle, last.revision);
      };
      const wanted =
        rev === null
          ? t("expected {0} to be told of its progress", step.handle)
          : t("expected {0} to be told of its progress to revision {1}", step.handle, rev);
      yield* report(context, place, step.within, seen, text, () => wanted);
      return;
    }
  }
}

function* report(
  context: RunContext,
  place: StepPlace,
  within: number | null,
  test: () => boolean,
  found: () => string,
  wanted: () => string,
): Script {
  const came = within === null ? test() : yield { kind: "condition", test, deadlineUs: context.world.nowUs + within };
  context.report(place, came, came ? found() : t("{0}, but {1}", wanted(), found()));
}

function isEvent(received: ReceivedEvent | undefined, wanted: ExpectedWatchEvent): boolean {
  const event = received?.event;
  if (event === undefined || event.type !== wanted.type || event.kv.key !== wanted.key) return false;
  if (wanted.value !== null && event.kv.value !== wanted.value) return false;
  if (wanted.prev !== null && event.previous?.value !== wanted.prev) return false;
  return wanted.rev === null || event.kv.modRevision === wanted.rev;
}

function sawText(name: string, { received, cancellation }: WatchRecord): string {
  const error = cancellation?.error ?? null;
  const changes = received.map(({ event }) => changeText(event)).join(", ");
  return error === null
    ? t("{0} saw [{1}]", name, changes)
    : t("{0} saw [{1}], then ended with error {2}", name, changes, error);
}

function canceledText(name: string, { cancellation }: WatchRecord): string {
  if (cancellation === null) return t("{0} goes on", name);
  const { error, compactRevision } = cancellation;
  if (error === null) return t("{0} was canceled", name);
  return compactRevision > 0
    ? t("{0} was canceled with error {1}: compacted at revision {2}", name, error, compactRevision)
    : t("{0} was canceled with error {1}", name, error);
}
