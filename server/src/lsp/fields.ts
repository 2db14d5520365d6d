/**
 * Checks data that came from outside. A reader asks for one field after the other and gets values of the right
 * type; whatever was wrong is collected and turned into one message that names the field, what it must be and
 * what it was.
 */

import { t } from "../l10n/text.js";
import { anyOf } from "../language/diagnostics/words.js";

/** A checked value, or what is wrong with it. */
export type Checked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

/** Reads `value` as an object by asking `read` for its fields. */
export function checkFields<T>(what: string, value: unknown, read: (fields: Fields) => T): Checked<T> {
  const problems: string[] = [];
  const result = read(new Fields(value, "", problems));
  if (problems.length > 0) return { ok: false, message: `${what}: ${problems.join("; ")}.` };
  return { ok: true, value: result };
}

/** The fields of one object. After a problem the values handed out are placeholders that nobody will see. */
export class Fields {
  readonly #object: object | null;
  readonly #path: string;
  readonly #problems: string[];

  constructor(value: unknown, path: string, problems: string[]) {
    this.#path = path;
    this.#problems = problems;
    this.#object = typeof value === "object" && value !== null && !Array.isArray(value) ? value : null;
    if (this.#object === null) {
      const what = path === "" ? t("the parameters") : quote(path);
      problems.push(t("{0} must be {1}, not {2}", what, t("an object"), describe(value)));
    }
  }

  #get(name: string): unknown {
    // Own properties only, so that `constructor` or `toString` are not taken for fields.
    if (this.#object === null || !Object.hasOwn(this.#object, name)) return undefined;
    return Reflect.get(this.#object, name);
  }

  #name(name: string): string {
    return this.#path === "" ? name : `${this.#path}.${name}`;
  }

  #problem(name: string, expected: string, value: unknown): void {
    if (this.#object === null) return;
    this.#problems.push(t("{0} must be {1}, not {2}", quote(this.#name(name)), expected, describe(value)));
  }

  /** A text. */
  string(name: string): string {
    const value = this.#get(name);
    if (typeof value === "string") return value;
    this.#problem(name, t("text"), value);
    return "";
  }

  /** A text that may be missing. */
  optionalString(name: string): string | undefined {
    return this.has(name) ? this.string(name) : undefined;
  }

  /** A text, or `null`. */
  stringOrNull(name: string): string | null {
    return this.#get(name) === null ? null : this.string(name);
  }

  /** An integer no smaller than `minimum`. */
  integer(name: string, minimum: number): number {
    const value = this.#get(name);
    if (typeof value === "number" && Number.isSafeInteger(value) && value >= minimum) return value;
    this.#problem(
      name,
      minimum === Number.MIN_SAFE_INTEGER ? t("an integer") : t("an integer from {0} on", minimum),
      value,
    );
    return Math.max(minimum, 0);
  }

  /** An integer no smaller than `minimum`, which may be missing. */
  optionalInteger(name: string, minimum: number): number | undefined {
    return this.has(name) ? this.integer(name, minimum) : undefined;
  }

  /** An integer no smaller than `minimum`, or `null`. */
  integerOrNull(name: string, minimum: number): number | null {
    return this.#get(name) === null ? null : this.integer(name, minimum);
  }

  /** A number above 0, or `null`. */
  positiveOrNull(name: string): number | null {
    const value = this.#get(name);
    if (value === null) return null;
    if (typeof value === "number" && Number.isFinite(value) && value > 0) return value;
    this.#problem(name, t("a number above 0 or `null`"), value);
    return 1;
  }

  /** A truth value that may be missing. */
  optionalBoolean(name: string): boolean | undefined {
    const value = this.#get(name);
    if (value === undefined || typeof value === "boolean") return value;
    this.#problem(name, t("`true` or `false`"), value);
    return undefined;
  }

  /** A text or an integer that may be missing: a progress token. */
  optionalToken(name: string): string | number | undefined {
    const value = this.#get(name);
    if (value === undefined || typeof value === "string") return value;
    return this.integer(name, Number.MIN_SAFE_INTEGER);
  }

  /** A list of texts that may be missing. */
  optionalStrings(name: string): readonly string[] | undefined {
    const value = this.#get(name);
    if (value === undefined) return undefined;
    if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value;
    this.#problem(name, t("a list of texts"), value);
    return undefined;
  }

  /** A list of integers no smaller than `minimum`, which may be missing. */
  optionalIntegers(name: string, minimum: number): readonly number[] | undefined {
    const value = this.#get(name);
    if (value === undefined) return undefined;
    if (Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= minimum)) return value;
    this.#problem(name, `a list of integers from ${minimum} on`, value);
    return undefined;
  }

  /** One of a few words. */
  oneOf<const T extends string>(name: string, words: readonly [T, ...T[]]): T {
    const value = this.#get(name);
    const found = words.find((word) => word === value);
    if (found !== undefined) return found;
    this.#problem(name, anyOf(words.map(quote)), value);
    return words[0];
  }

  /** An object inside this one. */
  object<T>(name: string, read: (fields: Fields) => T): T {
    return read(new Fields(this.#get(name), this.#name(name), this.#object === null ? [] : this.#problems));
  }

  /** An object inside this one that may be missing. */
  optionalObject<T>(name: string, read: (fields: Fields) => T): T | undefined {
    return this.has(name) ? this.object(name, read) : undefined;
  }

  /** Whether the field is there, with whatever value. */
  has(name: string): boolean {
    return this.#get(name) !== undefined;
  }
}

/** The value as an object's member when it is there, nothing otherwise: for optional members. */
export function given<K extends string, T>(name: K, value: T | undefined): { readonly [P in K]?: T } {
  const result: { [P in K]?: T } = {};
  if (value !== undefined) result[name] = value;
  return result;
}

function quote(text: string): string {
  return `"${text}"`;
}

function describe(value: unknown): string {
  if (value === undefined) return t("missing");
  if (value === null) return "null";
  if (Array.isArray(value)) return t("a list");
  if (typeof value === "object") return t("an object");
  const text = typeof value === "string" ? quote(value) : String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
