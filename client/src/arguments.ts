/**
 * Arguments of commands. They come from lenses, menus, key bindings, tests and other extensions: anything may
 * arrive, so each member is read by its expected type and is otherwise as if it had not been given.
 */

/** The members of an argument; empty when it is no object. */
export type Members = Readonly<Record<string, unknown>>;

/** An unknown value's members. */
export function members(value: unknown): Members {
  // Every non-null object can be read by string keys; what comes out stays unknown.
  return typeof value === "object" && value !== null ? (value as Members) : {};
}

/** A member that is a text. */
export function text(from: Members, name: string): string | undefined {
  const value = from[name];
  return typeof value === "string" ? value : undefined;
}

/** A member that is a whole number, 0 or more. */
export function count(from: Members, name: string): number | undefined {
  const value = from[name];
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

/** A member that is true or false. */
export function flag(from: Members, name: string): boolean | undefined {
  const value = from[name];
  return typeof value === "boolean" ? value : undefined;
}

/** A member that is a list of texts. */
export function texts(from: Members, name: string): readonly string[] | undefined {
  const value = from[name];
  if (!Array.isArray(value)) return undefined;
  const list: unknown[] = value;
  return list.every((item): item is string => typeof item === "string") ? list : undefined;
}

/** A member that is a list of lists of texts. */
export function groups(from: Members, name: string): readonly (readonly string[])[] | undefined {
  const value = from[name];
  if (!Array.isArray(value)) return undefined;
  const lists: unknown[] = value;
  const read = lists.map((list) =>
    Array.isArray(list) ? list.filter((item): item is string => typeof item === "string") : [],
  );
  return read.every((list) => list.length > 0) ? read : undefined;
}
