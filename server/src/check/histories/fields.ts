/** Reading what somebody else wrote: JSON values, field by field. The first thing that is wrong is kept; what follows is a default. */
import type { HistoryProblem } from "./history.js";
import { named, quoted } from "./printable.js";

/** What was found wrong while reading. */
export class Problems {
  #first: HistoryProblem | null = null;

  /** The first one that was reported. */
  get first(): HistoryProblem | null {
    return this.#first;
  }

  /** Reports that something is wrong. */
  report(place: string, message: string): void {
    this.#first ??= { place, message };
  }
}

/** Whether a JSON value is an object. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value for people, shortened. */
export function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "an object";
  return typeof value === "string" ? quoted(value) : String(value);
}

/** The fields of one object. */
export class Fields {
  readonly place: string;
  readonly problems: Problems;
  readonly #record: Readonly<Record<string, unknown>>;
  readonly #known = new Set<string>();

  constructor(value: unknown, place: string, problems: Problems) {
    this.place = place;
    this.problems = problems;
    if (!isRecord(value)) problems.report(place, `an object is expected here, not ${shown(value)}.`);
    this.#record = isRecord(value) ? value : {};
  }

  /** The field's value as it is; `undefined` where it is absent. */
  raw(name: string): unknown {
    this.#known.add(name);
    return Object.hasOwn(this.#record, name) ? this.#record[name] : undefined;
  }

  /** Where a field stands. */
  at(name: string): string {
    return this.place === "" ? name : `${this.place}.${name}`;
  }

  /** Reports that a field is not what it should be. */
  wrong(name: string, expected: string): void {
    this.problems.report(this.at(name), `${expected} is expected here, not ${shown(this.raw(name))}.`);
  }

  /** A text; `otherwise` where the field is absent, and without it a problem. */
  text(name: string, otherwise?: string): string {
    const value = this.raw(name) ?? otherwise;
    if (typeof value !== "string") this.wrong(name, "a text");
    return typeof value === "string" ? value : "";
  }

  /** A whole number that JSON keeps exactly. */
  integer(name: string, otherwise?: number): number {
    const value = this.raw(name) ?? otherwise;
    if (typeof value === "number" && Number.isSafeInteger(value)) return value;
    this.wrong(name, "a whole number");
    return 0;
  }

  /** `true` or `false`. */
  flag(name: string, otherwise?: boolean): boolean {
    const value = this.raw(name) ?? otherwise;
    if (typeof value !== "boolean") this.wrong(name, "true or false");
    return value === true;
  }

  /** One of some words. */
  word<W extends string>(name: string, words: readonly W[], otherwise?: W): W | null {
    const value = this.raw(name) ?? otherwise;
    const found = words.find((word) => word === value) ?? null;
    if (found === null)
      this.wrong(
        name,
        words
          .map((word) => `"${word}"`)
          .join(", ")
          .replace(/, ([^,]*)$/, " or $1"),
      );
    return found;
  }

  /** The elements of a list, each with its place. */
  list(name: string, otherwise?: readonly unknown[]): { readonly value: unknown; readonly place: string }[] {
    const value = this.raw(name) ?? otherwise;
    if (!Array.isArray(value)) this.wrong(name, "a list");
    return Array.isArray(value)
      ? value.map((element: unknown, at) => ({ value: element, place: `${this.at(name)}[${at}]` }))
      : [];
  }

  /** Reports a field that was not asked for: a slip of the pen would otherwise change a verdict. */
  done(): void {
    const strange = Object.keys(this.#record).find((name) => !this.#known.has(name));
    if (strange === undefined) return;
    const known = [...this.#known].join(", ");
    this.problems.report(this.at(named(strange)), `there is no such field here. The fields are ${known}.`);
  }
}

/** The fields that are present, for types whose optional fields may not be `undefined`. */
export function present<T extends object>(fields: { readonly [K in keyof T]: T[K] | undefined }): Partial<T>;
export function present(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
