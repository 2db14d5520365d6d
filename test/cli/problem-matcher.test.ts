/** `$raftlab` of the manifest reads what the command line prints. */
import { readFile, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Cli } from "./cli.js";

const CLUSTER = "cluster {\n  nodes s1..s3\n  clients alice\n}\n";
const FAILS = 'scenario "fails" {\n  await leader\n  alice get color => "blue"\n}\n';

interface Pattern {
  readonly name: string;
  readonly regexp: string;
  readonly file: number;
  readonly line: number;
  readonly column: number;
  readonly severity: number;
  readonly message: number;
  readonly code: number;
}

interface Manifest {
  readonly contributes: {
    readonly problemPatterns: readonly Pattern[];
    readonly problemMatchers: readonly { readonly name: string; readonly pattern: string; readonly severity: string }[];
  };
}

describe("the problem matcher", () => {
  let cli: Cli;
  let manifest: Manifest;
  beforeAll(async () => {
    cli = await Cli.build();
    manifest = JSON.parse(await readFile("package.json", "utf8"));
  });
  afterAll(async () => cli.remove());

  /** What the matcher makes of an output. */
  function matched(output: string): unknown[] {
    const [pattern] = manifest.contributes.problemPatterns;
    if (pattern === undefined) throw new Error("no pattern");
    return output.split("\n").flatMap((line) => {
      const found = new RegExp(pattern.regexp).exec(line);
      if (found === null) return [];
      const { file, line: at, column, severity, message, code } = pattern;
      return [[file, at, column, severity, code, message].map((group) => found[group])];
    });
  }

  const write = async (name: string, text: string): Promise<string> => {
    await writeFile(cli.file(name), text);
    return cli.file(name);
  };

  it("reads the problems of check, of every severity, and nothing else", async () => {
    const file = await write(
      "a b.raftlab",
      `${CLUSTER}scenario "wrong" {\n  crash s9\n  crash s1\n  crash s2\n  expect leader\n}\n`,
    );
    const { out } = await cli.run(["check", file]);
    const lines = out.split("\n").filter((line) => line.startsWith(file));
    expect(lines.length).toBeGreaterThan(1);
    const problems = matched(out);
    expect(problems).toHaveLength(lines.length);
    expect(problems[0]).toEqual([
      file,
      "6",
      "9",
      "error",
      expect.stringMatching(/^RL\d{4}$/),
      expect.stringContaining("s9"),
    ]);
  });

  it("reads what a run broke, in its place", async () => {
    const file = await write("fails.raftlab", CLUSTER + FAILS);
    const { out, code } = await cli.run(["run", file]);
    expect(code).toBe(1);
    expect(matched(out)).toEqual([
      [file, "7", "3", "error", "RL4101", expect.stringMatching(/expected "blue", but got none/)],
    ]);
  });

  it("reads paths of Windows, and a severity that VS Code has no name for", () => {
    expect(matched("C:\\lab\\a.raftlab:3:4: information: told [RL1234]")).toEqual([
      ["C:\\lab\\a.raftlab", "3", "4", "information", "RL1234", "told"],
    ]);
    // VS Code takes the matcher's own severity where it does not know the word.
    expect(manifest.contributes.problemMatchers.map(({ severity }) => severity)).toEqual(["info", "info"]);
  });
});
