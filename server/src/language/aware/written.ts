/** What a scenario can write to its store at all: the values each key may ever have. */

import { t } from "../../l10n/text.js";
import type { Reporter } from "../diagnostics/definition.js";
import { NEVER_HOLDS } from "../diagnostics/never-holds.js";
import { nearest } from "../diagnostics/suggest.js";
import type { Operand, Operation, QuickFix, Scenario, Span, Step, TxnOperation } from "../program.js";

/** A value that something is expected to have, where it stands. */
export interface Wanted {
  readonly value: string;
  readonly span: Span;
}

/** The values that are written somewhere in a scenario. */
export class Written {
  /** `null`: any value. */
  readonly #values = new Map<string, Set<string> | null>();
  /** Keys with these beginnings are written with any value. */
  readonly #prefixes: string[] = [];

  constructor(scenario: Scenario) {
    for (const { log } of scenario.given) {
      for (const { put } of log) if (put !== null) this.#add(put.key, put.value);
    }
    this.#steps(scenario.steps);
  }

  /**
   * Why a key never has any of these values, or `null` when it may.
   *
   * @param keySpan where the key stands, for a fix; `null` when that is not known
   */
  tellIfNever(
    key: string,
    wanted: readonly Wanted[],
    span: Span,
    keySpan: Span | null,
  ): ((reporter: Reporter) => void) | null {
    // Where nothing is written at all there may be more to come, and the read shows what the store begins with.
    if (this.#values.size === 0 || wanted.length === 0 || wanted.some(({ value }) => this.#mayBe(key, value)))
      return null;
    const known = this.#values.get(key);
    const [first] = wanted;
    if (first === undefined) return null;
    if (known === undefined || known === null) {
      const meant = nearest(key, this.#values.keys());
      const fixes: QuickFix[] =
        meant === undefined || keySpan === null
          ? []
          : [{ title: changeTo(meant), edits: [{ span: keySpan, newText: meant }] }];
      return (reporter) => reporter.report(NEVER_HOLDS.neverWritten, span, [key, null], { fixes });
    }
    const meant = nearest(first.value, known) ?? (known.size === 1 ? [...known][0] : undefined);
    const quoted = meant === undefined ? null : JSON.stringify(meant);
    const fixes: QuickFix[] =
      quoted === null ? [] : [{ title: changeTo(quoted), edits: [{ span: first.span, newText: quoted }] }];
    return (reporter) => reporter.report(NEVER_HOLDS.neverWritten, span, [key, JSON.stringify(first.value)], { fixes });
  }

  #mayBe(key: string, value: string): boolean {
    if (this.#prefixes.some((prefix) => key.startsWith(prefix))) return true;
    const values = this.#values.get(key);
    return values === null || values?.has(value) === true;
  }

  #add(key: string, value: string | null): void {
    const values = this.#values.get(key);
    if (value === null || values === null) this.#values.set(key, null);
    else if (values === undefined) this.#values.set(key, new Set([value]));
    else values.add(value);
  }

  #steps(steps: readonly Step[]): void {
    for (const step of steps) {
      switch (step.kind) {
        case "repeat":
        case "every":
        case "async":
        case "until":
          this.#steps(step.body);
          break;
        case "nemesis":
          this.#steps(step.nemesis.actions);
          break;
        case "workload":
          for (const key of step.workload.keys) this.#add(key, null);
          break;
        case "invoke":
        case "let-operation":
          this.#operation(step.invoke.operation);
          break;
        default:
      }
    }
  }

  #operation(operation: Operation | TxnOperation): void {
    switch (operation.kind) {
      case "put":
        // Without a value the key keeps the one it has.
        if (operation.value !== null) this.#add(operation.key, literal(operation.value));
        break;
      case "cas":
        this.#add(operation.key, literal(operation.value));
        break;
      case "txn":
        for (const each of [...operation.success, ...operation.failure]) this.#operation(each);
        break;
      case "lock":
      case "campaign":
        this.#prefixes.push(`${operation.name}/`);
        break;
      default:
    }
  }
}

function changeTo(text: string): string {
  return t("Change to `{0}`", text);
}

function literal(operand: Operand): string | null {
  if (operand.kind === "string") return operand.value;
  return operand.kind === "number" ? String(operand.value) : null;
}
