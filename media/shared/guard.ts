/**
 * Type guards put together from small ones, for everything that arrives by postMessage. They copy nothing, so
 * checking a view of some thousand numbers costs a fraction of a millisecond.
 */

/** Tells whether a value is a `T`. */
export type Guard<T> = (value: unknown) => value is T;

/** An object that is not an array. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Any text. */
export const isString: Guard<string> = (value): value is string => typeof value === "string";

/** A finite number. */
export const isNumber: Guard<number> = (value): value is number => typeof value === "number" && Number.isFinite(value);

/** `true` or `false`. */
export const isBoolean: Guard<boolean> = (value): value is boolean => typeof value === "boolean";

/** Anything: for what is handed on unread. */
export const isUnknown: Guard<unknown> = (_value): _value is unknown => true;

/** One of the given constants. */
export function literal<const T extends string | number | boolean>(...values: readonly T[]): Guard<T> {
  return (value): value is T => values.some((each) => each === value);
}

/** A `T` or `null`. */
export function nullable<T>(guard: Guard<T>): Guard<T | null> {
  return (value): value is T | null => value === null || guard(value);
}

/** An array of `T`. */
export function arrayOf<T>(guard: Guard<T>): Guard<readonly T[]> {
  return (value): value is readonly T[] => Array.isArray(value) && value.every((each) => guard(each));
}

/** An object with at least these members; more are let through, so that either side may be the newer one. */
export function object<T>(members: { readonly [K in keyof T]-?: Guard<T[K]> }): Guard<T> {
  return (value): value is T => {
    if (!isRecord(value)) return false;
    for (const name in members) {
      if (!members[name](value[name])) return false;
    }
    return true;
  };
}

/** One of several shapes. */
export function union<T extends readonly unknown[]>(
  ...guards: { readonly [K in keyof T]: Guard<T[K]> }
): Guard<T[number]> {
  return (value): value is T[number] => guards.some((guard) => guard(value));
}
