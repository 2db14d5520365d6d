/** The filter of the history panel, kept as JSON. */
import type { HistoryFilter, OperationSort, OutcomeSort } from "../../protocol/history-view.js";
import { OUTCOMES, SORTS } from "./words.js";

/** A filter with all its parts; empty ones leave nothing out. */
export interface Filter {
  readonly clients: readonly string[];
  readonly sorts: readonly OperationSort[];
  readonly outcomes: readonly OutcomeSort[];
  readonly key: string;
}

/** Everything. */
export const NO_FILTER: Filter = { clients: [], sorts: [], outcomes: [], key: "" };

/** How many parts of a filter leave something out. */
export function filterCount({ clients, sorts, outcomes, key }: Filter): number {
  return [clients.length > 0, sorts.length > 0, outcomes.length > 0, key !== ""].filter(Boolean).length;
}

/** What to ask the server for. */
export function asked({ clients, sorts, outcomes, key }: Filter): HistoryFilter {
  return {
    ...(clients.length > 0 ? { clients } : {}),
    ...(sorts.length > 0 ? { sorts } : {}),
    ...(outcomes.length > 0 ? { outcomes } : {}),
    ...(key === "" ? {} : { key }),
  };
}

/** A list with a member put in or taken out; all of them are no list at all. */
export function toggled<T>(list: readonly T[], all: readonly T[], member: T): readonly T[] {
  const shown = list.length === 0 ? all : list;
  const next = all.filter((each) => (each === member ? !shown.includes(each) : shown.includes(each)));
  return next.length === all.length ? [] : next;
}

/** Reads a kept filter; what cannot be read leaves nothing out. */
export function readFilter(kept: unknown): Filter {
  if (typeof kept !== "object" || kept === null) return NO_FILTER;
  const part = (name: string): unknown => Reflect.get(kept, name);
  const texts = (value: unknown): string[] =>
    Array.isArray(value) ? value.filter((each): each is string => typeof each === "string") : [];
  const key = part("key");
  const [sorts, outcomes] = [texts(part("sorts")), texts(part("outcomes"))];
  return {
    clients: texts(part("clients")),
    sorts: SORTS.filter((sort) => sorts.includes(sort)),
    outcomes: OUTCOMES.filter((outcome) => outcomes.includes(outcome)),
    key: typeof key === "string" ? key : "",
  };
}
