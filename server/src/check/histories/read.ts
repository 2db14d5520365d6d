/** Reads a file of a recorded history, whichever of the formats it has. Nothing in it is trusted. */
import { readEvents } from "./events-format.js";
import { Fields, isRecord, Problems, shown } from "./fields.js";
import type { IndexEntry, ReadResult, RecordedHistory } from "./history.js";
import { firstWrong } from "./json-place.js";
import { FORMAT, readOperations } from "./operations-format.js";

/** Reads a history, or an index of histories, from a file's text. */
export function readHistory(text: string): ReadResult {
  if (text.trim() === "")
    return wrong("", "the file is empty. A history is JSON; docs/histories.md tells its formats.");
  const parsed = parse(text);
  if (parsed.kind === "value") return fromValue(parsed.value);
  return byLines(text) ?? wrong(placeOf(text, parsed.position), parsed.message);
}

function wrong(place: string, message: string): ReadResult {
  return { kind: "wrong", problem: { place, message } };
}

function fromValue(value: unknown): ReadResult {
  const problems = new Problems();
  if (!isRecord(value)) return wrong("", `a history is a JSON object, and this is ${shown(value)}.`);
  const fields = new Fields(value, "", problems);
  if (fields.raw("histories") !== undefined) return finished(problems, index(fields));
  if (fields.raw("events") !== undefined) return history(problems, readEvents(fields));
  if (fields.raw("format") !== undefined)
    return history(problems, readOperations(new Fields(value, "", problems), null));
  if (fields.raw("results") !== undefined && fields.raw("version") !== undefined) {
    return wrong(
      "",
      'this looks like the output of "raftlab run --json", whose operations are for people. The run has checked them already; docs/histories.md says how to write them as a history.',
    );
  }
  return wrong(
    "",
    `neither "format": "${FORMAT}" nor "events" nor "histories" is in it. docs/histories.md tells the formats.`,
  );
}

function history(problems: Problems, read: RecordedHistory): ReadResult {
  return finished(problems, { kind: "history", history: read });
}

function finished(problems: Problems, result: ReadResult): ReadResult {
  return problems.first === null ? result : { kind: "wrong", problem: problems.first };
}

function index(fields: Fields): ReadResult {
  const entries = fields.list("histories").map(({ value, place }): IndexEntry => {
    const entry = new Fields(value, place, fields.problems);
    const file = entry.text("file");
    // The list is somebody else's: it must not lead to other places of this machine.
    if (/^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)/.test(file))
      entry.wrong("file", "the name of a file beside the index");
    return { file, linearizable: entry.flag("linearizable") };
  });
  return { kind: "index", entries };
}

/** The format by lines: a header, then an operation in each line. `null` where the text is none. */
function byLines(text: string): ReadResult | null {
  const lines = text.split(/\r\n|\n|\r/);
  const first = parse(lines[0] ?? "");
  if (first.kind !== "value" || !isRecord(first.value) || !Object.hasOwn(first.value, "format")) return null;
  const problems = new Problems();
  const items: { readonly value: unknown; readonly place: string }[] = [];
  for (const [at, line] of lines.entries()) {
    if (at === 0 || line.trim() === "") continue;
    const parsed = parse(line);
    if (parsed.kind !== "value") return wrong(`line ${at + 1}, column ${parsed.position + 1}`, parsed.message);
    items.push({ value: parsed.value, place: `line ${at + 1}` });
  }
  return history(problems, readOperations(new Fields(first.value, "line 1", problems), items));
}

type Parsed =
  | { readonly kind: "value"; readonly value: unknown }
  | { readonly kind: "wrong"; readonly position: number; readonly message: string };

function parse(text: string): Parsed {
  try {
    return { kind: "value", value: JSON.parse(text) };
  } catch {
    const position = firstWrong(text);
    const found = [...text.slice(position, position + 2)][0];
    const message =
      found === undefined
        ? "the JSON ends too early. Is the file complete?"
        : `${shown(found)} cannot stand here: this is not JSON.`;
    return { kind: "wrong", position, message };
  }
}

function placeOf(text: string, position: number): string {
  const before = text.slice(0, position).split("\n");
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}
