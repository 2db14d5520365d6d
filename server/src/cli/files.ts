import { open, realpath, stat, writeFile } from "node:fs/promises";
import { InputError } from "./exit-codes.js";

/** What a file is taken for. None is longer than `most` bytes; what is, was given by mistake. */
interface Expected {
  readonly what: string;
  readonly most: number;
  readonly instead: string;
}

const SCENARIO: Expected = { what: "a scenario", most: 5_000_000, instead: "Name the .raftlab files in it." };
const HISTORY: Expected = { what: "a history", most: 20_000_000, instead: "Name the files of histories in it." };
/** Characters gathered before they are written. */
const CHUNK = 1 << 18;

/** Reads a scenario file. Rejects with an {@link InputError} that says what is wrong and what helps. */
export async function readScenarioFile(path: string): Promise<string> {
  return readText(path, SCENARIO);
}

/** Reads a file of a recorded history. Rejects with an {@link InputError} that says what is wrong and what helps. */
export async function readHistoryFile(path: string): Promise<string> {
  return readText(path, HISTORY);
}

async function readText(path: string, expected: Expected): Promise<string> {
  const bytes = await read(path, expected);
  if (bytes.includes(0)) throw new InputError(`${path} is a binary file, not ${expected.what}.`);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new InputError(`${path} is not UTF-8 text. Save it as UTF-8 and try again.`);
  }
}

/** Never more than the limit: the path may name a device that does not end. */
async function read(path: string, { what, most, instead }: Expected): Promise<Buffer> {
  try {
    if ((await stat(path)).isDirectory()) {
      throw new InputError(`${path} is a folder. ${instead}`);
    }
    const file = await open(path);
    try {
      const chunks: Buffer[] = [];
      let length = 0;
      for await (const chunk of file.createReadStream({ end: most })) {
        const bytes = Buffer.from(chunk);
        chunks.push(bytes);
        length += bytes.length;
      }
      if (length <= most) return Buffer.concat(chunks);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw error instanceof InputError ? error : new InputError(unreadable(path, error));
  }
  throw new InputError(`${path} is too large for ${what}: the limit is ${most / 1_000_000} MB.`);
}

function unreadable(path: string, error: unknown): string {
  switch (codeOf(error)) {
    case "ENOENT":
      return `There is no file ${path}.`;
    case "ENOTDIR":
      return `There is no file ${path}: a part of the path is no folder.`;
    case "EACCES":
    case "EPERM":
      return `${path} may not be read: permission denied.`;
    default:
      return `${path} could not be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Writes a file of results, never over one of `inputs`. Rejects with an {@link InputError} where that is not possible. */
export async function writeOutput(
  path: string,
  lines: Iterable<string>,
  inputs: readonly string[],
  what = "scenario",
): Promise<void> {
  const target = await realpath(path).catch(() => null);
  for (const input of inputs) {
    if (target === null || target !== (await realpath(input).catch(() => null))) continue;
    throw new InputError(`${path} is the ${what} itself. Name another file to write to.`);
  }
  await write(path, inChunks(lines));
}

/** Replaces a file's text. Rejects with an {@link InputError} where that is not possible. */
export async function replaceFile(path: string, text: string): Promise<void> {
  await write(path, text);
}

async function write(path: string, data: string | Iterable<string>): Promise<void> {
  try {
    await writeFile(path, data);
  } catch (error) {
    throw new InputError(unwritable(path, error));
  }
}

function unwritable(path: string, error: unknown): string {
  switch (codeOf(error)) {
    case "ENOENT":
      return `${path} cannot be written: its folder does not exist.`;
    case "EISDIR":
      return `${path} cannot be written: it is a folder.`;
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return `${path} cannot be written: permission denied.`;
    case "ENOSPC":
      return `${path} cannot be written: the disk is full.`;
    default:
      return `${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : null;
}

/** Each line with its end, some thousand at a time. */
function* inChunks(lines: Iterable<string>): Generator<string> {
  let chunk = "";
  for (const line of lines) {
    chunk += `${line}\n`;
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = "";
  }
  yield chunk;
}
