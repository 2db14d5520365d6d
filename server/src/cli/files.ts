import { readFile, stat } from "node:fs/promises";
import { InputError } from "./exit-codes.js";

/** No scenario file is longer than this; what is, was given by mistake. */
const MOST_BYTES = 5_000_000;

/** Reads a scenario file. Rejects with an {@link InputError} that says what is wrong and what helps. */
export async function readScenarioFile(path: string): Promise<string> {
  const bytes = await read(path);
  if (bytes.includes(0)) throw new InputError(`${path} is a binary file, not a scenario.`);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new InputError(`${path} is not UTF-8 text. Save it as UTF-8 and try again.`);
  }
}

async function read(path: string): Promise<Buffer> {
  try {
    const info = await stat(path);
    if (info.isDirectory()) throw new InputError(`${path} is a folder. Name the .raftlab files in it.`);
    if (info.size > MOST_BYTES) {
      const size = Math.round(info.size / 1_000_000);
      throw new InputError(`${path} has ${size} MB; a scenario file has at most ${MOST_BYTES / 1_000_000} MB.`);
    }
    return await readFile(path);
  } catch (error) {
    if (error instanceof InputError) throw error;
    const code = error instanceof Error && "code" in error ? error.code : null;
    if (code === "ENOENT") throw new InputError(`There is no file ${path}.`);
    if (code === "EACCES") throw new InputError(`${path} may not be read: permission denied.`);
    throw new InputError(`${path} could not be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
