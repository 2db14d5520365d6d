/** The examples of docs/command-line.md and README.md are what the commands print. `RAFTLAB_UPDATE=1` writes them anew. */
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Cli, stable } from "./cli.js";

const ROOT = path.resolve(import.meta.dirname, "../..");

let cli: Cli;
beforeAll(async () => {
  cli = await Cli.build();
});
afterAll(async () => cli.remove());

it.each(["docs/command-line.md", "README.md"])("prints what %s shows", async (name) => {
  const file = path.join(ROOT, name);
  const page = await readFile(file, "utf8");
  const parts = page.split(/(?<=```console\n)([\s\S]*?)(?=```)/);
  const now: string[] = [];
  for (const [position, part] of parts.entries()) now.push(position % 2 === 1 ? await replay(part) : part);
  if (process.env["RAFTLAB_UPDATE"] === "1") await writeFile(file, now.join(""));
  else expect(stable(now.join(""))).toBe(stable(page));
});

/** The commands of a block, each with what it prints now. */
async function replay(block: string): Promise<string> {
  let text = "";
  for (const line of block.split("\n")) {
    if (!line.startsWith("$ raftlab ")) continue;
    const { out, err } = await cli.run(line.slice("$ raftlab ".length).split(" "));
    text += `${line}\n${err}${out}`;
  }
  return text;
}
