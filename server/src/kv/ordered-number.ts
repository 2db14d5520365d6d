/** Hexadecimal digits of 2^56, above all that is encoded here. */
const DIGITS = 14;

/** Makes times before 0 and 0 itself positive. */
const TIME_OFFSET = 2 ** 52;

/** A lease's id, from 0 on, as text of one length whose order is the ids'. */
export function orderedId(id: number): string {
  return id.toString(16).padStart(DIGITS, "0");
}

/** A time in µs, rounded down, as text of one length whose order is the times'. */
export function orderedTime(timeUs: number): string {
  return (Math.floor(timeUs) + TIME_OFFSET).toString(16).padStart(DIGITS, "0");
}
