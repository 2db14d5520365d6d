import { InputError } from "./exit-codes.js";

const UNITS: ReadonlyMap<string, number> = new Map([
  ["us", 1],
  ["ms", 1000],
  ["s", 1_000_000],
  ["min", 60_000_000],
]);

/** Reads an instant or duration as scenarios write it; microseconds. */
export function parseDuration(text: string, option: string): number {
  const match = /^(\d+(?:\.\d+)?)(us|ms|s|min)$/.exec(text);
  const unit = UNITS.get(match?.[2] ?? "");
  const value = unit === undefined ? Number.NaN : Math.round(Number(match?.[1]) * unit);
  if (Number.isSafeInteger(value)) return value;
  throw new InputError(`${option} takes a time such as 250us, 5ms or 1.5s, not "${text}".`);
}
