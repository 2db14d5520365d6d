/** The bundled command line, as a shell starts it. */
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import * as esbuild from "esbuild";
import { writePlayer } from "../../scripts/lib/player.mjs";

const ROOT = path.resolve(import.meta.dirname, "../..");

/** What a command gave. */
export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The command line in a folder of its own. */
export class Cli {
  readonly folder: string;
  readonly #script: string;

  private constructor(folder: string) {
    this.folder = folder;
    this.#script = path.join(folder, "cli.js");
  }

  static async build(): Promise<Cli> {
    const cli = new Cli(await mkdtemp(path.join(tmpdir(), "raftlab-cli-")));
    await esbuild.build({
      absWorkingDir: ROOT,
      entryPoints: ["server/src/cli/main.ts"],
      outfile: cli.#script,
      bundle: true,
      platform: "node",
      format: "cjs",
      target: "node20",
      define: { "import.meta.url": "__importMetaUrl" },
      banner: { js: 'const __importMetaUrl = require("node:url").pathToFileURL(__filename).href;' },
      logLevel: "error",
    });
    return cli;
  }

  /** Puts the player beside the command, as the build does. */
  async addPlayer(): Promise<void> {
    await writePlayer(this.folder);
  }

  /** A path in the folder. */
  file(name: string): string {
    return path.join(this.folder, name);
  }

  /** Runs a command in the repository's root. `head` closes its output after so many characters. */
  async run(args: readonly string[], options: { readonly head?: number } = {}): Promise<Ran> {
    const child = spawn(process.execPath, [this.#script, ...args], { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] });
    let out = "";
    let err = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      out += text;
      if (options.head !== undefined && out.length >= options.head) child.stdout.destroy();
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      err += text;
    });
    const code = await new Promise<number | null>((resolve) => {
      child.on("close", resolve);
    });
    return { code, out, err };
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** A text without what changes with every change of the engine: trace hashes and numbers of events. */
export function stable(text: string): string {
  return text.replace(/trace [0-9a-f]{16}/g, "trace …").replace(/\d+ events/g, "… events");
}
