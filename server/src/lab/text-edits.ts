/** What differs between two texts of one scenario. */
import type { Scenario } from "../language/program.js";
import { TextLines } from "../language/text-lines.js";
import type { TextEdit } from "../protocol/comparison.js";

/** A line that says something. */
interface Line {
  readonly line: number;
  readonly text: string;
  /** Without what says nothing: white space at its ends, a comment. */
  readonly words: string;
}

/** Beyond so many pairs of lines the middle of two texts counts as rewritten. */
const PAIRS = 4_000_000;

/** Which lines of one text are which of the other. */
export interface TextEdits {
  readonly edits: readonly TextEdit[];
  /** The line of the left text that a line of the right one was; `null` for one that is new there. */
  leftLine(line: number): number | null;
}

/** Compares two texts; `others` of each: the scenarios that are not meant, whose lines do not count. */
export function textEdits(
  left: { readonly text: string; readonly others: readonly Scenario[] },
  right: { readonly text: string; readonly others: readonly Scenario[] },
): TextEdits {
  const [a, b] = [linesOf(left.text, left.others), linesOf(right.text, right.others)];
  const pairs = alignment(
    a.map(({ words }) => words),
    b.map(({ words }) => words),
  );
  const [ofLeft, ofRight] = [new Set(pairs.map(([x]) => x)), new Set(pairs.map(([, y]) => y))];
  const leftLines = new Map(pairs.map(([x, y]) => [b[y]?.line ?? 0, a[x]?.line ?? 0]));
  const edit = (side: TextEdit["side"], { line, text }: Line): TextEdit => ({ side, line, text });
  const edits = [
    ...a.flatMap((line, at) => (ofLeft.has(at) ? [] : [{ at: placeIn(pairs, at, 0), edit: edit("left", line) }])),
    ...b.flatMap((line, at) => (ofRight.has(at) ? [] : [{ at: placeIn(pairs, at, 1), edit: edit("right", line) }])),
  ];
  return {
    edits: edits.sort((x, y) => x.at - y.at).map((each) => each.edit),
    leftLine: (line) => leftLines.get(line) ?? null,
  };
}

/** After how many common lines a line stands. */
function placeIn(pairs: readonly (readonly [number, number])[], at: number, of: 0 | 1): number {
  let low = 0;
  let high = pairs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((pairs[middle]?.[of] ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

function linesOf(text: string, others: readonly Scenario[]): readonly Line[] {
  const places = new TextLines(text);
  const left = others.map(({ span }) => [places.lineOf(span.start), places.lineOf(Math.max(span.start, span.end - 1))]);
  return text.split(/\r\n|\r|\n/).flatMap((whole, at) => {
    const line = at + 1;
    if (left.some(([from = 0, to = 0]) => line >= from && line <= to)) return [];
    const words = withoutComment(whole).trim().replace(/\s+/g, " ");
    return words === "" ? [] : [{ line, text: whole.trim(), words }];
  });
}

/** A `#` outside of a text in quotes begins a comment. */
function withoutComment(line: string): string {
  const found = /^(?:[^"#]|"(?:[^"\\]|\\.)*"?)*/.exec(line);
  return found?.[0] ?? line;
}

/** The longest common subsequence of two lists, as pairs of positions, ascending. */
function alignment(a: readonly string[], b: readonly string[]): readonly (readonly [number, number])[] {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  const head = Array.from({ length: start }, (_, at) => [at, at] as const);
  const tail = Array.from({ length: end }, (_, at) => [a.length - end + at, b.length - end + at] as const);
  const middle = common(a.slice(start, a.length - end), b.slice(start, b.length - end));
  return [...head, ...middle.map(([x, y]) => [x + start, y + start] as const), ...tail];
}

function common(a: readonly string[], b: readonly string[]): readonly (readonly [number, number])[] {
  if (a.length * b.length > PAIRS) return [];
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  for (let x = a.length - 1; x >= 0; x -= 1) {
    for (let y = b.length - 1; y >= 0; y -= 1) {
      const [skipped, other] = [lengths[(x + 1) * width + y] ?? 0, lengths[x * width + y + 1] ?? 0];
      lengths[x * width + y] = a[x] === b[y] ? (lengths[(x + 1) * width + y + 1] ?? 0) + 1 : Math.max(skipped, other);
    }
  }
  const pairs: (readonly [number, number])[] = [];
  for (let [x, y] = [0, 0]; x < a.length && y < b.length; ) {
    if (a[x] === b[y]) pairs.push([x++, y++]);
    else if ((lengths[(x + 1) * width + y] ?? 0) >= (lengths[x * width + y + 1] ?? 0)) x += 1;
    else y += 1;
  }
  return pairs;
}
